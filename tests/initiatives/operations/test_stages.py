"""Moving on, pausing, ending: what a gate's act asks of the initiative."""

from datetime import date

import pytest
from django.db import IntegrityError

from initiatives.choices import Standing
from initiatives.models import StageAdvance
from initiatives.operations.stages import (
    StageRefusedError,
    advance_stage,
    change_standing,
    return_stage,
)
from initiatives.queries.facts import facts_of, passed_gates
from journal.acts import act, record
from journal.kinds import Kind
from journal.models import Entry


def test_a_gate_moves_the_stage_once(helper, cast, noon):
    advance_stage(initiative=helper, gate=1, actor=cast.hana, at=noon)

    helper.refresh_from_db()
    assert (helper.stage, helper.stage_since) == (2, noon)
    assert passed_gates(helper) == {1: noon}
    assert 1 in passed_gates(helper)
    assert 2 not in passed_gates(helper)
    with pytest.raises(StageRefusedError) as refused:
        advance_stage(initiative=helper, gate=1, actor=cast.hana, at=noon)
    assert refused.value.codes == ("wrong_stage",)


def test_a_stage_not_reached_is_not_gone_back_to(helper, cast, noon, reach):
    reach(2)

    for stage in (0, 2, 3):
        with pytest.raises(StageRefusedError) as refused:
            return_stage(initiative=helper, to_stage=stage, actor=cast.hana, at=noon)
        assert refused.value.codes == ("wrong_stage",)


def test_the_launch_both_signed_is_a_fact_that_voids_nothing(helper, cast, noon, reach):
    reach(3)

    advance_stage(initiative=helper, gate=3, actor=cast.hana, at=noon, launch_on=date(2027, 2, 1))

    fact = facts_of(helper)[0]
    assert (fact.kind, fact.happened_on, fact.breach) == ("launch_set", date(2027, 2, 1), None)
    entry = Entry.objects.get(kind=Kind.FACT_RECORDED)
    assert b'"signed":false' in bytes(entry.body)


def test_gate_four_has_no_stage_behind_it(helper, cast, noon, reach):
    reach(4)

    with pytest.raises(StageRefusedError):
        advance_stage(initiative=helper, gate=4, actor=cast.hana, at=noon)


def test_nothing_moves_while_paused(helper, cast, noon):
    change_standing(initiative=helper, standing=Standing.PAUSED, actor=cast.hana, at=noon)

    with pytest.raises(StageRefusedError) as refused:
        advance_stage(initiative=helper, gate=1, actor=cast.hana, at=noon)

    assert refused.value.codes == ("not_active",)
    assert helper.is_paused


def test_the_database_itself_moves_a_stage_once(helper, cast, noon):
    advance_stage(initiative=helper, gate=1, actor=cast.hana, at=noon)

    with pytest.raises(IntegrityError, match="one_advance_through_a_gate"):
        _advance_again(helper, cast.hana, noon)


@act
def _advance_again(initiative, actor, at):
    row = StageAdvance.objects.create(
        initiative=initiative, gate=1, from_stage=1, to_stage=2, at=at
    )
    record(Kind.STAGE_ADVANCED, actor=actor, subject=row, thread=initiative, at=at)


def test_a_pause_ends_and_an_end_does_not(helper, cast, noon):
    for standing in (Standing.PAUSED, Standing.ACTIVE, Standing.CLOSED):
        change_standing(initiative=helper, standing=standing, actor=cast.hana, at=noon)

    with pytest.raises(StageRefusedError) as refused:
        change_standing(initiative=helper, standing=Standing.ACTIVE, actor=cast.hana, at=noon)

    assert refused.value.codes == ("over",)
    assert helper.is_over
    kinds = Entry.objects.order_by("-seq").values_list("kind", flat=True)[:2]
    assert [*kinds] == [Kind.INITIATIVE_CLOSED, Kind.INITIATIVE_CHANGED]


def test_standing_so_already_is_said(helper, cast, noon):
    with pytest.raises(StageRefusedError) as refused:
        change_standing(initiative=helper, standing=Standing.ACTIVE, actor=cast.hana, at=noon)

    assert refused.value.codes == ("same",)


def test_what_was_declined_goes_on_only_as_contested(helper, cast, noon):
    change_standing(initiative=helper, standing=Standing.DECLINED, actor=cast.hana, at=noon)

    with pytest.raises(StageRefusedError):
        change_standing(initiative=helper, standing=Standing.CLOSED, actor=cast.hana, at=noon)
    change_standing(initiative=helper, standing=Standing.ACTIVE, actor=cast.ivo, at=noon)

    assert not helper.is_over
