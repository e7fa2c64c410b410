from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from journal.kinds import Kind
from journal.models import Installation
from journal.operations import FoundingRefusedError
from kernel.calendars import Calendar
from people.choices import Office
from people.models import User
from people.operations.founding import found, founding_code
from people.operations.persons import PersonRefusedError
from people.queries import authority_of
from tests.cast import PASSWORD
from tests.people.journal_reading import kinds_since

pytestmark = pytest.mark.django_db

FOUNDING = {
    "organisation": "Harrowgate",
    "zone": "Europe/Berlin",
    "currency": "EUR",
    "email": "Ada@Example.com",
    "name": "Ada  Administrator",
    "password": PASSWORD,
}


def test_founding_makes_the_organisation_its_administrator_and_their_entries(noon):
    ada = found(**FOUNDING, at=noon)

    assert Installation.objects.get().name == "Harrowgate"
    assert (ada.email, ada.name) == ("ada@example.com", "Ada Administrator")
    assert ada.check_password(PASSWORD)
    assert authority_of(ada, noon).offices == {Office.ADMINISTRATOR}
    assert kinds_since(0) == [
        Kind.INSTALLATION_FOUNDED,
        Kind.SERVER_KEY_ADDED,
        Kind.PERSON_ADDED,
        Kind.OFFICE_TAKEN,
    ]


def test_an_installation_is_founded_once(noon):
    found(**FOUNDING, at=noon)

    with pytest.raises(FoundingRefusedError):
        found(**{**FOUNDING, "email": "eve@example.com"}, at=noon)

    assert User.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_found_at_once_one_is_told_that_it_is_done(noon):
    barrier = Barrier(2)

    def try_it(email):
        try:
            barrier.wait()
            return found(**{**FOUNDING, "email": email}, at=noon)
        except FoundingRefusedError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        answers = [*threads.map(try_it, ("ada@example.com", "eve@example.com"))]

    assert sorted(type(answer).__name__ for answer in answers) == ["FoundingRefusedError", "User"]
    assert User.objects.count() == 1


def test_the_code_is_long_and_follows_from_the_secret_key(settings):
    first = founding_code()
    settings.SECRET_KEY = "another" * 10

    assert len(first.replace("-", "")) == 16
    assert founding_code() != first


@pytest.mark.parametrize(
    ("overrides", "code"),
    [
        ({"organisation": " "}, "organisation"),
        ({"organisation": "x" * 201}, "organisation"),
        ({"organisation": "\u202eynapmoc"}, "organisation"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"currency": "euro"}, "currency"),
        ({"currency": "eur"}, "currency"),
        ({"calendar": Calendar(working_days="")}, "working_days"),
        ({"calendar": Calendar(working_days="54")}, "working_days"),
        ({"calendar": Calendar(fiscal_month=0)}, "fiscal_month"),
        ({"calendar": Calendar(fiscal_month=13)}, "fiscal_month"),
        ({"email": "ada"}, "email"),
        ({"name": " "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"name": "\ud83d"}, "text"),
        ({"title": "x" * 201}, "title"),
        ({"password": "12345678"}, "password"),
        ({"password": ""}, "password"),
    ],
)
def test_founding_refuses_what_does_not_do_and_leaves_nothing_behind(noon, overrides, code):
    with pytest.raises(PersonRefusedError) as refusal:
        found(**{**FOUNDING, **overrides}, at=noon)

    assert code in refusal.value.codes
    assert not Installation.objects.exists()
    assert not User.objects.exists()
