"""Found the installation: whose it is, and who sets up the rest."""

from collections.abc import Iterator
from datetime import datetime

from journal.acts import act
from journal.operations import found_installation
from kernel.canonical import clean_name
from kernel.refusals import Blocker
from people.choices import Office
from people.models import User
from people.operations.offices import take_office
from people.operations.persons import PersonRefusedError, enter

CURRENCY_LETTERS = 3


@act
def found(
    *,
    organisation: str,
    zone: str,
    currency: str,
    email: str,
    name: str,
    password: str,
    at: datetime,
    title: str = "",
    is_demo: bool = False,
) -> User:
    """Begin the installation: its organisation, and the administrator who sets up the rest.

    :raises FoundingRefusedError: when it has been founded already.
    :raises PersonRefusedError: when a value does not do.
    """
    if blockers := [*_blockers_to_found(organisation, currency)]:
        raise PersonRefusedError(*blockers)
    found_installation(
        name=clean_name(organisation), zone=zone, currency=currency, is_demo=is_demo, at=at
    )
    person = enter(
        actor="founding", email=email, name=name, title=title, zone=zone, password=password, at=at
    )
    take_office(
        actor="founding",
        user=person,
        office=Office.ADMINISTRATOR,
        title=title or "Administrator",
        at=at,
    )
    return person


def _blockers_to_found(organisation: str, currency: str) -> Iterator[Blocker]:
    try:
        organisation = clean_name(organisation)
    except ValueError as error:
        yield Blocker("organisation", str(error), "organisation")
    if not organisation:
        yield Blocker("organisation", "Say what the organisation is called.", "organisation")
    if not (len(currency) == CURRENCY_LETTERS and currency.isalpha() and currency.isupper()):
        yield Blocker("currency", "A currency is three letters, such as EUR.", "currency")
