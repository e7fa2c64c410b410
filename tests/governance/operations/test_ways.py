"""Going back to an earlier stage, and closing: by both keys; history stays as it is."""

import json
from datetime import timedelta

import pytest

from governance.choices import RoundState, SigningAct, Way
from governance.models import Commitment, Lapse, Passage, Round, Supersession
from governance.operations.breaches import breach_commitments
from governance.operations.ceremony import WishRefusedError
from governance.operations.commitments import ClosureRefusedError, close_commitment
from governance.operations.rounds import RoundRefusedError, open_round, submit_round
from governance.queries.marks import marks_of
from governance.queries.progress import gate_steps
from governance.queries.rounds import open_hard_commitments
from governance.rules.wishes import Wish
from initiatives.choices import FactKind, Standing
from initiatives.models import StageAdvance
from initiatives.operations.facts import FactRefusedError, record_fact
from journal.verification import verify
from tests.gates import make_ready, make_round, pass_gate, sign
from tests.governance.operations.test_passing import offer
from tests.governance.operations.test_stops import pause
from tests.kept import kept

DAY = timedelta(days=1)
NO_FIX = ("resume_fix", "resume_evidence")


@kept
def far(world, noon):
    """An initiative in stage 3: gates 1 and 2 are passed."""
    for gate in ("1", "2"):
        pass_gate(world, gate, at=noon)
    return world


@kept
def owing(review, noon):
    """One in stage 2 that owes a hard condition of gate 1."""
    world, round_ = review
    sign(world.cast.hana, round_.pk, at=noon, wish=offer(world, noon))
    sign(world.cast.ivo, round_.pk, at=noon)
    world.initiative.refresh_from_db()
    return world


def leave(world, way, at) -> Round:
    """Pause, and let both sign this way out."""
    pause(world, "ivo", at)
    world.initiative.refresh_from_db()
    make_ready(world, "resume", at=at, but=NO_FIX)
    out = make_round(world, "resume", at=at, verdict=way)
    for person in (world.cast.ivo, world.cast.hana):
        sign(person, out.pk, at=at)
    world.initiative.refresh_from_db()
    return out


def test_k3_both_send_it_back_and_its_gates_must_be_passed_again(far, noon) -> None:
    first, second = Passage.objects.order_by("pk")

    leave(far, Way.BACK_2, noon)

    assert (far.initiative.stage, far.initiative.standing) == (2, Standing.ACTIVE)
    assert [one.passage for one in Supersession.objects.all()] == [second]
    assert Passage.objects.filter(pk__in=[first.pk, second.pk]).count() == 2
    steps = gate_steps(far.initiative)
    assert (steps["2"].is_superseded, steps["2"].passed_at) == (True, None)
    assert steps["1"].passed_at is not None
    mark = marks_of([far.initiative.pk])[far.initiative.pk]
    assert (mark.gate, mark.technology, mark.people) == ("2", "stale", "stale")
    assert [*verify()] == []


def test_i10_a_gate_sent_back_is_passed_in_a_new_round_that_names_the_one_before(far, noon) -> None:
    first = Passage.objects.order_by("pk")[0]
    leave(far, Way.BACK_2, noon)
    with pytest.raises(RoundRefusedError) as early:
        open_round(initiative=far.initiative, gate="3", actor=far.cast.petra, at=noon)

    again = pass_gate(far, "2", at=noon + DAY)

    assert {"stage", "previous"} <= {*early.value.codes}
    assert (again.n, again.state, far.initiative.stage) == (2, RoundState.PASSED, 3)
    assert json.loads(bytes(again.passage.body))["previous"] == first.digest
    assert StageAdvance.objects.filter(gate=2).count() == 2
    assert [one.gate for one in StageAdvance.objects.standing().order_by("gate")] == [1, 2]
    assert [*verify()] == []


def test_what_a_gate_allowed_is_allowed_no_longer_once_it_went_back(far, noon) -> None:
    leave(far, Way.BACK_2, noon)

    with pytest.raises(FactRefusedError) as refused:
        record_fact(
            actor=far.cast.tariq,
            initiative=far.initiative,
            kind=FactKind.BUDGET_RELEASE,
            happened_on=noon.date(),
            at=noon + DAY,
        )

    assert refused.value.codes == ("gate_not_passed",)


def test_what_was_bought_after_its_gate_keeps_no_gate_closed_when_it_went_back(far, noon) -> None:
    record_fact(
        actor=far.cast.tariq,
        initiative=far.initiative,
        kind=FactKind.VENDOR_COMMITMENT,
        happened_on=noon.date(),
        text="Acme, three years",
        at=noon,
    )
    far.initiative.refresh_from_db()

    leave(far, Way.BACK_1, noon)

    assert make_round(far, "1", at=noon + DAY).state == RoundState.IN_REVIEW


def test_going_back_twice_leaves_one_line_of_passed_gates(far, noon) -> None:
    leave(far, Way.BACK_2, noon)
    pass_gate(far, "2", at=noon + DAY)
    leave(far, Way.BACK_1, noon + 2 * DAY)

    assert far.initiative.stage == 1
    assert not StageAdvance.objects.standing().exists()
    assert Supersession.objects.count() == 3
    make_round(far, "1", at=noon + 3 * DAY)
    assert [*verify()] == []


def test_a_condition_of_a_gate_that_must_be_passed_again_is_owed_no_longer(owing, noon) -> None:
    owed = Commitment.objects.get()
    assert open_hard_commitments(owing.initiative) == 1

    leave(owing, Way.BACK_1, noon)

    assert Lapse.objects.get().commitment == owed
    assert open_hard_commitments(owing.initiative) == 0
    assert breach_commitments(at=noon + 400 * DAY) == 0
    with pytest.raises(ClosureRefusedError) as refused:
        close_commitment(
            commitment_id=owed.pk, note="All of them were there.", actor=owing.cast.hana, at=noon
        )
    assert refused.value.codes == ("closed",)


@pytest.mark.parametrize(
    ("way", "standing"),
    [(Way.COMPLETED, Standing.COMPLETED), (Way.ENDED_EARLY, Standing.ENDED_EARLY)],
)
def test_both_close_it_open_rounds_end_and_nothing_earlier_is_owed(
    owing, noon, way, standing
) -> None:
    draft = open_round(initiative=owing.initiative, gate="2", actor=owing.cast.petra, at=noon)

    leave(owing, way, noon)

    draft.refresh_from_db()
    assert (owing.initiative.standing, draft.state) == (standing, RoundState.WITHDRAWN)
    assert Lapse.objects.count() == 1
    with pytest.raises(RoundRefusedError) as refused:
        open_round(initiative=owing.initiative, gate="2", actor=owing.cast.petra, at=noon)
    assert "closed" in refused.value.codes
    assert [*verify()] == []


def test_one_key_neither_sends_back_nor_closes(far, noon) -> None:
    pause(far, "hana", noon)
    far.initiative.refresh_from_db()
    make_ready(far, "resume", at=noon, but=NO_FIX)
    out = make_round(far, "resume", at=noon, verdict=Way.ENDED_EARLY)

    sign(far.cast.hana, out.pk, at=noon)

    far.initiative.refresh_from_db()
    assert far.initiative.standing == Standing.PAUSED


def test_going_on_still_needs_the_fix_and_an_open_hard_condition_to_be_met(owing, noon) -> None:
    pause(owing, "hana", noon)
    owing.initiative.refresh_from_db()
    make_ready(owing, "resume", at=noon, but=NO_FIX)

    with pytest.raises(RoundRefusedError) as refused:
        make_round(owing, "resume", at=noon)

    assert {*refused.value.codes} == {"hard_commitments", "criterion.resume_fixed"}


def test_nobody_proposes_a_stage_that_it_has_not_left(far, noon) -> None:
    pause(far, "hana", noon)
    far.initiative.refresh_from_db()
    make_ready(far, "resume", at=noon)
    draft = open_round(initiative=far.initiative, gate="resume", actor=far.cast.ivo, at=noon)
    with pytest.raises(RoundRefusedError) as refused:
        submit_round(round_id=draft.pk, actor=far.cast.ivo, at=noon, verdict=Way.BACK_3)
    submit_round(round_id=draft.pk, actor=far.cast.ivo, at=noon, verdict=Way.GO_ON)

    with pytest.raises(WishRefusedError) as offered:
        sign(
            far.cast.ivo,
            draft.pk,
            at=noon,
            wish=Wish(act=SigningAct.APPROVE_WITH_TERMS, verdict=Way.BACK_3),
        )

    assert "verdict" in refused.value.codes
    assert "way" in offered.value.codes
