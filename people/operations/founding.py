"""Found the installation: whose it is, and who sets up the rest."""

from base64 import b32encode
from collections.abc import Iterator
from datetime import datetime

from django.utils.crypto import constant_time_compare, salted_hmac

from journal.acts import act
from journal.operations import found_installation
from kernel.calendars import JANUARY, MONTHS_A_YEAR, USUAL, Calendar, is_working_week
from kernel.canonical import clean_name
from kernel.refusals import Blocker
from people.choices import Office
from people.models import User
from people.operations.offices import take_office
from people.operations.persons import LONGEST, PersonRefusedError, enter
from people.operations.throttles import founding_door, give_back_try, take_try

CURRENCY_LETTERS = 3
CODE_BYTES = 10


def founding_code() -> str:
    """Return what whoever founds on the page must know: the terminal shows it, nobody else can.

    It follows from SECRET_KEY, so it need not be kept, and is worth nothing once founded.
    """
    secret = salted_hmac("people.founding", "code", algorithm="sha256").digest()
    letters = b32encode(secret[:CODE_BYTES]).decode()
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def check_founding_code(*, code: str, address: str, at: datetime) -> None:
    """Let only whoever can read the terminal go on.

    :raises TooManyTriesError: when too many codes were tried from this address.
    :raises PersonRefusedError: for a wrong code.
    """
    door = founding_door(address)
    take_try(door, at=at)
    if not constant_time_compare(_letters(code), _letters(founding_code())):
        raise PersonRefusedError(
            Blocker("code", "This is not the founding code of this installation.", "code")
        )
    give_back_try(door)


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
    calendar: Calendar = USUAL,
    is_demo: bool = False,
) -> User:
    """Begin the installation: its organisation, and the administrator who sets up the rest.

    :raises FoundingRefusedError: when it has been founded already.
    :raises PersonRefusedError: when a value does not do.
    """
    if blockers := [*_blockers_to_found(organisation, currency), *_blockers_to_calendar(calendar)]:
        raise PersonRefusedError(*blockers)
    found_installation(
        name=clean_name(organisation),
        zone=zone,
        currency=currency,
        calendar=calendar,
        is_demo=is_demo,
        at=at,
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


def _letters(code: str) -> str:
    return "".join(filter(str.isalnum, code)).upper()


def _blockers_to_found(organisation: str, currency: str) -> Iterator[Blocker]:
    try:
        organisation = clean_name(organisation)
    except ValueError as error:
        yield Blocker("organisation", str(error), "organisation")
    if not 0 < len(organisation) <= LONGEST:
        words = f"Say what the organisation is called, in up to {LONGEST} characters."
        yield Blocker("organisation", words, "organisation")
    if not (len(currency) == CURRENCY_LETTERS and currency.isalpha() and currency.isupper()):
        yield Blocker("currency", "A currency is three letters, such as EUR.", "currency")


def _blockers_to_calendar(calendar: Calendar) -> Iterator[Blocker]:
    if not is_working_week(calendar.working_days):
        yield Blocker("working_days", "Choose at least one day of the week.", "working_days")
    if not JANUARY <= calendar.fiscal_month <= MONTHS_A_YEAR:
        yield Blocker("fiscal_month", "Choose one of the twelve months.", "fiscal_month")
