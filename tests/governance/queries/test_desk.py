"""What waits for whom."""

from datetime import timedelta

from governance.operations.rounds import open_round
from governance.operations.stops import pause_initiative
from governance.queries.desk import in_use, next_for, pauses, piles, without_gate
from people.choices import Side
from people.queries import authority_of
from playbook.editions import current
from tests.gates import make_ready, make_round, make_world, sign


def desk(person, at):
    return piles(authority_of(person, at), current())


def test_a_gate_waits_for_both_until_one_signs(review, noon):
    world, round_ = review
    before = desk(world.cast.hana, noon)
    sign(world.cast.hana, round_.pk, at=noon)

    hana, ivo = desk(world.cast.hana, noon), desk(world.cast.ivo, noon)

    assert before.mine.total == 1
    assert before.lead.met == before.lead.points
    assert (hana.mine.total, hana.others.total) == (0, 1)
    assert ivo.mine.gates[0].standing[Side.PEOPLE].name == "Hana Okafor"
    assert ivo.half_signed == 1


def test_the_half_signed_gate_comes_first(review, noon):
    world, first = review
    other = make_world(noon, cast=world.cast, name="Invoice reader")
    make_ready(other, "1", at=noon)
    second = make_round(other, at=noon + timedelta(hours=1))
    sign(world.cast.ivo, second.pk, at=noon + timedelta(hours=2))

    found = desk(world.cast.hana, noon + timedelta(hours=3))

    assert [one.round_id for one in found.mine.gates] == [second.pk, first.pk]
    who = authority_of(world.cast.hana, noon + timedelta(hours=3))
    assert next_for(Side.PEOPLE, who, current()).round_id == second.pk


def test_a_paused_gate_waits_for_nobodys_signature(review, noon):
    world, _ = review
    pause_initiative(
        initiative=world.initiative,
        reason="A hearing is due.",
        actor=world.cast.cleo,
        at=noon,
    )

    assert desk(world.cast.hana, noon).mine.total == 0
    [(pause, may_decide)] = pauses(authority_of(world.cast.cleo, noon), noon)
    assert (pause.initiative, may_decide) == (world.initiative, False)
    [(_, late)] = pauses(authority_of(world.cast.cleo, noon), noon + timedelta(days=8))
    assert late


def test_people_without_office_see_their_own_only(review, noon):
    world, _ = review

    assert desk(world.cast.petra, noon).open == 1
    assert desk(world.cast.otto, noon).open == 0
    assert desk(world.cast.erin, noon).open == 0


def test_a_draft_lies_with_those_who_prepare_it(world, noon):
    assert len(without_gate(authority_of(world.cast.petra, noon))) == 1

    open_round(initiative=world.initiative, gate="1", actor=world.cast.petra, at=noon)

    assert desk(world.cast.petra, noon).drafts.total == 1
    assert without_gate(authority_of(world.cast.petra, noon)) == []


def test_what_is_not_in_use_is_not_shown_to_employees(review, noon):
    world, _ = review

    assert in_use(authority_of(world.cast.erin, noon)) == []
