"""Many writers, one chain."""

from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Barrier

import pytest
from django.db import connection, transaction

from journal.acts import act, record
from journal.chain import leaf
from journal.kinds import Kind
from journal.models import Entry, Installation, ServerKey
from journal.verification import verify
from tests.conftest import as_owner
from tests.journal.conftest import found_here

WRITERS, EACH = 8, 40

pytestmark = pytest.mark.django_db(transaction=True)


class ChangeOfMindError(Exception):
    """The act goes back."""


@act
def write(*, writer, number, at, goes_back):
    key = ServerKey.objects.create(key_id=f"{writer}/{number}", public=b"", added_at=at)
    record(Kind.SERVER_KEY_ADDED, actor="test", subject=key, at=at)
    if goes_back == "after the row":
        raise ChangeOfMindError
    record(Kind.CLOCK_MOVED, actor="test", subject=Installation.objects.get(), at=at)
    if goes_back == "at the end":
        raise ChangeOfMindError


def race(work):
    """Let every writer do `work(writer)` at once, each on a connection of its own."""
    barrier = Barrier(WRITERS)

    def start(writer):
        barrier.wait()
        try:
            return work(writer)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        return [*pool.map(start, range(WRITERS))]


def test_eight_writers_with_roll_backs_leave_no_gap_and_no_fork(noon):
    found_here(noon)

    def work(writer):
        random, kept = Random(writer), 0
        for number in range(EACH):
            goes_back = random.choice(["", "", "", "", "after the row", "at the end"])
            try:
                write(writer=writer, number=number, at=noon, goes_back=goes_back)
                kept += 1
            except ChangeOfMindError:
                assert goes_back
        return kept

    kept = sum(race(work))

    assert 0 < kept < WRITERS * EACH
    assert [*Entry.objects.order_by("seq").values_list("seq", flat=True)] == [
        *range(1, 2 + 2 * kept + 1)
    ]
    assert ServerKey.objects.count() == 1 + kept
    assert [*verify()] == []


@pytest.fixture
def bare_chain():
    """Return the name of a chain without any constraint or guard, for the negative control."""
    role = connection.settings_dict["USER"]
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare_entry (seq bigint, prev bytea, hash bytea)")
        cursor.execute("CREATE TABLE bare_head (seq bigint, hash bytea)")
        cursor.execute("INSERT INTO bare_head VALUES (0, %s)", [bytes(32)])
        cursor.execute(f"GRANT ALL ON bare_entry, bare_head TO {role}")
    yield
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE bare_entry, bare_head")


def append(lock):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT seq, hash FROM bare_head {lock}")
        seq, prev = cursor.fetchone()
        following = leaf(prev=bytes(prev), seq=seq + 1, body=b"")
        cursor.execute("INSERT INTO bare_entry VALUES (%s, %s, %s)", [seq + 1, prev, following])
        cursor.execute("UPDATE bare_head SET seq = %s, hash = %s", [seq + 1, following])


def forks(lock):
    """Append from all writers at once, and count the entries that share their predecessor."""
    race(lambda _: [append(lock) for _ in range(EACH)])
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) - count(DISTINCT seq) FROM bare_entry")
        return cursor.fetchone()[0]


def test_the_same_appending_forks_without_the_lock_of_the_head(bare_chain):
    """The negative control: the race above would show a chain that is not locked."""
    assert forks("") > 0


def test_the_same_appending_holds_with_the_lock_of_the_head(bare_chain):
    assert forks("FOR UPDATE") == 0
