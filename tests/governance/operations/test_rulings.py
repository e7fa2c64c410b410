"""The sponsor ends a pause that both sides left open for five working days."""

from dataclasses import replace
from datetime import timedelta

import pytest

from governance.choices import RoundState, Way
from governance.models import Pause, Rollback, Ruling
from governance.operations.rounds import open_round
from governance.operations.rulings import RulingRefusedError, rule_on_pause
from governance.operations.stops import pause_initiative
from governance.queries.lanes import rests_of
from governance.queries.stops import both_until, stops_of
from initiatives.choices import Standing
from journal.verification import verify
from people.operations.passkey_proofs import check_passkey
from people.operations.proofs import WeakProofError
from tests.authenticator import give_passkey
from tests.governance.operations.test_stops import pause
from tests.governance.operations.test_ways import far
from tests.make import proof_of

__all__ = ["far"]
REASON = "Nobody has found the cause, and the teams are needed elsewhere."
# Thursday noon: five working days are over with the next Thursday.
LATE = timedelta(days=8)


def rule(world, way, at, who="cleo", wrong=None) -> Ruling:
    person = getattr(world.cast, who)
    proof = replace(proof_of(person, at), **(wrong or {}))
    return rule_on_pause(
        initiative=world.initiative, way=way, reason=REASON, proof=proof, actor=person, at=at
    )


def test_k2_after_five_working_days_the_sponsor_sends_it_back_alone(far, noon) -> None:
    pause(far, "ivo", noon)
    far.initiative.refresh_from_db()
    out = open_round(initiative=far.initiative, gate="resume", actor=far.cast.ivo, at=noon)

    ruling = rule(far, Way.BACK_1, noon + LATE)

    far.initiative.refresh_from_db()
    out.refresh_from_db()
    assert (far.initiative.stage, far.initiative.standing) == (1, Standing.ACTIVE)
    assert Rollback.objects.get().ruling == ruling
    assert (ruling.sealed.text, ruling.step_up["method"]) == (REASON, "password")
    assert out.state == RoundState.WITHDRAWN
    assert not Pause.objects.lasting().exists()
    assert stops_of(far.initiative).now is None
    assert rests_of(far.initiative.pk) == [(noon, noon + LATE)]
    assert [*verify()] == []


def test_k2_the_sponsor_may_close_it(far, noon) -> None:
    pause(far, "hana", noon)

    rule(far, Way.ENDED_EARLY, noon + LATE)

    far.initiative.refresh_from_db()
    assert far.initiative.standing == Standing.ENDED_EARLY
    assert [*verify()] == []


def test_k2_not_before_the_fifth_working_day_is_over(far, noon) -> None:
    pause(far, "hana", noon)
    last = both_until(noon)

    with pytest.raises(RulingRefusedError) as early:
        rule(far, Way.COMPLETED, last - timedelta(seconds=1))
    rule(far, Way.COMPLETED, last)

    assert early.value.codes == ("early",)
    assert last.date() == (noon + timedelta(days=7)).date()


@pytest.mark.parametrize("who", ["hana", "ivo", "ada", "petra"])
def test_nobody_but_the_sponsor_rules(far, noon, who) -> None:
    pause(far, "hana", noon)

    with pytest.raises(RulingRefusedError) as refused:
        rule(far, Way.COMPLETED, noon + LATE, who=who)

    assert refused.value.codes == ("not_yours",)


def test_a_proof_of_somebody_else_or_of_an_hour_ago_is_none(far, noon) -> None:
    pause(far, "hana", noon)

    for wrong in ({"user_id": far.cast.hana.pk}, {"at": noon + LATE - timedelta(hours=1)}):
        with pytest.raises(WeakProofError) as refused:
            rule(far, Way.COMPLETED, noon + LATE, wrong=wrong)
        assert refused.value.codes == ("presence",)


def test_what_is_not_paused_is_not_the_sponsors_and_a_drill_is_after_five_days(far, noon) -> None:
    with pytest.raises(RulingRefusedError) as active:
        rule(far, Way.COMPLETED, noon + LATE)
    pause_initiative(
        initiative=far.initiative,
        reason="Could we stop it today?",
        actor=far.cast.ivo,
        at=noon,
        is_exercise=True,
    )
    with pytest.raises(RulingRefusedError) as drill:
        rule(far, Way.BACK_1, both_until(noon) - timedelta(seconds=1))
    rule(far, Way.BACK_1, noon + LATE)

    assert (active.value.codes, drill.value.codes) == (("not_paused",), ("early",))
    assert not Pause.objects.lasting().exists()


def test_a_password_is_no_way_round_the_sponsors_passkey(far, noon) -> None:
    pause(far, "hana", noon)
    key, late = give_passkey(far.cast.cleo, noon), noon + LATE
    with pytest.raises(WeakProofError) as refused:
        rule(far, Way.COMPLETED, late)

    number = bytes(32)
    proof = check_passkey(user=far.cast.cleo, answer=key.sign(number), challenge=number, at=late)
    ruling = rule(far, Way.COMPLETED, late, wrong=vars(proof))

    assert refused.value.codes == ("level",)
    assert (ruling.step_up["level"], ruling.step_up["method"]) == ("L3", "passkey")
