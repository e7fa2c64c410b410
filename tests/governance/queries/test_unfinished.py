"""What a lead still owes, on the desk."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.operations.stops import pause_initiative
from governance.queries.unfinished import LIMIT, unfinished
from people.queries import authority_of
from playbook.editions import current
from tests.gates import fill, make_ready, make_world


def owes(person, at):
    return unfinished(authority_of(person, at), current())


def test_a_lead_finds_the_own_half_and_what_both_bring(world, noon):
    (one,) = owes(world.cast.tariq, noon)

    assert (one.initiative, one.gate) == (world.initiative, "1")
    assert [half.side for half in one.halves] == ["technology", "joint"]
    assert one.halves[0].count == 4


def test_what_is_filled_in_and_said_is_no_longer_there(world, noon):
    make_ready(world, "1", at=noon, but=("market_view", "g1_change_load"))

    (tariq,) = owes(world.cast.tariq, noon)
    (petra,) = owes(world.cast.petra, noon)
    fill(world, current().slot("market_view"), at=noon)

    assert [one.slot.key for one in tariq.halves[0].slots] == ["market_view"]
    assert [one.key for one in petra.halves[0].points] == ["g1_change_load"]
    assert owes(world.cast.tariq, noon) == []


def test_what_is_out_for_signature_owes_nothing(review, noon):
    world, _ = review

    assert owes(world.cast.petra, noon) == []


def test_a_pause_asks_for_the_way_on(review, noon):
    world, _ = review
    pause_initiative(
        initiative=world.initiative,
        actor=world.cast.hana,
        reason="An answer hurt somebody.",
        at=noon,
    )

    (one,) = owes(world.cast.petra, noon)

    assert one.gate == "resume"
    assert {lack.slot.stage for half in one.halves for lack in half.slots} == {None}


def test_whoever_leads_nothing_owes_nothing(world, noon):
    for person in (world.cast.hana, world.cast.max, world.cast.cleo, world.cast.erin):
        assert owes(person, noon) == []


def test_the_list_has_an_end_and_asks_no_more_for_many(world, noon):
    with CaptureQueriesContext(connection) as few:
        owes(world.cast.petra, noon)
    for number in range(LIMIT + 1):
        make_world(noon, cast=world.cast, name=f"Helper {number}")

    with CaptureQueriesContext(connection) as many:
        found = owes(world.cast.petra, noon)

    assert len(found) == LIMIT
    assert len(many) == len(few)
