"""Who stepped back as a page shows it, whom the sponsor may name, and where nobody signs yet."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.operations.recusals import recuse
from governance.queries.recusals import (
    empty_sides,
    nameable_for,
    named_for,
    places_in,
    recusals_in,
    stepped_back,
    taken_on,
    waiting_recusals,
)
from governance.queries.recused import recused_of
from governance.rules.recusals import Named
from people.choices import Side
from people.operations.persons import add_person
from tests.changes import end_term
from tests.governance.delegating import given

WHY = "My sister works for the company that sells this."
HOUR = timedelta(hours=1)


def test_a_recusal_is_read_with_its_round(review, noon):
    world, round_ = review
    row = recuse(round_id=round_.pk, reason=WHY, actor=world.cast.hana, at=noon)

    [one] = [stepped_back(found["row"]) for found in recusals_in(round_.pk)]

    assert (one.id, one.name, one.side, one.at) == (row.pk, "Hana Okafor", Side.PEOPLE, noon)
    assert one.reason == WHY
    assert recused_of(round_) == {str(world.cast.hana.person_key)}


def test_nobody_of_the_other_side_no_writer_and_no_auditor_is_offered(review, noon):
    world, round_ = review

    offered = {words.partition(" ")[0] for _, words in nameable_for(round_, Side.PEOPLE, noon)}

    assert offered == {"Ada", "Erin", "Kim", "Max", "Otto"}
    given(world.cast, noon)  # Max signs for Technology from now on
    assert world.cast.max.pk not in dict(nameable_for(round_, Side.PEOPLE, noon + HOUR))
    assert world.cast.max.pk in dict(nameable_for(round_, Side.TECHNOLOGY, noon + HOUR))
    row = recuse(round_id=round_.pk, reason=WHY, actor=world.cast.hana, at=noon)
    assert named_for(row, world.cast.petra, noon).has_written
    assert named_for(row, world.cast.hana, noon) == Named(has_recused=True)
    assert named_for(row, world.cast.erin, noon) == Named()


def test_whom_to_name_is_asked_in_as_many_queries_however_many_people_there_are(
    review, noon, django_assert_num_queries
):
    world, round_ = review
    with CaptureQueriesContext(connection) as few:
        known = nameable_for(round_, Side.PEOPLE, noon)
    for n in range(3):
        add_person(
            actor=world.cast.ada,
            email=f"nadia{n}@example.com",
            name="Nadia",
            title="",
            zone="UTC",
            at=noon,
        )

    with django_assert_num_queries(len(few)):
        assert len(nameable_for(round_, Side.PEOPLE, noon)) == len(known) + 3


def test_what_waits_says_which_gate_and_for_whom(review, noon):
    world, round_ = review
    assert waiting_recusals(noon) == []
    recuse(round_id=round_.pk, reason=WHY, actor=world.cast.ivo, at=noon)

    [one] = waiting_recusals(noon + HOUR)

    assert (one.round_id, one.side, one.name) == (round_.pk, Side.TECHNOLOGY, "Ivo Brandt")
    assert (one.code, one.gate_word) == (world.initiative.code, "Gate 1")


def test_home_asks_no_more_of_two_than_of_one(review, noon, django_assert_num_queries):
    world, round_ = review
    recuse(round_id=round_.pk, reason=WHY, actor=world.cast.ivo, at=noon)
    with CaptureQueriesContext(connection) as one:
        waiting_recusals(noon)
    recuse(round_id=round_.pk, reason=WHY, actor=world.cast.hana, at=noon)

    with django_assert_num_queries(len(one)):
        assert len(waiting_recusals(noon)) == 2


def test_a_key_that_changed_hands_is_nobodys_to_fill(review, noon):
    world, round_ = review
    row = recuse(round_id=round_.pk, reason=WHY, actor=world.cast.hana, at=noon)
    rows = [stepped_back(found["row"]) for found in recusals_in(round_.pk)]
    before, sides = places_in(rows, round_, noon), empty_sides(round_, noon)
    end_term(actor=world.cast.ada, term=world.cast.term(world.cast.hana), at=noon + HOUR)
    [after] = places_in(rows, round_, noon + HOUR)

    assert ([one.is_empty for one in before], sides) == ([True], {"people"})
    assert (after.row.id, after.is_held, after.is_empty) == (row.pk, False, False)
    assert (empty_sides(round_, noon + HOUR), waiting_recusals(noon + HOUR)) == (frozenset(), [])
    assert places_in([], round_, noon) == []
    assert taken_on(round_, "people") is None
