import pytest

from journal.kinds import Kind
from journal.models import Entry
from people.models import Throttle
from people.operations.sign_ins import (
    record_failed_sign_in,
    record_sign_in,
    record_sign_out,
    take_sign_in_try,
)
from people.operations.throttles import TooManyTriesError
from tests.people.journal_reading import last_entry

pytestmark = pytest.mark.django_db

HERE = "192.0.2.1"


def test_a_sign_in_is_remembered_with_its_way_and_not_its_address_in_clear(cast, noon):
    record_sign_in(user=cast.erin, method="password", address=HERE, at=noon)

    entry = last_entry()
    assert (entry.kind, entry.actor_key) == (Kind.SIGNED_IN, cast.erin.person_key)
    assert b"192.0.2.1" not in bytes(entry.body)
    assert HERE in entry.private.text


def test_a_sign_out_is_remembered(cast, noon):
    record_sign_out(user=cast.erin, at=noon)

    assert last_entry().kind == Kind.SIGNED_OUT


def test_a_failure_is_listed_under_the_person_it_was_meant_for(cast, noon):
    record_failed_sign_in(email="Erin@example.com", address=HERE, reason="password", at=noon)

    assert last_entry().subject_id == str(cast.erin.pk)
    assert b"rin@example.com" not in bytes(last_entry().body)


@pytest.mark.usefixtures("cast")
def test_a_failure_of_somebody_unknown_is_listed_under_the_installation(noon):
    record_failed_sign_in(email="eve@example.com", address=HERE, reason="password", at=noon)

    assert last_entry().subject_type == "journal.installation"


def test_before_founding_nothing_can_be_remembered(noon):
    record_failed_sign_in(email="eve@example.com", address=HERE, reason="password", at=noon)

    assert not Entry.objects.exists()


@pytest.mark.parametrize("email", ["erin@example.com", "nobody@example.com"])
@pytest.mark.usefixtures("cast")
def test_an_account_waits_whether_anybody_has_it_or_not(noon, email):
    for number in range(5):
        take_sign_in_try(email=email, address=f"192.0.2.{number}", at=noon)

    with pytest.raises(TooManyTriesError):
        take_sign_in_try(email=email.upper(), address="192.0.2.99", at=noon)

    assert last_entry().kind == Kind.SIGN_IN_FAILED
    assert b"throttled" in bytes(last_entry().body)


@pytest.mark.usefixtures("cast")
def test_the_wait_is_journalled_once_however_often_it_is_run_into(noon):
    for _ in range(5):
        take_sign_in_try(email="erin@example.com", address=HERE, at=noon)

    for _ in range(10):
        with pytest.raises(TooManyTriesError):
            take_sign_in_try(email="erin@example.com", address=HERE, at=noon)

    assert Entry.objects.filter(kind=Kind.SIGN_IN_FAILED).count() == 1


@pytest.mark.usefixtures("cast")
def test_an_address_that_guesses_at_many_accounts_waits(noon):
    for number in range(20):
        take_sign_in_try(email=f"{number}@example.com", address=HERE, at=noon)

    with pytest.raises(TooManyTriesError):
        take_sign_in_try(email="erin@example.com", address=HERE, at=noon)

    take_sign_in_try(email="erin@example.com", address="192.0.2.2", at=noon)


def test_a_success_clears_the_account_and_only_its_own_try_at_the_address(cast, noon):
    for number in range(10):
        take_sign_in_try(email=f"{number}@example.com", address=HERE, at=noon)
    take_sign_in_try(email="erin@example.com", address=HERE, at=noon)

    record_sign_in(user=cast.erin, method="password", address=HERE, at=noon)

    assert sorted(Throttle.objects.values_list("tries", flat=True)) == [1] * 10 + [10]
