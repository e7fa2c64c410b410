"""Deciding a rapid read: one side proposes with words, another person of the other confirms."""

from dataclasses import dataclass
from datetime import date, datetime

from initiatives.choices import ReadOutcome
from initiatives.models import RapidConfirmation, RapidDecision
from initiatives.operations.rapid_reads import DECIDED, ReadDecidedError
from initiatives.queries.days import home_day, working_days
from initiatives.queries.rapid_reads import Held, held
from initiatives.queries.rapid_views import DecisionView
from initiatives.rules.rapid_decisions import (
    ConfirmFacts,
    DecisionFacts,
    blockers_to_confirm,
    blockers_to_decide,
)
from initiatives.rules.rapid_reads import one_line, side_spoken
from initiatives.rules.words import clean_words
from journal.acts import act, hold_authority, record, seal
from journal.kinds import Kind
from kernel.refusals import Blocker, RefusedError, StaleError
from people.choices import Side
from people.models import User

OVERTAKEN = Blocker(
    "overtaken", "A decision was proposed since you opened this. Read it first, then propose yours."
)
CHANGED = Blocker(
    "changed",
    "It reads otherwise since you opened it: a half or the proposed decision changed. Read it"
    " again, then confirm.",
)


class DecisionRefusedError(RefusedError):
    """The decision cannot be proposed or confirmed as it is."""


class DecisionStaleError(StaleError):
    """What the decision rests on has changed since the page was opened."""


@dataclass(frozen=True)
class _Said:
    outcome: ReadOutcome | None
    words: str
    look_again_on: date | None


@act
def propose_decision(
    *,
    actor: User,
    read_id: int,
    outcome: ReadOutcome | None,
    words: str,
    look_again_on: date | None,
    expected: int,
    at: datetime,
) -> RapidDecision:
    """Propose how to decide; it takes the place of what was proposed before.

    `expected` is the number of the decision that the page showed, 0 for none.

    :raises NotVisibleError: when the read is not the actor's to see.
    :raises ReadDecidedError: when both sides have decided.
    :raises DecisionStaleError: when another decision was proposed since.
    :raises DecisionRefusedError: for whoever stands for no side, a silent side, missing words.
    """
    hold_authority()
    read = _open(read_id, actor, at)
    if (read.view.decision.n if read.view.decision else 0) != expected:
        raise DecisionStaleError(OVERTAKEN)
    words = one_line(clean_words(words, field="words", refusal=DecisionRefusedError))
    side = _side_to_decide_for(read, _Said(outcome, words, look_again_on), at)
    decision = RapidDecision.objects.create(
        read=read.row,
        n=expected + 1,
        outcome=str(outcome),
        look_again_on=look_again_on,
        words=seal(words, person=actor),
        side=side,
        proposed_by=actor,
        proposed_key=actor.person_key,
        proposed_at=at,
    )
    _record(Kind.RAPID_DECISION_PROPOSED, decision, actor=actor, at=at)
    return decision


@act
def confirm_decision(
    *, actor: User, read_id: int, decision_id: int, seen: str, at: datetime
) -> RapidConfirmation:
    """Agree to what the other side proposed, which closes the read.

    `seen` names the halves that the page showed: what was confirmed is what was read.

    :raises NotVisibleError: when the read is not the actor's to see.
    :raises ReadDecidedError: the second time.
    :raises DecisionStaleError: when a half or the decision changed since.
    :raises DecisionRefusedError: for the side or the person that proposed it, or a day gone by.
    """
    hold_authority()
    read = _open(read_id, actor, at)
    proposed = _shown(read, decision_id, seen)
    row = RapidDecision.objects.get(pk=proposed.id)
    side = _side_to_confirm_for(read, row, at)
    confirmation = RapidConfirmation.objects.create(
        read=read.row,
        decision=row,
        technology_n=read.view.technology.n,
        people_n=read.view.people.n,
        side=side,
        confirmed_by=actor,
        confirmed_key=actor.person_key,
        proposed_key=row.proposed_key,
        proposed_side=row.side,
        confirmed_at=at,
    )
    _record(Kind.RAPID_READ_DECIDED, row, actor=actor, at=at)
    return confirmation


def _side_to_confirm_for(read: Held, row: RapidDecision, at: datetime) -> Side:
    """Return the side whose word it is; refuse what cannot be confirmed."""
    facts = ConfirmFacts(
        speaker=read.speaker,
        person_key=read.authority.person_key,
        proposer_side=Side(row.side),
        proposer_key=row.proposed_key,
        look_again_on=row.look_again_on,
        today=home_day(at),
    )
    side = side_spoken(read.speaker)
    blockers = [*blockers_to_confirm(facts)]
    if blockers or side is None:
        raise DecisionRefusedError(*blockers)
    return side


def _side_to_decide_for(read: Held, said: _Said, at: datetime) -> Side:
    """Return the side whose word it is; refuse what cannot be proposed."""
    facts = DecisionFacts(
        speaker=read.speaker,
        outcome=said.outcome,
        words=said.words,
        look_again_on=said.look_again_on,
        today=home_day(at),
        working_days=working_days(),
        written=read.view.written,
    )
    side = side_spoken(read.speaker)
    blockers = [*blockers_to_decide(facts)]
    if blockers or side is None:
        raise DecisionRefusedError(*blockers)
    return side


def _open(read_id: int, actor: User, at: datetime) -> Held:
    read = held(read_id, actor, at)
    if not read.view.is_open:
        raise ReadDecidedError(DECIDED)
    return read


def _shown(read: Held, decision_id: int, seen: str) -> DecisionView:
    """Return the decision that waits, when it and both halves are still those that were shown."""
    waiting = read.view.decision
    if waiting is None or waiting.id != decision_id or seen != read.view.seen_halves:
        raise DecisionStaleError(CHANGED)
    return waiting


def _record(kind: Kind, decision: RapidDecision, *, actor: User, at: datetime) -> None:
    day = decision.look_again_on
    record(
        kind,
        actor=actor,
        subject=decision,
        at=at,
        data={
            "read": decision.read_id,
            "n": decision.n,
            "outcome": str(decision.outcome),
            "side": str(decision.side),
            "look_again_on": day.isoformat() if day else None,
        },
    )
