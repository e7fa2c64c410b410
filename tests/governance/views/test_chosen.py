"""Many rows at once: each its own act, whole or refused, by the same rules as everywhere."""

import pytest

from initiatives.choices import MemberRole
from initiatives.models import Initiative, Membership
from journal.kinds import Kind
from journal.models import Entry
from people.choices import Side
from tests.gates import make_world
from tests.kept import kept

CHOSEN = "/portfolio/chosen/"


@kept
def world(waiting):
    """AI-001 with an open gate, AI-002 without one."""
    first, _ = waiting
    make_world(first.at, cast=first.cast, name="Invoice reader")
    return first


def post(client, **fields):
    return client.post(CHOSEN, {"n": ["1", "2"], **fields})


def test_what_is_chosen_is_shown_first(world, as_):
    html = as_(world.cast.hana).get(f"{CHOSEN}?n=1&n=2&n=99&n=x&n=%00").content.decode()

    assert "Two initiatives chosen." in html
    assert "Invoice reader" in html


def test_what_one_does_not_read_is_not_chosen(world, as_):
    answer = as_(world.cast.otto).get(f"{CHOSEN}?n=1")

    assert b"Nothing is chosen." in answer.content
    assert b"Dispatch helper" not in answer.content
    assert as_(world.cast.otto).post(CHOSEN, {"n": "1", "act": "archive"}).status_code == 422


def test_each_is_done_or_refused_with_its_reason(world, as_):
    html = post(as_(world.cast.ada), act="archive").content.decode()

    assert "One done, one refused." in html
    assert "A gate is open." in html
    assert [*Initiative.objects.shown().values_list("number", flat=True)] == [1]
    assert Entry.objects.filter(kind=Kind.INITIATIVE_ARCHIVED).count() == 1

    assert "One done, one refused." in post(as_(world.cast.ada), act="restore").content.decode()
    assert Initiative.objects.shown().count() == 2


def test_tags_and_needs_are_set_on_all(world, as_):
    client = as_(world.cast.hana)

    post(client, act="tag", tag=" Works  council ")
    post(client, act="needs", needs="both")

    rows = Initiative.objects.order_by("number").values_list("tags", "needs")
    assert [*rows] == [(["Works council"], "both")] * 2
    table = client.get("/portfolio/?view=table&tag=Works council&needs=both").content.decode()
    assert "2\N{NO-BREAK SPACE}initiatives found" in table
    post(client, act="untag", tag="works council")
    assert [*Initiative.objects.values_list("tags", flat=True)] == [[], []]


def test_a_lead_is_named_where_nothing_is_signed(world, as_):
    person = world.cast.erin

    html = post(as_(world.cast.hana), act="lead", side="people", user=person.pk).content.decode()

    assert "Two done." in html
    leads = Membership.objects.leads().filter(side=Side.PEOPLE, role=MemberRole.LEAD)
    assert {lead.user for lead in leads} == {person}


def test_the_other_side_is_refused_its_rows(world, as_):
    html = post(
        as_(world.cast.hana), act="lead", side="technology", user=world.cast.erin.pk
    ).content.decode()

    assert "Nothing was done, two refused." in html
    assert "settles who works for it" in html


@pytest.mark.parametrize("who", ["cleo", "audrey", "kim"])
def test_who_only_reads_changes_nothing(world, as_, who):
    html = post(as_(getattr(world.cast, who)), act="tag", tag="mine").content.decode()

    assert "Nothing was done, two refused." in html
    assert b"tick-box" not in as_(getattr(world.cast, who)).get("/portfolio/?view=table").content


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"act": "nothing"},
        {"act": "tag"},
        {"act": "tag", "tag": "x" * 10_000},
        {"act": "lead", "side": "people"},
        {"act": "lead", "user": "1"},
        {"act": "lead", "side": "people", "user": "999999"},
        {"act": "needs", "needs": "everybody"},
        {"act": "archive", "n": []},
        {"act": "archive", "n": ["99999999999999999999999999", "-1", "\x00"]},
    ],
)
def test_what_makes_no_sense_is_told(world, as_, fields):
    assert post(as_(world.cast.hana), **fields).status_code == 422


def test_the_way_back_is_the_table_and_nowhere_else(world, as_):
    client = as_(world.cast.hana)

    kept = client.get(f"{CHOSEN}?n=1&back=%3Fview%3Dtable%26stage%3D1").content.decode()
    evil = client.get(f"{CHOSEN}?n=1&back=https://elsewhere.example").content.decode()

    assert 'href="/portfolio/?view=table&amp;stage=1"' in kept
    assert "elsewhere.example" not in evil
