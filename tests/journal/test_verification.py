"""Whatever is done to the record behind the product's back, verification finds it."""

import json
import os
from datetime import UTC, datetime
from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from journal.acts import act, record, seal
from journal.chain import leaf
from journal.kinds import Kind
from journal.models import Entry, Head, Installation, Sealed, ServerKey
from journal.operations import erase_text
from journal.rows import label, row_digest
from journal.verification import Finding, NothingRecordedError, further_check, verify
from kernel.canonical import canonical
from tests.conftest import as_owner, triggers_off
from tests.journal import forgeries, shadows
from tests.journal.conftest import found_here
from tests.journal.forgeries import sql

NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)
# About 20 forgeries to a world: 40 worlds a table make 10,000 and more.
WORLDS = settings(
    max_examples=int(os.environ.get("FORGERY_WORLDS", "1")),
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@act
def keep(rows, actor="test"):
    """Record arbitrary rows; their texts are sealed for good."""
    for row in rows:
        for column in row._meta.concrete_fields:
            if column.related_model is Sealed and getattr(row, column.attname) is not None:
                setattr(row, column.attname, seal("text").pk)
        row.save()
        record(Kind.FACT_RECORDED, actor=actor, subject=row, at=NOON, private={"text": "text"})


def a_key(number, at=NOON):
    return ServerKey(key_id=f"key {number}", public=bytes([number]), added_at=at)


def found_world(rows=()):
    """Fill the shadows: rows in their entries, one text that lives, one that was erased."""
    found_here(NOON)
    keep([*rows, a_key(1)])
    erased = Entry.objects.exclude(private=None).latest("seq").private
    erase_text(sealed=erased, actor="test", reason="asked for", at=NOON)
    keep([a_key(2), a_key(3)])


def forged(forgery, random, *target):
    """Tell whether verification finds a forgery, and undo it."""
    with transaction.atomic():
        if not forgery(random, *target):
            return True
        found = next(verify(), None)
        transaction.set_rollback(True)
    return found is not None


def hold_against_forgery(random, models):
    """Change every column of these tables, then rows, then the chain."""
    for target in forgeries.columns(*models):
        assert forged(forgeries.change, random, *target), target
    for forgery in forgeries.OF_ROWS:
        model = random.choice(models)
        target = random.choice(forgeries.columns(model))
        assert forged(forgery, random, *target), (forgery.__name__, target)
    for forgery in forgeries.OF_THE_CHAIN:
        assert forged(forgery, random), forgery.__name__


@pytest.mark.parametrize("model", shadows.recorded_models(), ids=label)
@WORLDS
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_no_forgery_of_a_recorded_row_goes_unseen(db, model, data, seed):
    rows = data.draw(
        st.lists(shadows.rows(model), min_size=2, max_size=3, unique_by=lambda row: row.pk)
    )

    with shadows.put_up(*shadows.JOURNAL, ServerKey, *{model} - {ServerKey}):
        found_world(rows)
        assert [*verify()] == []
        hold_against_forgery(Random(seed), [model])


@pytest.mark.untraced
@settings(WORLDS, max_examples=5 * WORLDS.max_examples)
@given(seed=st.integers(0, 2**32))
def test_no_forgery_of_the_journal_itself_goes_unseen(db, seed):
    with shadows.put_up(*shadows.JOURNAL, ServerKey):
        found_world()
        assert [*verify()] == []
        hold_against_forgery(Random(seed), shadows.JOURNAL)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("org = gen_random_uuid()", "its column org says other than its bytes"),
        ("is_demo = true", "the installation is not the one that was founded"),
    ],
)
def test_the_installation_is_held_to_its_founding(founded, change, what):
    sql(f"UPDATE journal_installation SET {change}")

    assert Finding(1, what) in [*verify()]


def test_a_lost_installation_is_found(founded):
    Installation.objects.all().delete()

    assert Finding(1, "the installation is not the one that was founded") in [*verify()]


def test_an_empty_database_cannot_be_judged(db):
    with pytest.raises(NothingRecordedError):
        [*verify()]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("attack", "finding"),
    [
        (
            "UPDATE journal_entry SET body = set_byte(body, 9, 0) WHERE seq = 1",
            Finding(1, "its bytes do not give its hash"),
        ),
        (
            "DELETE FROM journal_entry WHERE seq = 2",
            Finding(1, "the chain ends at entry 1, the head says otherwise"),
        ),
        ("DELETE FROM journal_serverkey", Finding(2, "journal.serverkey {pk} is gone")),
        (
            "UPDATE journal_serverkey SET public = '\\x00'",
            Finding(2, "journal.serverkey {pk} is not the row that was recorded"),
        ),
        (
            "UPDATE journal_sealed SET text = 'forged'",
            Finding(0, "the sealed text {text} is not the one committed to"),
        ),
        (
            "UPDATE journal_sealed SET text = NULL, key = NULL, erased_at = now()",
            Finding(0, "the sealed text {text} and its entry of erasure disagree"),
        ),
    ],
)
def test_an_owner_who_takes_the_triggers_down_is_found_by_the_first_break(attack, finding):
    found_here(NOON)
    names = {"pk": ServerKey.objects.get().pk, "text": Sealed.objects.get().pk[:12]}

    with as_owner(), triggers_off():
        sql(attack)

    assert next(verify()) == Finding(finding.seq, finding.what.format(**names))


def say(seq, forged=None, **changed):
    """Re-chain everything from entry `seq` on, with other bytes: what an owner can still do."""
    head = Head.objects.get()
    for entry in Entry.objects.filter(seq__gte=seq).order_by("seq"):
        earlier = Entry.objects.filter(seq=entry.seq - 1).first()
        prev = bytes(earlier.hash) if earlier else bytes(32)
        body = bytes(entry.body)
        if entry.seq == seq:
            body = canonical({**json.loads(body), **changed}) if forged is None else forged
        head.seq, head.hash = entry.seq, leaf(prev=prev, seq=entry.seq, body=body)
        sql(
            "UPDATE journal_entry SET prev = %s, body = %s, hash = %s WHERE seq = %s",
            [prev, body, head.hash, entry.seq],
        )
    head.save()


@pytest.fixture
def world(db):
    with shadows.put_up(*shadows.JOURNAL, ServerKey):
        found_world()
        yield


def test_a_missing_entry_is_named(world):
    sql("DELETE FROM journal_entry WHERE seq = 3")

    assert next(verify()) == Finding(3, "entry 3 is missing; entry 4 stands in its place")


def test_a_full_re_chain_by_the_owner_is_not_found_without_a_witness_outside(world):
    """The honest limit: only a fingerprint kept elsewhere could tell. See docs/security.md."""
    say(3, data={"forged": "history"})

    assert [*verify()] == []


def test_a_whole_older_backup_is_not_found_without_a_witness_outside(world):
    (last,) = sql("SELECT max(seq) FROM journal_entry")[0]
    sql("DELETE FROM journal_serverkey WHERE key_id = 'key 3'")
    sql("DELETE FROM journal_entry WHERE seq = %s", [last])
    sql(
        "UPDATE journal_head SET seq = e.seq, hash = e.hash FROM journal_entry e WHERE e.seq = %s",
        [last - 1],
    )

    assert [*verify()] == []


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"null", b"{}", b"\xff\xfe", b'{"a": 1}', b'{"seq":3,"actor":null}', b"{" * 9],
)
def test_bytes_that_say_nothing_are_found_and_break_nothing(world, body):
    say(3, forged=body)

    assert Finding(3, "its bytes are not those of an entry") in [*verify()]


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ({"kind": "gate.passed"}, "its column kind says other than its bytes"),
        ({"rows": [["journal.serverkey"]]}, "its bytes are not those of an entry"),
        ({"thread": "initiatives.initiative:9"}, "its column thread says other than its bytes"),
    ],
)
def test_columns_are_held_to_the_bytes_beside_them(world, said, what):
    say(3, **said)

    assert Finding(3, what) in [*verify()]


def test_bytes_in_another_spelling_are_found(world):
    body = bytes(Entry.objects.get(seq=3).body).replace(b'"data":', b'"data": ')
    say(3, forged=body)

    assert [*verify()] == [Finding(3, "its bytes are not canonical")]


def test_a_row_cannot_be_named_anew_after_a_forgery(world):
    key = ServerKey.objects.get(key_id="key 3")
    sql("UPDATE journal_serverkey SET public = '\\x09' WHERE id = %s", [key.pk])
    key.refresh_from_db()

    @act
    def launder():
        record(Kind.SERVER_KEY_ADDED, actor="test", subject=key, at=NOON)

    launder()
    entry = Entry.objects.latest("seq")
    rows = [[label(key), str(key.pk), row_digest(key)]]
    say(entry.seq, rows=rows)

    found = [finding.what for finding in verify()]
    assert f"journal.serverkey {key.pk} is named a second time" in found
    assert f"journal.serverkey {key.pk} is not the row that was recorded" in found


def test_an_app_above_may_add_its_own_check(founded):
    @further_check
    def decisions():
        yield Finding(2, "the decision was not one")

    further_check(decisions)

    assert [*verify()] == [Finding(2, "the decision was not one")]
