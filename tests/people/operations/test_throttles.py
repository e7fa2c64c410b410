from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction

from people.models import Throttle
from people.operations.throttles import (
    TooManyTriesError,
    account_door,
    address_door,
    forget_tries,
    give_back_try,
    take_try,
)

pytestmark = pytest.mark.django_db

DOOR = account_door("hana@example.com")


def test_a_door_is_shut_after_five_tries_and_opens_again(noon):
    for _ in range(5):
        take_try(DOOR, at=noon)

    with pytest.raises(TooManyTriesError) as refusal:
        take_try(DOOR, at=noon)
    assert "15 minutes" in str(refusal.value)

    take_try(DOOR, at=noon + timedelta(minutes=15))


def test_the_last_minute_is_said_in_the_singular(noon):
    for _ in range(5):
        take_try(DOOR, at=noon)

    with pytest.raises(TooManyTriesError) as refusal:
        take_try(DOOR, at=noon + timedelta(minutes=14, seconds=30))

    assert "Wait 1 minute," in str(refusal.value)


def test_only_the_first_refusal_of_a_wait_is_the_first(noon):
    for _ in range(5):
        take_try(DOOR, at=noon)

    firsts = []
    for _ in range(3):
        with pytest.raises(TooManyTriesError) as refusal:
            take_try(DOOR, at=noon)
        firsts.append(refusal.value.is_first)

    assert firsts == [True, False, False]


def test_a_shut_door_counts_nothing_at_the_others(noon):
    address = address_door("192.0.2.1")
    for _ in range(5):
        take_try(DOOR, address, at=noon)
    with pytest.raises(TooManyTriesError):
        take_try(DOOR, address, at=noon)

    assert Throttle.objects.get(key=address.key).tries == 5


def test_what_is_kept_names_nobody(noon):
    take_try(DOOR, address_door("192.0.2.1"), at=noon)

    kept = " ".join(Throttle.objects.values_list("key", flat=True))
    assert "hana" not in kept
    assert "192" not in kept


def test_forgetting_begins_afresh_and_giving_back_takes_one_off(noon):
    for _ in range(3):
        take_try(DOOR, at=noon)

    give_back_try(DOOR)
    assert Throttle.objects.get(key=DOOR.key).tries == 2

    forget_tries(DOOR)
    give_back_try(DOOR)
    assert not Throttle.objects.exists()


def test_counts_of_yesterday_are_swept(noon):
    take_try(account_door("old@example.com"), at=noon - timedelta(days=2))

    take_try(DOOR, at=noon)

    assert [row.key for row in Throttle.objects.all()] == [DOOR.key]


def test_a_try_is_never_counted_in_a_transaction_that_may_roll_back(noon):
    with pytest.raises(RuntimeError), transaction.atomic():
        take_try(DOOR, at=noon)


@pytest.mark.django_db(transaction=True)
def test_racing_guesses_do_not_pass_the_limit(noon):
    def guess(_):
        try:
            take_try(DOOR, address_door("192.0.2.1"), at=noon)
        except TooManyTriesError:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        let_through = [*pool.map(guess, range(40))]

    assert sum(let_through) == 5
