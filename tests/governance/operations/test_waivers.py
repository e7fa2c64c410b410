"""A point that is waived: put into the text, signed by both, owed from then on (C4)."""

import json
from datetime import timedelta

import pytest

from governance.models import Commitment
from governance.operations.proofs import attest
from governance.operations.rounds import RoundRefusedError, submit_round
from governance.operations.waivers import WaiverRefusedError, waive_criterion
from governance.queries.rounds import open_hard_commitments
from governance.reactions import VoidsSignaturesError
from governance.rules.waiving import Waiver
from journal.verification import verify
from kernel.refusals import NotVisibleError
from playbook.editions import current
from tests.gates import make_ready, make_round, sign
from tests.kept import kept

POINT = "g1_change_load"
REASON = "The survey is under way, and its answers come in January."


@kept
def lacking_one(world, noon):
    """A world that has everything for gate 1 but one point."""
    make_ready(world, "1", at=noon, but=[POINT])
    return world


def waive(world, at, who="petra", point=POINT, **changes):
    until = None if changes.get("excuse") == "not_applicable" else (at + timedelta(days=60)).date()
    waiver = Waiver(**{"excuse": "waived", "reason": REASON, "until": until} | changes)
    return waive_criterion(
        initiative=world.initiative,
        criterion=point,
        waiver=waiver,
        actor=getattr(world.cast, who),
        at=at,
    )


def row_of(round_, point=POINT) -> dict:
    said = json.loads(bytes(round_.snapshot.body))
    return next(one for one in said["criteria"] if one["key"] == point)


def test_c4_a_waiver_stands_in_the_signed_text_and_becomes_a_hard_commitment(
    lacking_one, noon
) -> None:
    world = lacking_one
    with pytest.raises(RoundRefusedError) as before:
        make_round(world, at=noon)
    proof = waive(world, noon)

    round_ = submit_round(
        round_id=world.initiative.rounds.get().pk, actor=world.cast.petra, at=noon
    )
    for person in (world.cast.ivo, world.cast.hana):
        sign(person, round_.pk, at=noon)

    assert before.value.codes == (f"criterion.{POINT}",)
    row = row_of(round_)
    assert (row["state"], row["excuse"]) == ("unknown", "waived")
    assert row["stated"]["note"] == proof.sealed_id
    [owed] = Commitment.objects.all()
    assert (owed.owner, owed.due_on, owed.kind) == (world.cast.petra, proof.valid_until, "hard")
    assert open_hard_commitments(world.initiative) == 1
    assert [*verify()] == []


def test_c4_what_does_not_apply_is_signed_with_its_reason_and_owes_nothing(
    lacking_one, noon
) -> None:
    waive(lacking_one, noon, excuse="not_applicable")

    round_ = make_round(lacking_one, at=noon)
    for person in (lacking_one.cast.ivo, lacking_one.cast.hana):
        sign(person, round_.pk, at=noon)

    assert row_of(round_)["excuse"] == "not_applicable"
    assert not Commitment.objects.exists()


def test_bytes_gain_a_key_only_where_something_is_waived(review) -> None:
    _, round_ = review

    assert all(
        set(one) == {"key", "side", "state", "stated"}
        for one in json.loads(bytes(round_.snapshot.body))["criteria"]
    )


def test_a_waiver_that_has_run_out_keeps_the_gate_closed(lacking_one, noon) -> None:
    waive(lacking_one, noon)

    with pytest.raises(RoundRefusedError) as refused:
        make_round(lacking_one, at=noon + timedelta(days=61))

    assert refused.value.codes == (f"waiver.{POINT}",)


def test_a_word_that_it_holds_ends_the_waiver(lacking_one, noon) -> None:
    waive(lacking_one, noon)
    attest(
        initiative=lacking_one.initiative,
        criterion=POINT,
        is_met=True,
        note="The answers are in.",
        actor=lacking_one.cast.petra,
        at=noon,
    )

    assert row_of(make_round(lacking_one, at=noon)).get("excuse") is None


def test_waiving_what_one_side_signed_already_asks_first(review, noon) -> None:
    world, round_ = review
    sign(world.cast.ivo, round_.pk, at=noon)

    with pytest.raises(VoidsSignaturesError):
        waive(world, noon)


@pytest.mark.parametrize("who", ["ada", "cleo", "max", "kim", "audrey"])
def test_no_administrator_and_nobody_else_waives(lacking_one, noon, who) -> None:
    with pytest.raises(WaiverRefusedError) as refused:
        waive(lacking_one, noon, who=who)

    assert "not_yours" in refused.value.codes


def test_a_waiver_ends_after_today_where_the_organisation_is(lacking_one, noon) -> None:
    tomorrow = (noon + timedelta(days=1)).date()

    with pytest.raises(WaiverRefusedError) as refused:
        waive(lacking_one, noon.replace(hour=23, minute=30), until=tomorrow)

    assert refused.value.codes == ("until",)


def test_a_hard_stop_is_refused_and_what_is_no_point_is_not_there(lacking_one, noon) -> None:
    hard = next(one.key for one in current().criteria_of("1") if one.kind == "hard")
    with pytest.raises(WaiverRefusedError) as refused:
        waive(lacking_one, noon, point=hard)
    with pytest.raises(NotVisibleError):
        waive(lacking_one, noon, point="nothing")

    assert refused.value.codes == ("kind",)
