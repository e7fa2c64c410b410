"""Signing in a seat holder's place: how it is given, taken on and ended, and what bars it (D-1)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from governance.rules.absences import FURTHEST
from governance.rules.refusing import LEAST_WORDS, blockers_of_text
from kernel.refusals import Blocker

USUAL_DAYS, MOST_DAYS = 14, 90
ONLY_KEYS = "Only the CIO and the CHRO can let somebody sign for them."
NOT_ASKED = "Only the person who is asked can answer."
AUDITOR = "An auditor checks the record and signs nothing."
NOT_AWAITED = "The round it was for waits for no signature any more."
NOT_TO_REVOKE = "Only whoever holds that office, or the sponsor, can revoke this."
NOT_TO_UNNAME = "Only the sponsor, who named this person, can revoke this."


@dataclass(frozen=True, kw_only=True)
class Scope:
    """How far a delegation reaches. What is empty is no limit."""

    gates: frozenset[str] = frozenset()
    initiatives: frozenset[int] = frozenset()
    risks: frozenset[str] = frozenset()

    def meets(self, other: "Scope") -> bool:
        """Tell whether some gate of some initiative lies in both."""
        return (
            _meet(self.gates, other.gates)
            and _meet(self.initiatives, other.initiatives)
            and _meet(self.risks, other.risks)
        )


@dataclass(frozen=True, kw_only=True)
class Given:
    """An accepted delegation that nobody revoked."""

    side: str
    to_key: str
    starts_at: datetime
    ends_at: datetime
    scope: Scope
    round_id: int | None = None

    def overlaps(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Tell whether it shares a moment with that time."""
        return self.starts_at < ends_at and starts_at < self.ends_at


@dataclass(frozen=True, kw_only=True)
class Delegate:
    """Who is to sign in somebody's place, by what may bar that. Codes are of initiatives."""

    key: str
    is_active: bool
    holds_key_of: str = ""
    is_sponsor: bool = False
    is_auditor: bool = False
    speaks_otherwise_in: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class WritingFacts:
    """What must be known before a delegation is written, and again before it is taken on.

    `round_id` is the one round that a substitute is for, in the place of who stepped back.
    """

    side: str
    term_id: int
    writer: str
    delegate: Delegate
    scope: Scope
    starts_at: datetime
    ends_at: datetime
    accepted: Sequence[Given]
    is_counter_signer: bool = False
    round_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class PeriodFacts:
    """The days asked for, both of them included."""

    first: date
    last: date
    today: date


def blockers_of_period(facts: PeriodFacts) -> Iterator[Blocker]:
    """Yield why these are not the days of a delegation: at most ninety, soon, none of them over."""
    if facts.first < facts.today:
        yield Blocker("past", "Choose today or a day after it.", "first")
    if facts.last < facts.first == facts.today:
        # From today on, where the form asks for no first day.
        yield Blocker("past", "Choose today or a day after it.", "last")
    elif facts.last < facts.first:
        yield Blocker("order", "The last day comes after the first.", "last")
    if (facts.last - facts.first).days >= MOST_DAYS:
        yield Blocker("long", f"A delegation lasts {MOST_DAYS} days at most.", "last")
    if facts.last > facts.today + timedelta(days=FURTHEST):
        yield Blocker("far", "That is more than two years from now.", "last")


def blockers_to_delegate(facts: WritingFacts, *, reason: str) -> Iterator[Blocker]:
    """Yield every reason why the holder of `side` cannot let this person sign (D-1, D-2)."""
    if not facts.side:
        yield Blocker("not_yours", ONLY_KEYS)
    if facts.is_counter_signer:
        yield Blocker("counter_signer", "A counter-signer signs in person: nobody else can.")
    yield from _blockers_of_delegate(facts)
    yield from _blockers_of_others(facts)
    yield from blockers_of_text(reason, field="reason", least=LEAST_WORDS)


def blockers_to_answer(
    facts: WritingFacts,
    *,
    answerer: str,
    is_open: bool,
    still_held: bool,
    at: datetime,
    is_decided: bool = False,
) -> Iterator[Blocker]:
    """Yield why a delegation cannot be answered, whether by yes or by no."""
    if answerer != facts.delegate.key:
        yield Blocker("not_yours", NOT_ASKED)
    if not is_open:
        yield Blocker("state", "This has been answered or revoked already.")
    if not still_held:
        yield Blocker("over", "Whoever asked you no longer holds the office.")
    if at >= facts.ends_at:
        yield Blocker("over", "Its days are over.")
    if is_decided:
        yield Blocker("over", NOT_AWAITED)


def blockers_to_accept(facts: WritingFacts) -> Iterator[Blocker]:
    """Yield why this person cannot take it on any more, whatever was true when it was written."""
    yield from _blockers_of_delegate(facts)
    yield from _blockers_of_others(facts)


def blockers_to_revoke(
    *,
    may_revoke: bool,
    is_over: bool,
    reason: str,
    is_named: bool = False,
    is_decided: bool = False,
) -> Iterator[Blocker]:
    """Yield why a delegation cannot be revoked; `is_named` where the sponsor gave it."""
    if not may_revoke:
        yield Blocker("not_yours", NOT_TO_UNNAME if is_named else NOT_TO_REVOKE)
    if is_over:
        yield Blocker("over", "It is over already: nobody signs by it.")
    elif is_decided:
        yield Blocker("over", NOT_AWAITED)
    yield from blockers_of_text(reason, field="reason", least=1)


@dataclass(frozen=True, kw_only=True)
class StandInFacts:
    """How a delegate stands to one round at one moment."""

    is_in_force: bool
    covers: bool
    is_of_recused: bool = False
    is_sponsor: bool = False
    is_auditor: bool = False
    speaks_otherwise: bool = False
    has_sent: bool = False
    has_written: bool = False


def blockers_to_stand_in(facts: StandInFacts) -> Iterator[Blocker]:
    """Yield why the delegate cannot sign this round in the holder's place (D-2, I5, I6)."""
    if not facts.is_in_force:
        yield Blocker("authority", "You do not sign in anybody's place now.")
    elif not facts.covers:
        yield Blocker("authority", "This gate is not among those you were asked to sign.")
    elif facts.is_of_recused:
        yield Blocker(
            "recused", "Whoever asked you stepped back from this: the sponsor names who signs."
        )
    if facts.is_sponsor:
        yield Blocker("sponsor", "The sponsor signs for neither side.")
    if facts.is_auditor:
        yield Blocker("auditor", AUDITOR)
    if facts.speaks_otherwise:
        yield Blocker("other_side", "You speak for the other side here, so you cannot sign.")
    if facts.has_sent or facts.has_written:
        done = "sent" if facts.has_sent else "wrote part of"
        yield Blocker(
            "own_work",
            f"You {done} what is to be signed. In somebody's place you sign only what is not"
            " yours: the office signs it, or asks somebody else.",
        )


def _blockers_of_delegate(facts: WritingFacts) -> Iterator[Blocker]:
    """Yield what bars this person, whatever the day: the other side, the sponsor's office."""
    delegate = facts.delegate
    if not delegate.is_active:
        yield Blocker("inactive", "This person has left and cannot sign in.", "to")
    if delegate.key == facts.writer:
        yield Blocker("own", "Choose somebody else: for yourself you sign anyway.", "to")
    elif delegate.holds_key_of:
        yield Blocker("other_key", "This person signs for the other side.", "to")
    if delegate.is_sponsor:
        yield Blocker("sponsor", "The sponsor signs for neither side.", "to")
    if delegate.is_auditor:
        yield Blocker("auditor", AUDITOR, "to")
    if delegate.speaks_otherwise_in:
        codes = ", ".join(delegate.speaks_otherwise_in)
        yield Blocker("other_side", f"This person speaks for the other side in {codes}.", "to")


def _blockers_of_others(facts: WritingFacts) -> Iterator[Blocker]:
    """Yield which accepted delegations stand in the way: one delegate a scope, one side each.

    A substitute is beside what the holder gave, which does not count at that round.
    """
    meanwhile = [one for one in facts.accepted if one.overlaps(facts.starts_at, facts.ends_at)]
    beside = [one for one in meanwhile if one.round_id == facts.round_id]
    if any(one.side == facts.side and one.scope.meets(facts.scope) for one in beside):
        yield Blocker(
            "taken",
            "Somebody signs in that place then already. Revoke that, or choose other days or"
            " gates.",
            "first",
        )
    if any(one.side != facts.side and one.to_key == facts.delegate.key for one in meanwhile):
        yield Blocker("other_side", "This person signs for the other side in those days.", "to")


def _meet(one: frozenset[str] | frozenset[int], other: frozenset[str] | frozenset[int]) -> bool:
    return not one or not other or not one.isdisjoint(other)
