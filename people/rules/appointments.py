"""Who may take up which office, when it takes two people, and when a term may end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from kernel.refusals import Blocker
from people.choices import SINGLE_OFFICES, Office
from people.rules.authorities import TermFacts

LONGEST_AUDIT = timedelta(days=366)


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
    takes_two: bool = False


def takes_two_to_fill(*, is_demo: bool, was_held: bool, is_at_work: bool) -> bool:
    """Tell whether an office is filled by two people: always, but for its first holder.

    The first one comes with the founding, which ends when a gate is first sent for signature. A
    demonstration is one person's to play with (I19).
    """
    return not is_demo and (was_held or is_at_work)


def blockers_to_appoint(facts: AppointmentFacts) -> Iterator[Blocker]:
    """Yield every reason why this person cannot take up this office for this period."""
    if not facts.by_administrator:
        yield Blocker("not_administrator", "Only an administrator fills offices. Ask one.")
    if facts.takes_two:
        text = "It takes two people to fill this office. Propose it; a second one confirms it."
        yield Blocker("two_people", text)
    if not facts.person_is_active:
        yield Blocker("inactive", "This person has left and cannot sign in.", "user")
    if facts.ends_at is not None and facts.ends_at <= facts.starts_at:
        yield Blocker("ends_before", "The end must come after the start.", "ends_on")
    latest = latest_end(facts.office, facts.starts_at)
    if latest is not None and (facts.ends_at is None or facts.ends_at > latest):
        text = "An auditor comes for a year at most. Choose an earlier last day."
        yield Blocker("auditor_ends", text, "ends_on")
    yield from _clashes(facts)


def latest_end(office: Office, starts_at: datetime) -> datetime | None:
    """Return when a term in this office must be over; None where it need not end."""
    return starts_at + LONGEST_AUDIT if office == Office.AUDITOR else None


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
                " sponsor's office. End the other term first; or, of one person with both titles,"
                " fill one key, and let the sponsor propose a counter-signer for the other.",
                "office",
            )


@dataclass(frozen=True)
class EndingFacts:
    """What decides whether terms may end."""

    by_administrator: bool
    has_begun: bool
    is_over: bool
    last_administrator: bool
    last_to_confirm: bool = False
    takes_two: bool = False


def blockers_to_end_term(facts: EndingFacts) -> Iterator[Blocker]:
    """Yield every reason why the term cannot end now."""
    if not facts.by_administrator:
        yield Blocker("not_administrator", "Only an administrator ends a term. Ask one.")
    if facts.takes_two:
        text = "It takes two people to end a term. Propose it; a second one confirms it."
        yield Blocker("two_people", text)
    if not facts.has_begun:
        yield Blocker("not_begun", "This term has only just been entered. Try again in a moment.")
    if facts.is_over:
        yield Blocker("over", "This term is over already.")
    if facts.last_administrator:
        text = "Somebody must be able to keep people and offices. Appoint another one first."
        yield Blocker("last_administrator", text)
    elif facts.last_to_confirm:
        text = "Two people must stay who can change offices. Fill another office first."
        yield Blocker("last_to_confirm", text)
