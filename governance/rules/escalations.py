"""A stalemate: who is reminded, when the sponsor is asked, and what the sponsor may do (T11-T16).

Nothing here approves by time. The sponsor alone can only send back, hold or end; to let a round
pass takes the other side's live signature, the time to answer it, and a day to cool.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from governance.choices import STEPS
from governance.rules.independence import blockers_of_own_work
from governance.rules.refusing import LEAST_REASON, blockers_of_text
from governance.rules.rounds import ESCALATED
from governance.rules.signing import (
    Attempt,
    SigningFacts,
    blockers_of_change,
    blockers_of_intent,
    live_signatures,
)
from kernel.refusals import Blocker

ESCALATE_AT = 150
TIMES = 3
REPLY_DAYS = 2
COOLING = timedelta(hours=24)
LOOK_BACK = timedelta(days=30)
GO, HOLD = "go", "hold"
ONLY_SIDES = "Only the CIO and the CHRO state how their side sees it, or who signs for one."
EMPTY = (
    "That side's holder stepped back, and nobody signs there. Name somebody first; if that side"
    " declined, choose another way."
)


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """How a round in review stands with one side: its share of the time, in per cent."""

    side: str
    percent: int
    has_signed: bool
    reminded: Collection[int] = ()


@dataclass(frozen=True, kw_only=True)
class Case:
    """A round that is before the sponsor: why, since when, and until when the side may answer.

    `against` is the side that does not consent; `asked_by` names the row that says all this.
    """

    cause: str
    against: str
    escalated_at: datetime
    reply_until: datetime
    asked_by: str = ""


@dataclass(frozen=True, kw_only=True)
class SponsorFacts:
    """Who decides, and what would bar this person from deciding. `is_drill`: paused for a drill.

    `empty` are the sides whose holder stepped back, while nobody took on to sign there.
    """

    term_id: int | None
    signs_for: bool = False
    is_paused: bool = False
    is_drill: bool = False
    has_recused: bool = False
    empty: Collection[str] = ()


def percent_of(spent: timedelta, allowed: timedelta) -> int:
    """Return how much of the time has gone by, in whole per cent; 0 where no time is set (E1)."""
    return spent * 100 // allowed if allowed else 0


def steps_due(waiting: Waiting) -> list[int]:
    """Return the reminders that a side has not had yet (T11), the earliest first.

    More than one after a standstill: only the last of them is worth a mail.
    """
    if waiting.has_signed:
        return []
    return [one for one in STEPS if waiting.percent >= one and one not in waiting.reminded]


def silent_side(sides: Sequence[Waiting]) -> str:
    """Return the side that keeps silent past half as much again while the other signed (T12)."""
    signed = [one.side for one in sides if one.has_signed]
    late = [one.side for one in sides if not one.has_signed and one.percent >= ESCALATE_AT]
    return late[0] if signed and late else ""


def asks_once_more(side: str, asked_before: Sequence[str]) -> bool:
    """Tell whether this is the third time that the same side asks for changes (T12).

    `asked_before` are the sides that asked in the rounds before, since the gate last passed or
    the sponsor sent it back.
    """
    return sum(one == side for one in asked_before) >= TIMES - 1


def blockers_to_dissent(*, side: str, state: str, has_stated: bool, text: str) -> Iterator[Blocker]:
    """Yield why a side cannot state its dissent; it may until the sponsor has decided (T12).

    `has_stated` since the sponsor was last asked: asked anew, the side may say more.
    """
    if not side:
        yield Blocker("not_yours", ONLY_SIDES)
    if state != ESCALATED:
        yield Blocker("state", "The sponsor is not asked about this round any more.")
    if has_stated:
        yield Blocker("stated", "Your side has stated how it sees it.")
    yield from blockers_of_text(text, field="text", least=LEAST_REASON)


def blockers_to_resolve(
    way: str, *, sponsor: SponsorFacts, case: Case | None, facts: SigningFacts, at: datetime
) -> Iterator[Blocker]:
    """Yield why the sponsor cannot end the stalemate in this way now (T15, T16)."""
    if sponsor.term_id is None:
        yield Blocker("not_yours", "Only the sponsor decides where the sides do not.")
    if sponsor.has_recused:
        yield Blocker("recused", "You stepped back from this, so you decide nothing about it.")
    if facts.state != ESCALATED or case is None:
        yield Blocker("state", "This round is not before the sponsor.")
        return
    if way == HOLD and sponsor.is_paused and not sponsor.is_drill:
        yield Blocker("paused", "The initiative is on hold already.")
    if way == GO:
        yield from blockers_to_go(sponsor, case, facts, at)


def blockers_to_go(
    sponsor: SponsorFacts, case: Case, facts: SigningFacts, at: datetime
) -> Iterator[Blocker]:
    """Yield what keeps the sponsor from letting it pass on one side's signature (T16, I1)."""
    agreed = live_signatures(facts)
    if set(agreed) != {_other(case.against)}:
        yield Blocker("one_side", "The side that agrees must have signed exactly this.")
    named = [key for key, one in facts.stand_ins.items() if one.is_named]
    if any(one.delegation_id in named for one in agreed.values()):
        yield Blocker("named", "The sponsor named who agreed: that takes a yes of the other side.")
    if sponsor.signs_for:
        yield Blocker("signs", "Whoever holds a key, or signs for one, cannot decide here.")
    if case.against in sponsor.empty:
        yield Blocker("empty", EMPTY)
    if facts.is_paused or sponsor.is_paused:
        yield Blocker("paused", "The initiative is paused: no gate passes.")
    if at < case.reply_until:
        yield Blocker("reply", "The side that does not agree may still answer.")
    if at < case.escalated_at + COOLING:
        yield Blocker("cooling", "Let a day go by first: at least 24 hours.")
    yield from facts.stale


def blockers_to_confirm_resolution(
    way: str,
    attempt: Attempt,
    *,
    sponsor: SponsorFacts,
    case: Case | None,
    facts: SigningFacts,
) -> Iterator[Blocker]:
    """Yield every reason why the sponsor's confirmed statement does not hold now."""
    yield from blockers_to_resolve(way, sponsor=sponsor, case=case, facts=facts, at=attempt.at)
    if sponsor.term_id is not None and sponsor.term_id != attempt.term_id:
        yield Blocker("authority", "You do not hold the office this signature speaks for.")
    if attempt.person_key in {one.person_key for one in live_signatures(facts).values()}:
        yield Blocker("same_person", "You signed for a side: another person must decide.")
    if way == GO:
        yield from blockers_of_own_work(facts.work, attempt.person_key)
    yield from blockers_of_change(attempt.binding, facts.now)
    yield from blockers_of_intent(attempt)


def _other(side: str) -> str:
    others: Mapping[str, str] = {"technology": "people", "people": "technology"}
    return others[side]
