"""The other side contests a decline: within its days, unless a newer round stands."""

from datetime import timedelta

import pytest

from governance.choices import RoundState, Way
from governance.operations.refusals import (
    RefusalRefusedError,
    contest_decline,
)
from governance.operations.rounds import open_round, withdraw_round
from governance.queries.rounds import open_round_of
from journal.models import Installation
from journal.verification import verify
from playbook.editions import current
from tests.gates import fill, make_ready, make_round, sign
from tests.governance.operations.test_refusals import REASON, decline
from tests.governance.operations.test_stops import pause
from tests.governance.operations.test_ways import leave


def test_contesting_a_decline_for_good_lets_the_work_go_on(review, noon) -> None:
    world, round_ = review
    made = decline(world.cast.hana, round_, noon, is_final=True, reversed_by="")

    contest_decline(decline_id=made.pk, reason=REASON, actor=world.cast.ivo, at=noon)

    world.initiative.refresh_from_db()
    assert world.initiative.standing == "active"


def test_contesting_lifts_no_pause_and_a_decline_for_good_leaves_no_round_open(
    review, noon
) -> None:
    world, round_ = review
    pause(world, "hana", noon)
    make_ready(world, "resume", at=noon)
    out = make_round(world, "resume", at=noon)
    made = decline(world.cast.hana, out, noon, is_final=True, reversed_by="")
    round_.refresh_from_db()
    assert round_.state == RoundState.WITHDRAWN

    contest_decline(decline_id=made.pk, reason=REASON, actor=world.cast.ivo, at=noon)

    world.initiative.refresh_from_db()
    assert world.initiative.standing == "paused"
    assert [*verify()] == []


def test_what_was_closed_meanwhile_is_not_contested(review, noon) -> None:
    world, round_ = review
    made = decline(world.cast.hana, round_, noon)
    leave(world, Way.ENDED_EARLY, noon)

    with pytest.raises(RefusalRefusedError) as refused:
        contest_decline(decline_id=made.pk, reason=REASON, actor=world.cast.ivo, at=noon)

    assert refused.value.codes == ("moved_on",)


def test_the_other_side_contests_within_five_business_days(review, noon) -> None:
    world, round_ = review
    made = decline(world.cast.hana, round_, noon)

    with pytest.raises(RefusalRefusedError):
        contest_decline(decline_id=made.pk, reason=REASON, actor=world.cast.hana, at=noon)
    with pytest.raises(RefusalRefusedError):
        contest_decline(
            decline_id=made.pk, reason=REASON, actor=world.cast.ivo, at=noon + timedelta(days=8)
        )
    contest_decline(
        decline_id=made.pk, reason=REASON, actor=world.cast.ivo, at=noon + timedelta(days=4)
    )

    round_.refresh_from_db()
    assert round_.state == RoundState.ESCALATED


def test_business_days_are_those_that_the_organisation_works_on(review, noon) -> None:
    world, round_ = review
    Installation.objects.update(working_days="4")  # Thursdays alone: five of them
    made = decline(world.cast.hana, round_, noon)

    contest_decline(
        decline_id=made.pk, reason=REASON, actor=world.cast.ivo, at=noon + timedelta(weeks=5)
    )

    round_.refresh_from_db()
    assert round_.state == RoundState.ESCALATED


def test_a_decline_is_not_contested_while_the_next_round_is_open(review, noon) -> None:
    world, round_ = review
    made = decline(world.cast.hana, round_, noon)
    second = open_round(initiative=world.initiative, gate="1", actor=world.cast.petra, at=noon)

    with pytest.raises(RefusalRefusedError) as refused:
        contest_decline(decline_id=made.pk, reason=REASON, actor=world.cast.ivo, at=noon)
    assert refused.value.codes == ("newer",)

    withdraw_round(round_id=second.pk, actor=world.cast.hana, at=noon)
    contest_decline(decline_id=made.pk, reason=REASON, actor=world.cast.ivo, at=noon)
    round_.refresh_from_db()
    assert round_.state == RoundState.ESCALATED

    fill(world, current().slot("tech_landscape"), at=noon, salt="changed")
    assert open_round_of(world.initiative).n == 3
    assert [*verify()] == []


def test_a_decline_is_not_contested_once_a_newer_round_has_passed(review, noon) -> None:
    world, round_ = review
    made = decline(world.cast.hana, round_, noon)
    second = make_round(world, at=noon)
    for person in (world.cast.ivo, world.cast.hana):
        sign(person, second.pk, at=noon)

    with pytest.raises(RefusalRefusedError) as refused:
        contest_decline(decline_id=made.pk, reason=REASON, actor=world.cast.ivo, at=noon)

    assert refused.value.codes == ("newer",)
