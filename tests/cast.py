"""The cast: first letters hint at the role. Made by operations, so it is a possible company.

Hana CHRO, Ivo CIO, Cleo sponsor, Kim committee, Audrey auditor, Ada administrator; Tariq leads for
Technology and Petra for People, Max contributes, Erin is an employee, Otto leads elsewhere and
must see nothing of what is not his. Who leads what comes with the initiatives (tests/make.py).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple

from governance.operations.founding import found_organisation
from journal.acts import act
from people.choices import Office
from people.models import OfficeTerm, User
from people.operations.offices import appoint
from people.operations.persons import add_person

PASSWORD = "a-tally-of-two-halves"
ZONE = "Europe/Berlin"


def monday_before(days: int) -> datetime:
    """Return a Monday at nine, at least so many days ago."""
    day = (datetime.now(UTC) - timedelta(days=days)).date()
    return datetime.combine(day - timedelta(days=day.weekday()), time(9), UTC)


LONG_AGO = monday_before(300)
"""When a company was founded whose pages read the real clock: within an auditor's year."""


class Role(NamedTuple):
    """One of the cast: name, title, and the office held, if any."""

    name: str
    title: str
    office: Office | None = None


ROLES = {
    "ada": Role("Ada Administrator", "Systems administrator", Office.ADMINISTRATOR),
    "hana": Role("Hana Okafor", "Chief People Officer", Office.CHRO),
    "ivo": Role("Ivo Brandt", "Chief Information Officer", Office.CIO),
    "cleo": Role("Cleo Marchetti", "Chief Executive Officer", Office.SPONSOR),
    "kim": Role("Kim Sørensen", "Head of Risk", Office.COMMITTEE_MEMBER),
    "audrey": Role("Audrey Lam", "Internal auditor", Office.AUDITOR),
    "tariq": Role("Tariq Haddad", "Technical translator in HR"),
    "petra": Role("Petra Novak", "HR partner in IT"),
    "max": Role("Max Weber", "Dispatch manager"),
    "erin": Role("Erin Doyle", "Dispatcher"),
    "otto": Role("Otto Lind", "Finance controller"),
}


@dataclass(frozen=True)
class Cast:
    """Everybody, by first name."""

    ada: User
    hana: User
    ivo: User
    cleo: User
    kim: User
    audrey: User
    tariq: User
    petra: User
    max: User
    erin: User
    otto: User

    def term(self, person: User) -> OfficeTerm:
        """Return the running term of an officer."""
        return OfficeTerm.objects.filter(user=person).latest("starts_at", "pk")


@act
def gather(at: datetime, *, is_demo: bool = False, without: Collection[Office] = ()) -> Cast:
    """Found the company, adopt its playbook and bring everybody in, in one act.

    Nobody has ever held an office that it is `without`, as while a company is founded.
    """
    ada = found_organisation(
        organisation="Harrowgate Test Systems",
        zone=ZONE,
        currency="EUR",
        email="ada@example.com",
        name=ROLES["ada"].name,
        title=ROLES["ada"].title,
        password=PASSWORD,
        at=at,
        is_demo=is_demo,
    )
    people = {"ada": ada}
    for key, role in ROLES.items():
        if key == "ada":
            continue
        person = add_person(
            actor=ada,
            email=f"{key}@example.com",
            name=role.name,
            title=role.title,
            zone=ZONE,
            at=at,
            password=PASSWORD,
        )
        if role.office and role.office not in without:
            appoint(actor=ada, user=person, office=role.office, title=role.title, at=at)
        people[key] = person
    return Cast(**people)
