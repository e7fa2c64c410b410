"""Every round of one gate, for those who may read it."""

import pytest

from governance.queries.gate_page import GateRounds
from kernel.refusals import NotVisibleError
from people.queries import authority_of
from tests.gates import ask_for_changes


def rounds(person, round_id, at):
    return GateRounds(round_id, authority_of(person, at))


def test_a_stranger_finds_nothing(review, noon):
    world, round_ = review

    for person in (world.cast.erin, world.cast.otto):
        with pytest.raises(NotVisibleError):
            rounds(person, round_.pk, noon)


def test_a_round_that_is_not_there_is_not_visible(review, noon):
    world, _ = review

    for number in (0, 10_000, 2**70):
        with pytest.raises(NotVisibleError):
            rounds(world.cast.hana, number, noon)


def test_the_draft_after_a_wish_for_changes_shows_the_wish(review, noon):
    world, round_ = review
    points = {"g1_people_view": "Say who is invited, and by whom."}
    draft = ask_for_changes(world.cast.hana, round_.pk, points, at=noon)

    found = rounds(world.cast.petra, draft.pk, noon)

    assert found.previous_round == round_
    assert found.asked.by == "Hana Okafor"
    assert found.asked.items[0][1] == "Say who is invited, and by whom."
    assert rounds(world.cast.petra, round_.pk, noon).next_round == draft
