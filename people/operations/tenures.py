"""What stands in the way of taking up an office or of leaving it, as the rows are now."""

from datetime import datetime
from uuid import UUID

from journal.kinds import Kind
from journal.models import Entry
from journal.queries import installation
from kernel.canonical import clean_name
from kernel.refusals import Blocker
from people.choices import DECIDING_OFFICES, Office
from people.models import OfficeTerm
from people.queries import term_facts, terms_at
from people.rules import AppointmentFacts, blockers_to_appoint, latest_end, takes_two_to_fill

LONGEST_TITLE = 200
TWO = 2


def why_not_appoint(
    *,
    person_key: UUID,
    office: Office,
    at: datetime,
    ends_at: datetime | None = None,
    is_active: bool = True,
    by_administrator: bool = True,
    takes_two: bool = False,
) -> list[Blocker]:
    """Say everything that stands in the way of this appointment; its title is judged apart."""
    facts = AppointmentFacts(
        by_administrator=by_administrator,
        person_is_active=is_active,
        person_key=person_key,
        office=office,
        starts_at=at,
        ends_at=ends_at or latest_end(office, at),
        terms=tuple(map(term_facts, terms_at(at))),
        takes_two=takes_two,
    )
    return [*blockers_to_appoint(facts)]


def is_filled_by_two(office: Office) -> bool:
    """Tell whether one person alone may not fill this office any more (I19)."""
    ours = installation()
    return takes_two_to_fill(
        is_demo=bool(ours and ours.is_demo),
        was_held=OfficeTerm.objects.filter(office=office).exists(),
        is_at_work=Entry.objects.filter(kind=Kind.ROUND_SUBMITTED).exists(),
    )


def is_ended_by_two() -> bool:
    """Tell whether one person alone may not end the term of somebody who stays (I19)."""
    ours = installation()
    return not (ours and ours.is_demo)


def is_last_administrator(term: OfficeTerm, at: datetime) -> bool:
    """Tell whether nobody else could keep people and offices for good."""
    if term.office != Office.ADMINISTRATOR:
        return False
    others = OfficeTerm.objects.held_at(at).filter(office=Office.ADMINISTRATOR, ends_at=None)
    return not others.exclude(person_key=term.person_key).exists()


def is_last_to_confirm(term: OfficeTerm, at: datetime) -> bool:
    """Tell whether no two people would be left who change offices together."""
    if term.office not in DECIDING_OFFICES:
        return False
    held = OfficeTerm.objects.held_at(at).filter(office__in=DECIDING_OFFICES).exclude(pk=term.pk)
    keys = set(held.values_list("person_key", flat=True))
    return len(keys) < TWO and all(map(is_filled_by_two, DECIDING_OFFICES))


def title_blockers(title: str) -> list[Blocker]:
    """Say why this cannot be printed as the title of whoever holds an office."""
    try:
        title = clean_name(title)
    except ValueError as error:
        return [Blocker("title", str(error), "title")]
    if 0 < len(title) <= LONGEST_TITLE:
        return []
    return [
        Blocker(
            "title", f"Say how the title is printed, in up to {LONGEST_TITLE} characters.", "title"
        )
    ]
