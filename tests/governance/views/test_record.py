"""The record: found, read, checked and taken along."""

import json

import pytest

from governance.views import record
from journal.kinds import Kind
from journal.models import Entry
from tests.gates import sign
from tests.kept import kept


@kept
def passed(waiting, lately):
    """A world whose first gate both have signed."""
    world, round_ = waiting
    for person in (world.cast.ivo, world.cast.hana):
        sign(person, round_.pk, at=lately)
    return world, round_


def test_a_decision_leads_to_its_sealed_page_for_those_who_may_read_it(passed, as_, at_gate):
    world, round_ = passed
    link = f'href="{at_gate(round_, "gate-signed")}"'

    assert link in as_(world.cast.tariq).get("/record/").content.decode()
    stranger = as_(world.cast.otto).get("/record/").content.decode()
    assert link not in stranger
    assert "No decision for you to read" in stranger


@pytest.mark.parametrize(
    ("query", "heading"),
    [
        ("outcome=passed", "One decision found."),
        ("outcome=declined", "No decision found."),
        ("initiative=AI-1&q=dispatch", "One decision found."),
        ("initiative=AI-002", "No decision found."),
    ],
)
def test_decisions_are_narrowed_by_their_address(passed, as_, query, heading):
    world, _ = passed

    assert heading in as_(world.cast.kim).get(f"/record/?{query}").content.decode()


@pytest.mark.parametrize("path", ["/record/", "/record/journal/"])
def test_a_filter_that_cannot_be_read_says_so_and_shows_all(passed, as_, path):
    world, _ = passed

    html = as_(world.cast.audrey).get(f"{path}?initiative=seven&after=x").content.decode()

    assert "Write the code, such as AI-007." in html
    assert "Nothing matches" not in html


def test_the_journal_goes_on_where_a_page_ended(passed, as_):
    world, _ = passed
    client = as_(world.cast.audrey)

    first = client.get("/record/journal/")
    second = client.get(first.context["next"])

    assert second.context["found"].rows[0].seq == first.context["found"].rows[-1].seq - 1


def test_an_office_checks_the_record_and_is_told_what_was_read(passed, as_):
    world, _ = passed

    html = as_(world.cast.audrey).post("/record/check/").content.decode()

    assert "Every link&nbsp;holds." in html
    assert str(Entry.objects.latest("seq").seq) in html.replace(",", "")


def test_a_record_too_long_for_a_request_is_left_to_the_command(passed, as_, monkeypatch):
    world, _ = passed
    monkeypatch.setattr(record, "MOST_ENTRIES", 1)

    html = as_(world.cast.audrey).post("/record/check/").content.decode()

    assert "./dev manage verify_journal" in html
    assert "Every link" not in html


def test_the_whole_record_is_taken_along_and_that_is_recorded(passed, as_):
    world, _ = passed

    response = as_(world.cast.audrey).post("/record/export.json")

    last = Entry.objects.latest("seq")
    assert (last.kind, last.actor_key) == (Kind.RECORD_EXPORTED, world.cast.audrey.person_key)
    assert f"record-{last.seq - 1}.json" in response["Content-Disposition"]
    taken = json.loads(b"".join(response.streaming_content))
    assert len(taken["entries"]) == last.seq - 1
