"""The sponsor ends a stalemate: sends back, holds or ends alone; lets it pass only as guarded."""

import json
from datetime import timedelta
from functools import partial

import pytest

from governance.models import (
    Commitment,
    Dissent,
    Passage,
    Pause,
    Resolution,
    Round,
    Signature,
)
from governance.operations.ceremony import IntentRefusedError, WishRefusedError
from governance.operations.commitments import close_commitment
from governance.operations.escalations import DissentRefusedError, state_dissent, watch_review
from governance.operations.refusals import (
    RefusalRefusedError,
    contest_decline,
    decline_gate,
    take_back_decline,
)
from governance.operations.resolutions import begin_resolving, resolve_round
from governance.operations.signatures import SigningRefusedError, sign_gate, withdraw_signature
from governance.operations.stops import pause_initiative
from governance.queries.certificates import certificate_of
from governance.queries.integrity import check_gates
from governance.queries.mails import mails_about
from governance.queries.receipts import receipt_of
from governance.queries.stalemates import stalemate_of
from journal.acts import act, record, seal
from journal.kinds import Kind
from journal.models import Entry
from journal.verification import verify
from kernel.refusals import ForbiddenError
from receipts.verify_receipt import check
from tests.gates import SESSION, make_ready, make_review, make_round, presence_of, sign
from tests.governance.stalemates import (
    DISSENT,
    MOMENT,
    REASON,
    decline,
    fall_silent,
    resolve,
    sponsor_presence,
)
from tests.kept import kept

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@kept
def review(noon):
    return make_review(noon)


@kept
def silent(review, noon):
    """Technology signed, People keep silent, the sponsor is asked: since the returned moment."""
    world, round_ = review
    return world, round_, fall_silent(world, round_, at=noon)


def standing(world):
    world.initiative.refresh_from_db()
    return world.initiative.standing


def test_sent_back_the_next_round_is_a_draft_and_no_signature_counts(silent):
    world, round_, late = silent

    resolution = resolve(world.cast.cleo, round_.pk, "recycle", at=late)

    round_.refresh_from_db()
    assert (round_.state, round_.reason, resolution.way) == ("returned", "recycled", "recycle")
    assert Round.objects.get(n=2).state == "draft"
    assert not Signature.objects.filter(live_on__isnull=False).exists()
    assert resolution.signature.capacity == "sponsor"
    assert Entry.objects.filter(kind=Kind.STALEMATE_RESOLVED).count() == 1
    assert not [*check_gates()]


def test_held_it_is_sent_back_and_paused_with_the_sponsor_s_reason(silent):
    world, round_, late = silent

    resolve(world.cast.cleo, round_.pk, "hold", at=late)

    assert standing(world) == "paused"
    assert Pause.objects.get().sealed.text == REASON
    assert Round.objects.get(n=2).state == "draft"
    assert not [*check_gates()]


def test_during_a_drill_it_is_held_in_earnest(silent):
    world, round_, late = silent
    drill = pause_initiative(
        initiative=world.initiative,
        reason=REASON,
        actor=world.cast.ivo,
        at=late,
        is_exercise=True,
    )

    resolve(world.cast.cleo, round_.pk, "hold", at=late)

    assert standing(world) == "paused"
    assert Pause.objects.lasting().get().replaces == drill
    assert not [*check_gates()]


def test_ended_the_initiative_is_closed_and_nothing_brings_the_round_back(review, noon):
    world, round_ = review
    sign(world.cast.ivo, round_.pk, at=noon)
    row = decline(world.cast.hana, round_, at=noon)

    resolve(world.cast.cleo, round_.pk, "kill", at=noon + HOUR)

    round_.refresh_from_db()
    assert (round_.state, standing(world)) == ("declined", "closed")
    with pytest.raises(RefusalRefusedError) as refused:
        contest_decline(decline_id=row.pk, reason=REASON, actor=world.cast.ivo, at=noon + 2 * HOUR)
    assert "resolved" in refused.value.codes
    assert not [*check_gates()]


def test_let_through_it_passes_on_one_signature_with_the_dissent_for_ever(silent):
    world, round_, late = silent
    dissent = state_dissent(round_id=round_.pk, text=DISSENT, actor=world.cast.hana, at=late + HOUR)

    resolve(world.cast.cleo, round_.pk, "go", at=late + 5 * DAY)

    passage = Passage.objects.get()
    said = json.loads(bytes(passage.body))
    assert (passage.resolution, said["resolution"]) == ("sponsor", "sponsor")
    assert set(said["statements"]) == {"technology", "sponsor"}
    assert said["dissents"] == {"people": dissent.sealed_id}
    assert "earlier_dissents" not in said
    world.initiative.refresh_from_db()
    assert world.initiative.stage == 2
    assert not [*check_gates()]


@pytest.fixture
def stated_twice(review, noon):
    """People decline, state it, take it back, decline again and state more."""
    world, round_ = review
    cast = world.cast
    state = partial(state_dissent, round_id=round_.pk, actor=cast.hana)
    sign(cast.ivo, round_.pk, at=noon)
    row = decline(cast.hana, round_, at=noon)
    first = state(text=DISSENT, at=noon + HOUR)
    with pytest.raises(DissentRefusedError) as twice:
        state(text=REASON, at=noon + HOUR)
    take_back_decline(decline_id=row.pk, reason="We talk.", actor=cast.hana, at=noon + 2 * HOUR)
    decline(cast.hana, round_, at=noon + 3 * HOUR)
    second = state(text=REASON, at=noon + 4 * HOUR)
    with pytest.raises(DissentRefusedError) as thrice:
        state(text=REASON, at=noon + 5 * HOUR)
    assert twice.value.codes == thrice.value.codes == ("stated",)
    round_.refresh_from_db()
    return cast, round_, first, second


def test_asked_anew_a_side_says_more_and_all_of_it_stays_on_the_decision(stated_twice, noon):
    cast, round_, first, second = stated_twice

    shown = stalemate_of(round_, cast.hana, noon + 5 * HOUR, is_sponsor=False)
    resolve(cast.cleo, round_.pk, "go", at=noon + 6 * DAY)

    passage = Passage.objects.get()
    said = json.loads(bytes(passage.body))
    told = [line for line in check(receipt_of(passage)).says if line.startswith("Dissent")]
    assert (shown.people.text, [one.text for one in shown.earlier]) == (REASON, [DISSENT])
    assert (shown.silent, shown.has_stated("people")) == ("technology", True)
    assert said["dissents"] == {"people": second.sealed_id}
    assert said["earlier_dissents"] == {"people": [first.sealed_id]}
    assert told == [f"Dissent of People: {DISSENT}", f"Dissent of People: {REASON}"]
    assert certificate_of(passage).dissents == (("people", DISSENT), ("people", REASON))
    assert [*verify()] == []


def test_what_was_stated_before_rows_named_what_it_is_about_still_counts_and_verifies(silent):
    world, round_, late = silent
    stated_of_old(round_, world.cast.hana, at=late)
    with pytest.raises(DissentRefusedError) as again:
        state_dissent(round_id=round_.pk, text=REASON, actor=world.cast.hana, at=late + HOUR)

    resolve(world.cast.cleo, round_.pk, "go", at=late + 5 * DAY)

    assert again.value.codes == ("stated",)
    assert f"Dissent of People: {DISSENT}" in check(receipt_of(Passage.objects.get())).says
    assert [*verify()] == []


@act
def stated_of_old(round_, hana, *, at):
    row = Dissent.objects.create(
        round=round_, side="people", by=hana, sealed=seal(DISSENT, person=hana), stated_at=at
    )
    record(Kind.DISSENT_STATED, actor=hana, subject=row, thread=round_.initiative, at=at)


def test_a_joint_retrospective_is_owed_within_30_days_and_closed_by_who_did_not_agree(silent):
    world, round_, late = silent
    resolve(world.cast.cleo, round_.pk, "go", at=late + 5 * DAY)

    owed = Commitment.objects.get()

    assert (owed.condition, owed.asked_by, owed.on_breach) == (
        "retrospective",
        "people",
        "escalate",
    )
    assert owed.due_on == (late + 35 * DAY).date()
    closed = close_commitment(
        commitment_id=owed.pk, note="Held on Friday.", actor=world.cast.hana, at=late + 6 * DAY
    )
    assert closed.by == world.cast.hana


def test_who_decides_tells_both_sides(silent):
    world, round_, late = silent
    resolve(world.cast.cleo, round_.pk, "recycle", at=late)

    entry = Entry.objects.get(kind=Kind.STALEMATE_RESOLVED)

    assert sorted(one.to.split("@")[0] for one in mails_about(entry)) == ["hana", "ivo"]


def test_before_the_answer_and_a_day_to_cool_nothing_passes(silent):
    world, round_, late = silent

    with pytest.raises(WishRefusedError) as refused:
        sponsor_presence(world.cast.cleo, round_.pk, "go", at=late + HOUR)

    assert {"reply", "cooling"} == set(refused.value.codes)


def test_contested_the_other_side_signs_so_that_the_sponsor_may_let_it_pass(review, noon):
    world, round_ = review
    row = decline(world.cast.hana, round_, at=noon)
    contest_decline(decline_id=row.pk, reason=REASON, actor=world.cast.ivo, at=noon + HOUR)
    with pytest.raises(WishRefusedError) as refused:
        sponsor_presence(world.cast.cleo, round_.pk, "go", at=noon + 10 * DAY)
    assert refused.value.codes == ("one_side",)

    sign(world.cast.ivo, round_.pk, at=noon + 10 * DAY)
    assert not Passage.objects.exists()
    resolve(world.cast.cleo, round_.pk, "go", at=noon + 10 * DAY + HOUR)

    assert Passage.objects.get().resolution == "sponsor"


def test_only_the_sponsor_begins_and_only_with_a_reason(silent):
    world, round_, late = silent
    for person in (world.cast.ivo, world.cast.hana, world.cast.ada, world.cast.petra):
        with pytest.raises(ForbiddenError):
            sponsor_presence(person, round_.pk, "kill", at=late)
    with pytest.raises(WishRefusedError) as refused:
        sponsor_presence(world.cast.cleo, round_.pk, "kill", at=late, reason="No.")
    assert [one.field for one in refused.value.blockers] == ["reason"]


def test_what_was_read_must_be_what_stands(silent):
    world, round_, late = silent

    with pytest.raises(IntentRefusedError):
        begin_resolving(
            round_id=round_.pk,
            way="kill",
            reason=REASON,
            seen={"snapshot": "another", "terms": "another"},
            session_ref=SESSION,
            actor=world.cast.cleo,
            at=late,
        )


def test_twice_sent_it_decides_once(silent):
    world, round_, late = silent
    presence = sponsor_presence(world.cast.cleo, round_.pk, "recycle", at=late)

    first = resolve_round(presence=presence, actor=world.cast.cleo, at=late + MOMENT)
    again = resolve_round(presence=presence, actor=world.cast.cleo, at=late + 2 * MOMENT)

    assert first == again == Resolution.objects.get()


def test_a_presence_for_a_side_decides_nothing_and_the_sponsor_s_signs_for_no_side(silent):
    world, round_, late = silent
    of_side = presence_of(world.cast.hana, round_.pk, at=late)
    of_sponsor = sponsor_presence(world.cast.cleo, round_.pk, "kill", at=late)

    for operation, presence, actor in (
        (resolve_round, of_side, world.cast.hana),
        (sign_gate, of_sponsor, world.cast.cleo),
        (decline_gate, of_sponsor, world.cast.cleo),
    ):
        with pytest.raises(SigningRefusedError) as refused:
            operation(presence=presence, actor=actor, at=late + MOMENT)
        assert refused.value.codes == ("presence",)
    with pytest.raises(SigningRefusedError):
        resolve_round(presence=of_sponsor, actor=world.cast.ivo, at=late + MOMENT)

    assert not Resolution.objects.exists()


@pytest.mark.parametrize("meanwhile", ["withdrawn", "paused"])
def test_what_happens_between_confirming_and_deciding_counts(silent, meanwhile):
    world, round_, late = silent
    at = late + 5 * DAY
    presence = sponsor_presence(world.cast.cleo, round_.pk, "go", at=at)
    if meanwhile == "withdrawn":
        own = Signature.objects.get(side="technology")
        withdraw_signature(signature_id=own.pk, reason="Wait.", actor=world.cast.ivo, at=at)
    else:
        pause_initiative(
            initiative=world.initiative, reason="Complaints came in.", actor=world.cast.hana, at=at
        )

    with pytest.raises(SigningRefusedError):
        resolve_round(presence=presence, actor=world.cast.cleo, at=at + MOMENT)

    assert not Passage.objects.exists()


def test_a_decline_taken_back_leaves_the_sponsor_nothing_to_decide(review, noon):
    world, round_ = review
    sign(world.cast.ivo, round_.pk, at=noon)
    row = decline(world.cast.hana, round_, at=noon)
    presence = sponsor_presence(world.cast.cleo, round_.pk, "kill", at=noon + HOUR)
    take_back_decline(decline_id=row.pk, reason="Agreed.", actor=world.cast.hana, at=noon + HOUR)

    with pytest.raises(SigningRefusedError) as refused:
        resolve_round(presence=presence, actor=world.cast.cleo, at=noon + HOUR + MOMENT)

    assert "state" in refused.value.codes


def test_a_decline_taken_back_is_not_taken_back_again_when_the_sponsor_is_asked_later(review, noon):
    world, round_ = review
    sign(world.cast.ivo, round_.pk, at=noon)
    row = decline(world.cast.hana, round_, at=noon)
    said = {"decline_id": row.pk, "reason": "We talked.", "actor": world.cast.hana}
    take_back_decline(**said, at=noon + HOUR)
    watch_review(round_id=round_.pk, at=noon + 12 * DAY)

    with pytest.raises(RefusalRefusedError) as refused:
        take_back_decline(**said, at=noon + 12 * DAY)

    assert refused.value.codes == ("state",)


def test_ended_by_the_sponsor_no_other_round_stays_open_and_nothing_is_owed(review, noon):
    world, round_ = review
    pause_initiative(initiative=world.initiative, reason=REASON, actor=world.cast.ivo, at=noon)
    make_ready(world, "resume", at=noon)
    out = make_round(world, "resume", at=noon)
    sign(world.cast.ivo, out.pk, at=noon)
    decline(world.cast.hana, out, at=noon)

    with pytest.raises(WishRefusedError) as refused:
        sponsor_presence(world.cast.cleo, out.pk, "go", at=noon + 4 * DAY)
    resolve(world.cast.cleo, out.pk, "kill", at=noon + 4 * DAY)

    round_.refresh_from_db()
    assert "paused" in refused.value.codes
    assert (round_.state, standing(world)) == ("withdrawn", "closed")
    assert not [*check_gates()]
