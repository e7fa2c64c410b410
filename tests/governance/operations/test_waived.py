"""Whose a waived point is after the pass."""

from governance.models import Commitment
from governance.operations.rounds import open_round, withdraw_round
from governance.queries.rounds import judged_now
from tests.gates import make_ready, make_round, sign
from tests.governance.operations.test_waivers import waive


def test_the_side_of_the_point_closes_it_and_people_what_belongs_to_both(world, noon) -> None:
    make_ready(world, "1", at=noon, but=["success_statement", "tech_landscape"])
    waived = [one for one in points_open(world, noon) if one.kind == "must"]
    for one in waived:
        waive(world, noon, point=one.key)
    round_ = make_round(world, at=noon)
    for person in (world.cast.ivo, world.cast.hana):
        sign(person, round_.pk, at=noon)

    asked = {one.condition.removeprefix("w-"): one.asked_by for one in Commitment.objects.all()}
    assert asked == {one.key[:30]: "people" if one.side == "joint" else one.side for one in waived}
    assert {one.side for one in waived} >= {"joint", "technology"}


def points_open(world, at):
    draft = open_round(initiative=world.initiative, gate="1", actor=world.cast.petra, at=at)
    found = [one.criterion for one in judged_now(draft).verdicts if not one.is_met]
    withdraw_round(round_id=draft.pk, actor=world.cast.petra, at=at)
    return found
