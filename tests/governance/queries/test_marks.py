"""The mark beside an initiative says which half is signed."""

from datetime import timedelta

from governance.choices import SigningAct
from governance.operations.ceremony import Wish
from governance.operations.refusals import decline_gate
from governance.queries.marks import gate_word, is_waiting, marks_of, waiting_since
from governance.queries.rounds import live_signature_ids
from initiatives.models import Initiative
from people.choices import Side
from playbook.editions import current
from tests.gates import fill, presence_of, sign

REASON = "Nobody can appeal against what a machine decides about them."


def mark(world):
    return marks_of([world.initiative.pk])[world.initiative.pk]


def test_an_initiative_without_a_round_has_no_mark(world):
    assert marks_of([world.initiative.pk]) == {}


def test_both_halves_are_open_while_nobody_signed(review):
    world, round_ = review

    found = mark(world)

    assert (found.technology, found.people, found.round_id) == ("open", "open", round_.pk)
    assert found.digest == round_.snapshot.digest
    assert found.waits_for == (Side.TECHNOLOGY, Side.PEOPLE)
    assert found.label == "Technology has not signed. People have not signed."


def test_a_signed_half_is_signed_and_the_other_waits(review, noon):
    world, round_ = review
    sign(world.cast.ivo, round_.pk, at=noon)

    found = mark(world)

    assert (found.technology, found.people) == ("signed", "open")
    assert found.waits_for == (Side.PEOPLE,)


def test_a_half_whose_text_changed_no_longer_fits(review, noon):
    world, round_ = review
    sign(world.cast.hana, round_.pk, at=noon)
    voids = live_signature_ids(world.initiative)
    fill(world, current().slot("real_bottleneck"), at=noon, salt="anew", accepts_voids=voids)

    found = mark(world)

    assert (found.technology, found.people) == ("open", "stale")
    assert found.waiting_since is None
    assert found.digest == round_.snapshot.digest


def test_a_declined_half_shows_it(review, noon):
    world, round_ = review
    wish = Wish(act=SigningAct.DECLINE, code="privacy", reason=REASON, is_final=True)
    presence = presence_of(world.cast.hana, round_.pk, at=noon, wish=wish)
    decline_gate(presence=presence, actor=world.cast.hana, at=noon + timedelta(minutes=1))

    assert mark(world).people == "declined"


def test_lists_can_be_narrowed_to_what_waits_for_a_side(review, noon):
    world, round_ = review
    sign(world.cast.ivo, round_.pk, at=noon)

    assert Initiative.objects.filter(is_waiting(Side.PEOPLE)).exists()
    assert not Initiative.objects.filter(is_waiting(Side.TECHNOLOGY)).exists()
    row = Initiative.objects.annotate(since=waiting_since()).get()
    assert row.since == noon


def test_many_marks_cost_two_queries(review, django_assert_num_queries):
    world, _ = review

    with django_assert_num_queries(2):
        marks_of([world.initiative.pk, 10_001, 10_002])


def test_a_gate_is_called_by_its_number_or_the_way_out():
    assert (gate_word("2"), gate_word("resume")) == ("Gate 2", "The way out of the pause")
