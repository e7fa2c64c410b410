import json
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from journal.acts import ActError, act, change_authority, hold_authority, record, seal
from journal.chain import GENESIS, leaf
from journal.kinds import Kind
from journal.models import Entry, Head, Installation, ServerKey
from journal.verification import verify
from kernel.canonical import NotCanonicalError, canonical
from kernel.refusals import Blocker, RefusedError
from people.models import User
from tests.journal.conftest import found_here

BROKEN = pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])


def said(entry):
    return json.loads(bytes(entry.body))


def last():
    return Entry.objects.order_by("-seq").first()


def a_key(name, at):
    return ServerKey.objects.create(key_id=name, public=bytes(32), added_at=at)


@act
def note(*, at, text="noted", **options):
    record(
        Kind.CLOCK_MOVED,
        actor=options.pop("actor", "test"),
        subject=Installation.objects.get(),
        at=at,
        data={"text": text},
        **options,
    )


@act
def keep_key(*, name, at):
    key = a_key(name, at)
    record(Kind.SERVER_KEY_ADDED, actor="test", subject=key, at=at)
    return key


def test_an_act_writes_one_entry_that_follows_the_last(founded, noon):
    before = last()

    note(at=noon)

    entry = last()
    assert (entry.seq, bytes(entry.prev)) == (before.seq + 1, bytes(before.hash))
    assert bytes(entry.hash) == leaf(prev=bytes(before.hash), seq=entry.seq, body=bytes(entry.body))
    assert (Head.objects.get().seq, bytes(Head.objects.get().hash)) == (
        entry.seq,
        bytes(entry.hash),
    )


def test_the_first_entry_follows_nothing(founded):
    first = Entry.objects.get(seq=1)

    assert bytes(first.prev) == GENESIS
    assert first.kind == Kind.INSTALLATION_FOUNDED


def test_an_entry_says_all_that_is_hashed_in_canonical_bytes(founded, noon):
    note(at=noon, thread=founded, private={"reason": "Ana's illness"})

    entry = last()
    assert bytes(entry.body) == canonical(said(entry))
    assert said(entry) == {
        "v": 1,
        "org": str(founded.org),
        "seq": 3,
        "at": "2026-12-03T12:00:00.000000Z",
        "kind": "clock.moved",
        "actor": {"system": "test"},
        "object": {"type": "journal.installation", "id": "1"},
        "thread": "journal.installation:1",
        "data": {"text": "noted"},
        "rows": [],
        "private": entry.private_id,
    }


def test_a_person_acts_under_an_opaque_key(founded, noon):
    ana = User.objects.create(email="ana@example.com", name="Ana", added_at=noon)

    note(at=noon, actor=ana)

    assert said(last())["actor"] == {"person": str(ana.person_key)}
    assert last().actor_key == ana.person_key
    assert b"Ana" not in bytes(last().body)


def test_an_act_that_records_nothing_is_a_mistake_and_leaves_nothing(founded, noon):
    @act
    def mute():
        Installation.objects.update(name="Changed in silence")

    with pytest.raises(ActError, match="records nothing"):
        mute()

    assert Installation.objects.get().name == "Harrowgate"


def test_record_seal_and_locks_need_an_act(founded, noon):
    attempts = [
        lambda: record(Kind.CLOCK_MOVED, actor="test", subject=founded, at=noon),
        lambda: seal("text"),
        hold_authority,
        change_authority,
    ]

    for attempt in attempts:
        with pytest.raises(ActError, match="belong inside an @act"):
            attempt()


def test_data_that_cannot_be_hashed_is_refused_where_it_is_recorded(founded, noon):
    @act
    def inexact():
        record(Kind.CLOCK_MOVED, actor="t", subject=founded, at=noon, data={"share": 0.5})

    with pytest.raises(NotCanonicalError, match="share"):
        inexact()


def test_data_is_what_it_was_when_it_was_recorded(founded, noon):
    data = {"steps": "one"}

    @act
    def changing():
        record(Kind.CLOCK_MOVED, actor="test", subject=founded, at=noon, data=data)
        data["steps"] = "two"

    changing()

    assert said(last())["data"] == {"steps": "one"}


@BROKEN
def test_a_failing_act_writes_nothing(founded, noon, error):
    @act
    def failing():
        a_key("lost", noon)
        note(at=noon)
        raise error

    with pytest.raises(error):
        failing()

    assert Entry.objects.count() == 2
    assert not ServerKey.objects.filter(key_id="lost").exists()
    note(at=noon)
    assert last().seq == 3


def test_nested_acts_join_the_outer_one(founded, noon):
    @act
    def outer():
        note(at=noon, text="first")
        keep_key(name="inner", at=noon)
        note(at=noon, text="last")
        assert Entry.objects.count() == 2

    outer()

    kinds = [entry.kind for entry in Entry.objects.order_by("seq")[2:]]
    assert kinds == [Kind.CLOCK_MOVED, Kind.SERVER_KEY_ADDED, Kind.CLOCK_MOVED]
    assert [*verify()] == []


def test_a_nested_act_that_fails_takes_the_outer_one_with_it(founded, noon):
    @act
    def failing():
        a_key("half", noon)
        raise RefusedError(Blocker("no", "No."))

    @act
    def swallowing():
        try:
            failing()
        except RefusedError:
            record(Kind.CLOCK_MOVED, actor="test", subject=founded, at=noon)

    with pytest.raises(TransactionManagementError):
        swallowing()

    assert Entry.objects.count() == 2
    assert not ServerKey.objects.filter(key_id="half").exists()


@pytest.mark.django_db(transaction=True)
def test_an_act_is_never_part_of_a_transaction_that_may_still_be_rolled_back(noon):
    found_here(noon)

    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        note(at=noon)


@pytest.mark.django_db(transaction=True)  # founding locks too: its lock ends with its transaction
@pytest.mark.parametrize(
    ("take", "mode"), [(hold_authority, "ShareLock"), (change_authority, "ExclusiveLock")]
)
def test_authority_is_locked_until_the_act_ends(founded, noon, take, mode):
    @act
    def locking():
        take()
        note(at=noon)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT mode FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
            )
            return cursor.fetchall()

    assert locking() == [(mode,)]


def test_entries_keep_the_moment_they_were_told(founded, noon):
    for days in (3, -2):
        note(at=noon + timedelta(days=days))

    moments = [entry.at for entry in Entry.objects.order_by("seq")[2:]]
    assert moments == [noon + timedelta(days=3), noon - timedelta(days=2)]
