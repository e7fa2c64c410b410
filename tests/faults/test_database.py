"""The database breaks while a person signs: the page says so, and nothing is half-written."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from time import monotonic

import pytest
from django.db import connection

from governance.models import Passage, Signature
from initiatives.models import ArtefactVersion
from journal.models import Entry
from journal.verification import verify
from launcher import ports
from playbook.editions import current
from tests.faults.others import another_connection
from tests.gates import sign

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.untraced]
PATIENCE = 30


@contextmanager
def round_held(round_):
    """Let somebody else hold the round's row, as an act that takes long does."""
    with another_connection() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT 1 FROM governance_round WHERE id = %s FOR UPDATE", [round_.pk])
        yield
        cursor.execute("ROLLBACK")


def end_whoever_waits() -> str:
    """As the owner, end the connection that waits for a lock, as soon as there is one."""
    until = monotonic() + PATIENCE
    with another_connection(owner=True) as cursor:
        while monotonic() < until:
            cursor.execute(
                "SELECT pg_terminate_backend(pid), query FROM pg_stat_activity"
                " WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0"
            )
            if found := cursor.fetchone():
                return str(found[1])
    return ""


def while_ending(request: Callable[[], object]) -> tuple[object, str]:
    """Send a request and end its database connection where it waits; return what was cut off."""
    with ThreadPoolExecutor(1) as pool:
        ending = pool.submit(end_whoever_waits)
        answer = request()
        connection.close()
        return answer, ending.result()


def test_a_connection_that_breaks_in_the_middle_of_signing(waiting, decide, confirm) -> None:
    world, round_ = waiting
    decided = decide(world.cast.hana, round_, "sign")

    with round_held(round_):
        answer, cut_off = while_ending(lambda: confirm(decided))

    assert "governance_round" in cut_off
    assert answer.status_code == 503
    assert "Not available just" in answer.content.decode()
    assert not Signature.objects.exists()
    assert not Entry.objects.filter(kind="gate.signed").exists()
    assert [*verify()] == []

    # The same confirmation is still good, once the database is back.
    assert confirm(decided).status_code == 302
    assert Signature.objects.get().signer == world.cast.hana
    assert [*verify()] == []


def test_a_connection_that_breaks_in_the_middle_of_the_passage(
    waiting, decide, confirm, lately
) -> None:
    world, round_ = waiting
    sign(world.cast.ivo, round_.pk, at=lately)
    decided = decide(world.cast.hana, round_, "sign")

    with another_connection() as cursor:
        cursor.execute("BEGIN")
        # The very last step of an act: the head of the journal.
        cursor.execute("SELECT 1 FROM journal_head FOR UPDATE")
        answer, cut_off = while_ending(lambda: confirm(decided))
        cursor.execute("ROLLBACK")

    assert "journal_head" in cut_off
    assert answer.status_code == 503
    assert Signature.objects.count() == 1
    assert not Passage.objects.exists()
    world.initiative.refresh_from_db()
    assert world.initiative.stage == 1
    assert [*verify()] == []


def test_a_lock_that_others_hold_too_long_is_said(waiting, decide, confirm, at_gate) -> None:
    world, round_ = waiting
    decided = decide(world.cast.hana, round_, "sign")
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '200ms'")

    with round_held(round_):
        answer = confirm(decided)

    assert answer.status_code == 409
    assert "Someone else is signing or saving" in answer.content.decode()
    assert not Signature.objects.exists()
    assert confirm(decided).status_code == 302
    assert [*verify()] == []


def test_no_request_waits_for_ever(db) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("10s",)


def test_an_edit_that_is_cut_off_keeps_what_was_typed(waiting, as_) -> None:
    world, round_ = waiting
    before = ArtefactVersion.objects.count()
    client = as_(world.cast.tariq)
    slot = current().slot("market_view")
    url = f"/initiatives/{world.initiative.code}/slots/{slot.key}/"
    typed = {"expected_version": 1, "slot-view": "Three vendors could do it."}

    with round_held(round_):
        ours = {"sec-fetch-site": "same-origin"}  # as a browser says of our own form
        answer, _ = while_ending(lambda: client.post(url, typed, headers=ours))

    assert answer.status_code == 503
    assert "Three vendors could do it." in answer.content.decode()
    assert ArtefactVersion.objects.count() == before
    assert [*verify()] == []


def test_a_database_that_is_gone_has_a_page(waiting, as_, at_gate) -> None:
    world, round_ = waiting
    client = as_(world.cast.hana)
    port = connection.settings_dict["PORT"]
    connection.close()
    connection.settings_dict["PORT"] = ports.any_free()
    try:
        answers = [client.get(path) for path in ("/", at_gate(round_), "/sign-in/")]
    finally:
        connection.close()
        connection.settings_dict["PORT"] = port

    assert [one.status_code for one in answers[:2]] == [503, 503]
    assert answers[2].status_code in {200, 302, 503}
    assert client.get(at_gate(round_)).status_code == 200
