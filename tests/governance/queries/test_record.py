"""Decisions: how rounds ended, newest first, page by page."""

from datetime import timedelta

from governance.operations.rounds import open_round, withdraw_round
from governance.queries.record import PAGE, DecisionFilters, decisions
from people.queries import authority_of
from playbook.editions import current
from tests.gates import pass_gate, sign, submit_round


def listed(person, at, after="", **filters):
    return decisions(
        authority_of(person, at), DecisionFilters(**filters), playbook=current(), after=after
    )


def test_a_passed_gate_stands_with_both_names(review, noon):
    world, round_ = review
    for person in (world.cast.ivo, world.cast.hana):
        sign(person, round_.pk, at=noon)

    (row,) = listed(world.cast.cleo, noon).rows

    assert row.is_passed
    assert {one.name for one in row.standing.values()} == {"Ivo Brandt", "Hana Okafor"}
    assert (row.technology, row.people) == ("signed", "signed")


def test_decisions_are_found_by_code_outcome_and_words(world, noon):
    pass_gate(world, "1", at=noon)
    cleo = world.cast.cleo

    assert listed(cleo, noon, number=world.initiative.number, outcome="passed").total == 1
    assert listed(cleo, noon, text="dispatch HELPER").total == 1
    assert listed(cleo, noon, outcome="declined").total == 0
    assert listed(cleo, noon, text="invoice").rows == ()


def test_strangers_find_no_decision(world, noon):
    pass_gate(world, "1", at=noon)

    assert listed(world.cast.otto, noon).total == 0
    assert listed(world.cast.petra, noon).total == 1


def test_pages_follow_one_another_without_gap(review, noon):
    world, round_ = review
    for number in range(PAGE + 2):
        at = noon + timedelta(minutes=number)
        withdraw_round(round_id=round_.pk, actor=world.cast.petra, at=at)
        draft = open_round(initiative=world.initiative, gate="1", actor=world.cast.petra, at=at)
        round_ = submit_round(round_id=draft.pk, actor=world.cast.petra, at=at)

    first = listed(world.cast.cleo, noon)
    second = listed(world.cast.cleo, noon, after=first.after)

    rounds = [one.n for one in (*first.rows, *second.rows)]
    assert rounds == [*range(PAGE + 2, 0, -1)]
    assert (first.total, second.after) == (PAGE + 2, "")


def test_an_invented_place_shows_the_first_page(world, noon):
    pass_gate(world, "1", at=noon)

    assert len(listed(world.cast.cleo, noon, after="nonsense").rows) == 1
