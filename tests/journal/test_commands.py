import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from journal.models import Entry
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
    assert (code, out) == (1, "Not intact: entry 2: its column kind says other than its bytes.\n")

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


def test_the_clock_command_sets_a_demonstration_ahead(db, noon):
    found_here(noon, is_demo=True)
    out = StringIO()

    call_command("clock", "--days", "2", "--hours", "3", stdout=out)

    assert out.getvalue().startswith("It is now ")
    assert Entry.objects.count() == 3


def test_the_clock_command_says_why_not(founded):
    with pytest.raises(CommandError, match="real installation"):
        call_command("clock", "--days", "2")
