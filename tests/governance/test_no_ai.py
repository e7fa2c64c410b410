"""Not to use AI here: a decision of both sides at gate 1, asked little, kept and found."""

import pytest

from governance.operations.rounds import RoundRefusedError, open_round, submit_round
from governance.queries.record import DecisionFilters, decisions
from initiatives.choices import Stage, Standing
from initiatives.models import StageAdvance
from journal.kinds import Kind
from journal.models import Entry
from people.queries import authority_of
from playbook.editions import current
from tests.gates import fill, make_round, sign, whole

ANSWERS = ("without_ai", "leave_it")


def say(world, answer, at, *, monkeypatch):
    """Write the problem, complete, with this answer to whether AI should be used at all."""

    def said(slot, at, salt="as agreed"):
        raw = whole(slot, at, salt)
        return raw | {"ai_answer": answer}

    monkeypatch.setattr("tests.gates.whole", said)
    fill(world, current().slot("problem_statement"), at=at)
    monkeypatch.undo()


@pytest.fixture(params=ANSWERS)
def refused(request, world, noon, monkeypatch):
    """A gate 1 out for signature whose content says not to use AI."""
    say(world, request.param, noon, monkeypatch=monkeypatch)
    return world, make_round(world, at=noon)


def test_both_signatures_end_it_and_one_does_not(refused, noon):
    world, round_ = refused
    sign(world.cast.ivo, round_.pk, at=noon)
    world.initiative.refresh_from_db()
    assert world.initiative.standing == Standing.ACTIVE

    sign(world.cast.hana, round_.pk, at=noon)

    world.initiative.refresh_from_db()
    assert (world.initiative.standing, world.initiative.stage) == (Standing.NO_AI, Stage.PROBLEM)
    assert world.initiative.is_over
    assert not StageAdvance.objects.exists()
    assert Entry.objects.filter(kind=Kind.INITIATIVE_CLOSED).count() == 1


def test_the_record_says_what_was_decided(refused, noon):
    world, round_ = refused
    for person in (world.cast.ivo, world.cast.hana):
        sign(person, round_.pk, at=noon)

    who = authority_of(world.cast.cleo, noon)
    (row,) = decisions(who, DecisionFilters(), playbook=current()).rows

    assert (row.is_passed, row.verdict) == (True, "No AI here")


def test_whoever_leaves_ai_out_owes_no_plan_for_it(world, noon, monkeypatch):
    say(world, "use_ai", noon, monkeypatch=monkeypatch)
    round_ = open_round(initiative=world.initiative, gate="1", actor=world.cast.petra, at=noon)
    with pytest.raises(RoundRefusedError) as missing:
        submit_round(round_id=round_.pk, actor=world.cast.petra, at=noon)
    assert "criterion.g1_people_view" in missing.value.codes

    say(world, "without_ai", noon, monkeypatch=monkeypatch)

    assert submit_round(round_id=round_.pk, actor=world.cast.petra, at=noon).is_in_review


def test_two_sources_and_a_pair_are_asked_for_all_the_same(world, noon, monkeypatch):
    say(world, "without_ai", noon, monkeypatch=monkeypatch)
    world.initiative.memberships.get(user=world.cast.tariq).end(noon)
    round_ = open_round(initiative=world.initiative, gate="1", actor=world.cast.petra, at=noon)

    with pytest.raises(RoundRefusedError) as missing:
        submit_round(round_id=round_.pk, actor=world.cast.petra, at=noon)

    assert missing.value.codes == ("criterion.g1_accountable_pair",)
