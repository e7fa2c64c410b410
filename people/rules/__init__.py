"""Who speaks for a side at a moment, who may hold what, and who has to wait."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID
from zoneinfo import available_timezones

from kernel.refusals import Blocker
from people.choices import SIDE_OF_KEY, SINGLE_OFFICES, Office, Side
from people.warrants import Warrant


@dataclass(frozen=True)
class TermFacts:
    """A term of office as the rules see it."""

    term_id: int
    person_key: UUID
    office: Office
    starts_at: datetime
    ends_at: datetime | None

    def runs_at(self, at: datetime) -> bool:
        """Tell whether the office is held at that moment; the end is the first moment without."""
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)

    def overlaps(self, starts_at: datetime, ends_at: datetime | None) -> bool:
        """Tell whether the term shares a moment with that period."""
        return (self.ends_at is None or starts_at < self.ends_at) and (
            ends_at is None or self.starts_at < ends_at
        )


@dataclass(frozen=True)
class Authority:
    """What one login may do at one moment, by the offices its person holds."""

    user_id: int | None = None
    person_key: UUID | None = None
    offices: frozenset[Office] = field(default_factory=frozenset)
    key_side: Side | None = None
    key_term_id: int | None = None
    warrants: tuple[Warrant, ...] = ()

    @property
    def reads_everything(self) -> bool:
        """Offices read everything; leads and contributors read by membership, not by this."""
        return bool(self.offices)

    @property
    def is_sponsor(self) -> bool:
        """Tell whether this is the CEO or COO who settles what two keys cannot."""
        return Office.SPONSOR in self.offices

    @property
    def is_administrator(self) -> bool:
        """Tell whether people and offices are this person's to keep."""
        return Office.ADMINISTRATOR in self.offices

    @property
    def is_auditor(self) -> bool:
        """Tell whether this person reads in order to check."""
        return Office.AUDITOR in self.offices


NOBODY = Authority()


def authority(
    *, user_id: int, person_key: UUID, terms: Iterable[TermFacts], at: datetime
) -> Authority:
    """Return what the person's terms amount to at that moment."""
    running = [term for term in terms if term.runs_at(at)]
    keys = [term for term in running if term.office in SIDE_OF_KEY]
    return Authority(
        user_id=user_id,
        person_key=person_key,
        offices=frozenset(term.office for term in running),
        key_side=SIDE_OF_KEY[keys[0].office] if keys else None,
        key_term_id=keys[0].term_id if keys else None,
    )


@dataclass(frozen=True)
class AppointmentFacts:
    """What decides whether a person may take up an office."""

    by_administrator: bool
    person_is_active: bool
    person_key: UUID
    office: Office
    starts_at: datetime
    ends_at: datetime | None
    terms: tuple[TermFacts, ...]


def blockers_to_appoint(facts: AppointmentFacts) -> Iterator[Blocker]:
    """Yield every reason why this person cannot take up this office for this period."""
    if not facts.by_administrator:
        yield Blocker("not_administrator", "Only an administrator fills offices. Ask one.")
    if not facts.person_is_active:
        yield Blocker("inactive", "This person has left and cannot sign in.", "user")
    if facts.ends_at is not None and facts.ends_at <= facts.starts_at:
        yield Blocker("ends_before", "The end must come after the start.", "ends_on")
    yield from _clashes(facts)


def _clashes(facts: AppointmentFacts) -> Iterator[Blocker]:
    """Yield what other terms stand in the way."""
    single = facts.office in SINGLE_OFFICES
    clashing = [term for term in facts.terms if term.overlaps(facts.starts_at, facts.ends_at)]
    for term in clashing:
        is_own = term.person_key == facts.person_key
        if term.office == facts.office and is_own:
            yield Blocker("held", "This person holds this office already.", "office")
        elif term.office == facts.office and single:
            yield Blocker("taken", "Someone else holds this office. End that term first.", "office")
        elif is_own and single and term.office in SINGLE_OFFICES:
            yield Blocker(
                "two_keys",
                "Nobody holds two of these at once: the Technology key, the People key, the"
                " sponsor's office. End the other term first.",
                "office",
            )


@dataclass(frozen=True)
class InvitationFacts:
    """What decides whether somebody may be invited, or may still accept."""

    has_login: bool
    is_invited: bool = False
    is_promised: bool = False
    is_withdrawn: bool = False
    is_used: bool = False
    has_run_out: bool = False


def blockers_to_invite(facts: InvitationFacts) -> Iterator[Blocker]:
    """Yield every reason, besides the office's own, why this e-mail cannot be invited."""
    if facts.has_login:
        yield Blocker("email_taken", "Somebody signs in with this e-mail already.", "email")
    if facts.is_invited:
        yield Blocker("invited", "This e-mail is invited already. Send that again.", "email")
    if facts.is_promised:
        yield Blocker("promised", "Somebody else is invited to it. Withdraw that first.", "office")


def blockers_to_accept(facts: InvitationFacts) -> Iterator[Blocker]:
    """Yield why the link does not open any more; the first reason is the one to say."""
    if facts.is_used:
        yield Blocker("used", "It has been used. Sign in with the password chosen then.")
    if facts.is_withdrawn:
        yield Blocker("withdrawn", "It was withdrawn. Ask whoever invited you.")
    if facts.has_run_out:
        yield Blocker("run_out", "It was good for 14 days. Ask whoever invited you for another.")
    if facts.has_login:  # in words that do not tell that there is one
        yield Blocker("unfit", "It fits no more. Ask whoever invited you.")


@dataclass(frozen=True)
class EndingFacts:
    """What decides whether terms may end."""

    by_administrator: bool
    has_begun: bool
    is_over: bool
    last_administrator: bool


def blockers_to_end_term(facts: EndingFacts) -> Iterator[Blocker]:
    """Yield every reason why the term cannot end now."""
    if not facts.by_administrator:
        yield Blocker("not_administrator", "Only an administrator ends a term. Ask one.")
    if not facts.has_begun:
        yield Blocker("not_begun", "This term has only just been entered. Try again in a moment.")
    if facts.is_over:
        yield Blocker("over", "This term is over already.")
    if facts.last_administrator:
        text = "Somebody must be able to keep people and offices. Appoint another one first."
        yield Blocker("last_administrator", text)


@dataclass(frozen=True)
class Limit:
    """How many tries are let through within `window`, and how long the wait is then."""

    tries: int
    window: timedelta = timedelta(minutes=15)
    wait: timedelta = timedelta(minutes=15)


PER_PERSON = Limit(tries=5)
# Higher, because a whole office may share one address; it slows guessing at many accounts.
PER_ADDRESS = Limit(tries=20)


@dataclass(frozen=True)
class Tries:
    """How often something was tried, since when, and when last."""

    count: int
    since: datetime
    last: datetime


def wait_until(tries: Tries | None, *, limit: Limit, at: datetime) -> datetime | None:
    """Return the moment before which no try is let through; None means now is fine."""
    if tries is None or tries.count < limit.tries:
        return None
    until = tries.last + limit.wait
    return until if at < until else None


def one_more(tries: Tries | None, *, limit: Limit, at: datetime) -> Tries:
    """Return the count with this try in it; an old count begins afresh."""
    if tries is None or tries.count >= limit.tries or at >= tries.since + limit.window:
        return Tries(count=1, since=at, last=at)
    return Tries(count=tries.count + 1, since=tries.since, last=at)


@cache
def known_zones() -> frozenset[str]:
    """Return the time zones that this machine knows; finding them out takes a moment."""
    return frozenset(available_timezones())
