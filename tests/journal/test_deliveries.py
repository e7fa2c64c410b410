"""Every debt is paid at least once, whatever happens to workers and subscribers."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Lock

import pytest
from django.db import connection

from journal import deliveries
from journal.acts import act, record
from journal.deliveries import FIRST_WAIT, LEASE, settle_due
from journal.kinds import Kind
from journal.models import MOST_ATTEMPTS, Delivery, Entry, Installation
from journal.subscriptions import on
from journal.tasks import settle_deliveries
from tests.conftest import as_owner
from tests.journal.conftest import found_here

pytestmark = pytest.mark.django_db(transaction=True)


class KilledError(BaseException):
    """What ends a worker in the middle of its work."""


@act
def tell(*, at, times=1):
    installation = Installation.objects.get()
    for _ in range(times):
        record(Kind.CLOCK_MOVED, actor="test", subject=installation, at=at)


def open_debts():
    return Delivery.objects.filter(settled_at=None)


def test_a_subscriber_hears_of_an_entry_once_and_may_act(noon):
    found_here(noon)
    heard = []

    @on(Kind.CLOCK_MOVED)
    def answer(entry):
        heard.append(entry.seq)
        note_answer(at=entry.at)

    @act
    def note_answer(*, at):
        record(Kind.RECORD_EXPORTED, actor="t", subject=Installation.objects.get(), at=at)

    tell(at=noon)

    assert settle_due(at=noon) == 1
    assert settle_due(at=noon) == 0
    assert heard == [3]
    assert Entry.objects.latest("seq").kind == Kind.RECORD_EXPORTED
    assert Delivery.objects.get().settled_at == noon


def test_no_debt_is_left_by_an_act_that_was_rolled_back(noon):
    found_here(noon)
    on(Kind.CLOCK_MOVED)(print)

    @act
    def failing():
        tell(at=noon)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()

    assert not Delivery.objects.exists()


def test_a_failing_subscriber_does_not_stop_the_others_and_is_tried_later(noon, caplog):
    found_here(noon)
    heard = []

    @on(Kind.CLOCK_MOVED)
    def failing(entry):
        if not heard[1:]:
            raise ConnectionError("no mail server")
        heard.append("failing")

    @on(Kind.CLOCK_MOVED)
    def healthy(entry):
        heard.append("healthy")

    tell(at=noon, times=2)

    assert settle_due(at=noon) == 2
    assert heard == ["healthy", "healthy"]
    assert {debt.problem for debt in open_debts()} == {"ConnectionError: no mail server"}
    assert settle_due(at=noon + FIRST_WAIT - timedelta(seconds=1)) == 0
    assert settle_due(at=noon + FIRST_WAIT) == 2
    assert not Delivery.objects.exclude(problem="").exists()


def test_poison_is_given_up_and_stays_for_people_to_see(noon, caplog):
    found_here(noon)

    @on(Kind.CLOCK_MOVED)
    def poison(entry):
        raise ValueError("x" * 900)

    tell(at=noon)
    at = noon
    for _ in range(MOST_ATTEMPTS):
        assert settle_due(at=at) == 0
        at = open_debts().get().due_at

    assert settle_due(at=at + timedelta(days=99)) == 0
    debt = open_debts().get()
    assert debt.attempts == MOST_ATTEMPTS
    assert debt.problem.startswith("ValueError: xxx")


def test_what_nobody_knows_any_more_is_put_off_and_harms_nobody(noon, caplog):
    found_here(noon)
    heard = []
    on(Kind.CLOCK_MOVED)(heard.append)
    tell(at=noon)
    Delivery.objects.create(entry_id=1, subscriber="gone.away", due_at=noon)

    assert settle_due(at=noon) == 1
    assert "nobody is subscribed" in open_debts().get().problem


def test_a_killed_worker_leaves_a_debt_that_is_due_when_its_lease_ends(noon):
    found_here(noon)
    heard = []

    @on(Kind.CLOCK_MOVED)
    def deadly(entry):
        heard.append(entry.seq)
        if len(heard) == 1:
            raise KilledError

    tell(at=noon)
    with pytest.raises(KilledError):
        settle_due(at=noon)

    assert settle_due(at=noon + LEASE - timedelta(seconds=1)) == 0
    assert settle_due(at=noon + LEASE) == 1
    assert heard == [3, 3]


def test_a_worker_that_outlives_its_lease_does_not_settle_twice(noon):
    found_here(noon)

    @on(Kind.CLOCK_MOVED)
    def slow(entry):
        if Delivery.objects.get().attempts == 1:
            assert settle_due(at=noon + LEASE) == 1

    tell(at=noon)

    assert settle_due(at=noon) == 0
    assert Delivery.objects.get().settled_at == noon + LEASE


def test_many_workers_share_the_debts_without_meeting(noon):
    found_here(noon)
    heard, lock = [], Lock()

    @on(Kind.CLOCK_MOVED)
    def hear(entry):
        with lock:
            heard.append(entry.seq)

    tell(at=noon, times=60)

    def work(_):
        try:
            return settle_due(at=noon)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        assert sum(workers.map(work, range(4))) == 60
    assert sorted(heard) == list(range(3, 63))


def test_a_batch_ends_so_that_one_run_never_holds_a_worker_for_ever(noon):
    found_here(noon)
    on(Kind.CLOCK_MOVED)(lambda entry: None)
    tell(at=noon, times=deliveries.BATCH + 1)

    assert settle_due(at=noon) == deliveries.BATCH
    assert settle_due(at=noon) == 1


def test_the_timetable_pays_what_is_due_now(noon):
    found_here(noon)
    heard = []
    on(Kind.CLOCK_MOVED)(heard.append)
    tell(at=noon - timedelta(days=900))

    assert settle_deliveries() == 1
    with as_owner():
        assert len(heard) == 1
