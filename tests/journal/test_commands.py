import base64
import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from journal import keys
from journal.checkpoints import checkpoint_due
from journal.models import Entry
from journal.notes import Note, origin_of, signed
from journal.queries import head
from tests.conftest import as_owner, triggers_off
from tests.journal.conftest import found_here
from tests.journal.forgeries import sql


def run_verify(*arguments):
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("verify_journal", *arguments, stdout=out, stderr=err)
    return end.value.code, out.getvalue(), err.getvalue()


def test_an_intact_journal_exits_with_0(founded):
    fingerprint = bytes(head().hash).hex()

    assert run_verify() == (0, f"Intact: 2 entries, the last is {fingerprint[:16]}.\n", "")
    assert json.loads(run_verify("--json")[1]) == {
        "intact": True,
        "entries": 2,
        "head": fingerprint,
        "findings": [],
    }


@pytest.mark.django_db(transaction=True)
def test_a_broken_journal_exits_with_1_and_names_the_first_bad_entry(noon):
    found_here(noon)
    with as_owner(), triggers_off():
        sql("UPDATE journal_entry SET kind = 'gate.passed' WHERE seq = 2")

    code, out, _ = run_verify()
    what = "its column kind says other than its bytes"
    both = "(recorded server_key.added, found gate.passed)"
    assert (code, out) == (1, f"Not intact: entry 2: {what} {both}.\n")

    code, out, _ = run_verify("--json")
    said = json.loads(out)
    assert (code, said["intact"], said["findings"][0]["seq"]) == (1, False, 2)


@pytest.mark.django_db(transaction=True)
def test_a_value_that_cannot_be_read_is_a_break_too(noon):
    found_here(noon)
    with as_owner(), triggers_off():
        sql("UPDATE journal_serverkey SET added_at = '12000-01-01'")

    code, out, _ = run_verify()
    assert code == 1
    assert out.startswith("Not intact: a stored value cannot be read:")


@pytest.mark.django_db(transaction=True)
def test_a_guard_that_is_down_is_named_though_nothing_was_changed(noon):
    found_here(noon)
    with as_owner():
        sql("DROP TRIGGER counterpart_rows ON journal_entry")
        code, out, _ = run_verify()
        call_command("migrate", verbosity=0)

    assert code == 1
    assert out == (
        "Not intact: journal_entry: the trigger counterpart_rows is missing, altered or"
        " switched off.\n"
    )


def test_an_unfounded_database_exits_with_2(db):
    assert run_verify() == (
        2,
        "",
        "The journal cannot be checked: nothing has been founded here.\n",
    )
    assert json.loads(run_verify("--json")[1])["intact"] is None


@pytest.mark.django_db(transaction=True)
def test_a_database_that_does_not_answer_exits_with_2():
    before = connection.settings_dict["PORT"]
    connection.close()
    connection.settings_dict["PORT"] = "1"
    try:
        code, out, err = run_verify()
    finally:
        connection.settings_dict["PORT"] = before

    assert (code, out) == (2, "")
    assert err.startswith("The journal cannot be checked:")


def test_checkpoints_from_outside_are_held_against_the_journal(founded, noon, tmp_path):
    note = checkpoint_due(at=noon).note
    (tmp_path / "kept.txt").write_text(note)
    assert run_verify("--checkpoints", str(tmp_path))[0] == 0

    forged = Note(origin_of(founded.org), 2, bytes(32))
    (tmp_path / "kept.txt").write_text(signed(forged, public=b"\x07" * 32, signature=b""))
    code, out, _ = run_verify("--checkpoints", str(tmp_path))

    assert code == 1
    assert "the first 2 entries are not those of the note in kept.txt (recorded 0000" in out


@pytest.mark.parametrize("folder", ["empty", "nowhere"])
def test_no_checkpoints_from_outside_exit_with_2(founded, tmp_path, folder):
    (tmp_path / "empty").mkdir()

    code, out, err = run_verify("--checkpoints", str(tmp_path / folder))

    assert (code, out) == (2, "")
    assert err.startswith("The journal cannot be checked: ")


@pytest.mark.django_db(transaction=True)
def test_a_check_may_begin_behind_what_was_checked_before(noon):
    found_here(noon)
    checkpoint_due(at=noon)
    forge("UPDATE journal_entry SET kind = 'gate.passed' WHERE seq = 1")
    assert [run_verify("--since", since)[0] for since in ("1", "2")] == [1, 0]

    forge("UPDATE journal_checkpoint SET is_mailed = false")
    assert "is not the row that was recorded" in run_verify("--since", "3")[1]
    forge("DELETE FROM journal_checkpoint")
    assert "is gone" in run_verify("--since", "3")[1]
    assert run_verify("--since", "4")[0] == 0


def forge(statement):
    with as_owner(), triggers_off():
        sql(statement)


@pytest.fixture
def _another_key(settings):
    yield
    keys.in_use.cache_clear()


@pytest.mark.usefixtures("_another_key")
def test_a_new_key_is_put_in_force_by_the_old_one(founded, settings):
    with pytest.raises(CommandError, match="SERVER_SIGNING_KEY_BEFORE must be 32 random bytes"):
        call_command("change_key")
    settings.SERVER_SIGNING_KEY_BEFORE = settings.SERVER_SIGNING_KEY
    with pytest.raises(CommandError, match="signed here before"):
        call_command("change_key")
    settings.SERVER_SIGNING_KEY = base64.b64encode(b"\x11" * 32).decode()
    keys.in_use.cache_clear()
    out = StringIO()

    call_command("change_key", stdout=out)

    assert f"The key {keys.key_id()} follows" in out.getvalue()
    assert Entry.objects.latest("seq").kind == "server_key.changed"


def test_the_clock_command_sets_a_demonstration_ahead(db, noon):
    found_here(noon, is_demo=True)
    out = StringIO()

    call_command("clock", "--days", "2", "--hours", "3", stdout=out)

    assert out.getvalue().startswith("It is now ")
    assert Entry.objects.count() == 3


def test_the_clock_command_says_why_not(founded):
    with pytest.raises(CommandError, match="real installation"):
        call_command("clock", "--days", "2")
