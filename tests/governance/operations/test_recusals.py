"""Hana should not judge this: she steps back, and the sponsor names who signs in her place."""

from datetime import date, timedelta

import pytest

from governance.choices import ReturnReason, RoundState, VoidCause
from governance.models import Delegation, GateSide, Recusal
from governance.operations.ceremony import StandInRefusedError, WishRefusedError
from governance.operations.delegations import answer_delegation, revoke_delegation
from governance.operations.lending import DelegationRefusedError
from governance.operations.recusals import RecusalRefusedError, name_substitute, recuse
from governance.operations.refusals import RefusalRefusedError, decline_gate
from governance.operations.rounds import submit_round
from governance.operations.signatures import SigningRefusedError, sign_gate, withdraw_signature
from governance.operations.stops import pause_initiative
from governance.queries.escalations import reminded
from governance.queries.receipts import receipt_of
from governance.queries.recusals import substitute_of, waiting_recusals
from initiatives.choices import MemberRole
from initiatives.operations.memberships import set_member
from journal.kinds import Kind
from journal.models import Entry
from journal.queries import Happened
from journal.verification import verify
from kernel.refusals import ForbiddenError, NotVisibleError
from people.choices import Side
from people.operations.persons import deactivate_person
from receipts.verify_receipt import check
from tests.changes import end_term
from tests.gates import ask_for_changes, presence_of, sign
from tests.governance.delegating import given
from tests.governance.operations.test_refusals import CHANGES, decline, no
from tests.governance.stalemates import change_days, fall_silent, resolve
from tests.make import proof_of

WHY = "My sister works for the company that sells this."
CHOSEN = "She knows the night shift, and has no part in this."
HOUR = timedelta(hours=1)
LAST, OVER = date(2026, 12, 16), "waits for no signature any more"


def back(round_, who, at, reason=WHY) -> Recusal:
    return recuse(round_id=round_.pk, reason=reason, actor=who, at=at)


def name(row, to, by, at, **changes) -> Delegation:
    wish = {"last": LAST, "reason": CHOSEN, **changes}
    proof = proof_of(by, at)
    return name_substitute(recusal_id=row.pk, to=to, proof=proof, actor=by, at=at, **wish)


def take_on(row, at) -> None:
    answer_delegation(delegation_id=row.pk, accepts=True, actor=row.to, at=at)


def last(kind) -> Happened:
    return Happened(Entry.objects.filter(kind=kind).latest("seq"))


def live(round_, side="people"):
    return GateSide.objects.get(round=round_, side=side).live_signature


def test_who_steps_back_is_on_record_and_the_words_are_not(review, noon):
    world, round_ = review

    row = back(round_, world.cast.hana, noon)

    entry = last(Kind.RECUSED)
    assert entry.data == {"round": round_.pk, "gate": "1", "side": "people"}
    assert row.sealed.text == WHY
    assert WHY not in bytes(entry.entry.body).decode()
    assert str(row) == f"recusal of people from round {round_.pk}"
    assert [*verify()] == []


def test_what_one_had_signed_is_void_and_the_other_half_stands(review, noon):
    world, round_ = review
    theirs = sign(world.cast.ivo, round_.pk, at=noon)
    own = sign_without_passing(world, round_, noon)

    assert own.void.cause == VoidCause.WITHDRAWN
    assert own.void.sealed.text == WHY
    assert live(round_) is None
    assert live(round_, "technology") is None
    assert theirs.void.cause == VoidCause.WITHDRAWN


def sign_without_passing(world, round_, noon):
    """Ivo takes his signature back, Hana signs, and steps back."""
    [theirs] = round_.signatures.all()
    withdraw_signature(signature_id=theirs.pk, reason="Not yet.", actor=world.cast.ivo, at=noon)
    own = sign(world.cast.hana, round_.pk, at=noon + HOUR)
    back(round_, world.cast.hana, noon + 2 * HOUR)
    own.refresh_from_db()
    theirs.refresh_from_db()
    return own


def test_who_stepped_back_neither_signs_nor_asks_nor_declines(review, noon):
    world, round_ = review
    hana, later = world.cast.hana, noon + timedelta(minutes=1)
    ready = presence_of(hana, round_.pk, at=noon)
    refusing = presence_of(hana, round_.pk, at=noon, wish=no())
    back(round_, hana, noon + timedelta(seconds=40))

    with pytest.raises(SigningRefusedError) as signed:
        sign_gate(presence=ready, actor=hana, at=later)
    with pytest.raises(SigningRefusedError) as declined:
        decline_gate(presence=refusing, actor=hana, at=later)
    with pytest.raises(RefusalRefusedError) as asked:
        ask_for_changes(hana, round_.pk, CHANGES, at=later)
    with pytest.raises(StandInRefusedError) as begun:
        presence_of(hana, round_.pk, at=later)

    told = [one.value.codes for one in (signed, declined, asked, begun)]
    assert told == [("recused",)] * 4


def test_a_round_is_left_once_by_a_holder_in_review_and_with_a_reason(review, noon):
    world, round_ = review
    cast = world.cast
    for who in (cast.petra, cast.cleo, cast.max):
        with pytest.raises(RecusalRefusedError) as refused:
            back(round_, who, noon)
        assert refused.value.codes == ("not_yours",)
    with pytest.raises(RecusalRefusedError) as short:
        back(round_, cast.hana, noon, "No.")
    back(round_, cast.hana, noon)
    with pytest.raises(RecusalRefusedError) as twice:
        back(round_, cast.hana, noon)

    assert (short.value.codes, twice.value.codes) == (("short",), ("recused",))


def test_a_decline_is_taken_back_first(review, noon):
    world, round_ = review
    sign(world.cast.ivo, round_.pk, at=noon)
    decline(world.cast.hana, round_, noon + HOUR)

    with pytest.raises(RecusalRefusedError) as refused:
        back(round_, world.cast.hana, noon + 2 * HOUR)

    assert refused.value.codes == ("declined",)


def test_whom_the_sponsor_names_signs_and_the_gate_passes(review, noon):
    world, round_ = review
    cast = world.cast
    row = back(round_, cast.hana, noon)
    assert [one.code for one in waiting_recusals(noon)] == [world.initiative.code]

    given_ = name(row, cast.erin, cast.cleo, noon + HOUR)
    asked = substitute_of(row.pk, round_, noon + HOUR)
    take_on(given_, noon + HOUR)
    taken = substitute_of(row.pk, round_, noon + HOUR)
    sign(cast.ivo, round_.pk, at=noon + 2 * HOUR)
    signed = sign(cast.erin, round_.pk, at=noon + 3 * HOUR)

    round_.refresh_from_db()
    assert round_.state == RoundState.PASSED
    assert signed.in_place["instead_of"] == str(cast.hana.person_key)
    assert (given_.named_by, given_.by, given_.round_id) == (cast.cleo, cast.hana, round_.pk)
    assert (given_.gates, given_.initiatives) == (["1"], [world.initiative.pk])
    assert (asked.is_accepted, taken.is_accepted, taken.name) == (False, True, "Erin Doyle")
    said = last(Kind.DELEGATION_WRITTEN).data
    assert (said["recusal"], said["instead_of"]) == (row.pk, str(cast.hana.person_key))
    assert waiting_recusals(noon + HOUR) == []
    assert [*verify()] == []
    told = "\n".join(check(receipt_of(round_.passage)).says)
    assert "People: Erin Doyle, Dispatcher, for Hana Okafor" in told


@pytest.mark.parametrize(
    ("to", "by", "code"),
    [
        ("erin", "ivo", "not_yours"),
        ("erin", "hana", "not_yours"),
        ("hana", "cleo", "own"),
        ("ivo", "cleo", "other_key"),
        ("cleo", "cleo", "sponsor"),
        ("petra", "cleo", "own_work"),
    ],
)
def test_the_sponsor_alone_names_and_not_just_anybody(review, noon, to, by, code):
    world, round_ = review
    row = back(round_, world.cast.hana, noon)

    with pytest.raises(DelegationRefusedError) as refused:
        name(row, getattr(world.cast, to), getattr(world.cast, by), noon)

    assert refused.value.codes == (code,)
    assert not Delegation.objects.exists()


def test_nobody_of_the_other_side_is_named(review, noon):
    world, round_ = review
    row = back(round_, world.cast.hana, noon)

    with pytest.raises(DelegationRefusedError) as refused:
        name(row, world.cast.tariq, world.cast.cleo, noon)

    assert "other_side" in refused.value.codes


def test_ninety_days_at_most_and_only_what_there_is(review, noon):
    world, round_ = review
    row = back(round_, world.cast.hana, noon)

    with pytest.raises(DelegationRefusedError) as long:
        name(row, world.cast.erin, world.cast.cleo, noon, last=date(2027, 3, 4))
    with pytest.raises(NotVisibleError):
        name_substitute(
            recusal_id=row.pk + 1,
            to=world.cast.erin,
            last=LAST,
            reason=CHOSEN,
            proof=proof_of(world.cast.cleo, noon),
            actor=world.cast.cleo,
            at=noon,
        )

    assert long.value.codes == ("long",)


def test_once_it_is_decided_or_the_office_changes_hands_nobody_is_named(review, noon):
    world, round_ = review
    cast = world.cast
    row = back(round_, cast.hana, noon)
    ask_for_changes(cast.ivo, round_.pk, CHANGES, at=noon + HOUR)
    with pytest.raises(DelegationRefusedError) as closed:
        name(row, cast.erin, cast.cleo, noon + 2 * HOUR)
    end_term(actor=cast.ada, term=cast.term(cast.hana), at=noon + 3 * HOUR)
    with pytest.raises(DelegationRefusedError) as gone:
        name(row, cast.erin, cast.cleo, noon + 4 * HOUR)

    assert closed.value.codes == ("state",)
    assert "state" in gone.value.codes


def test_whom_the_holder_let_sign_does_not_judge_it_either(review, noon):
    world, round_ = review
    cast = world.cast
    given(cast, noon, by=cast.hana, to=cast.erin)
    ready = presence_of(cast.erin, round_.pk, at=noon + HOUR)
    row = back(round_, cast.hana, noon + HOUR)

    with pytest.raises(SigningRefusedError) as ready_before:
        sign_gate(presence=ready, actor=cast.erin, at=noon + HOUR)
    with pytest.raises(StandInRefusedError) as begun_after:
        presence_of(cast.erin, round_.pk, at=noon + HOUR)
    waits = [one.round_id for one in waiting_recusals(noon + HOUR)]
    take_on(name(row, cast.erin, cast.cleo, noon + HOUR), noon + HOUR)
    signed = sign(cast.erin, round_.pk, at=noon + 2 * HOUR)

    assert ready_before.value.codes == begun_after.value.codes == ("recused",)
    assert waits == [round_.pk]
    assert signed.delegation.recusal == row


def test_what_was_signed_in_the_holders_place_is_void_and_no_decline_is(review, noon):
    world, round_ = review
    given(world.cast, noon, by=world.cast.hana, to=world.cast.erin)
    signed = sign(world.cast.erin, round_.pk, at=noon + HOUR)

    back(round_, world.cast.hana, noon + 2 * HOUR)

    signed.refresh_from_db()
    assert signed.void.cause == VoidCause.WITHDRAWN
    assert live(round_) is None


def test_a_stand_ins_decline_is_taken_back_first(review, noon):
    world, round_ = review
    given(world.cast, noon, by=world.cast.hana, to=world.cast.erin)
    sign(world.cast.ivo, round_.pk, at=noon + HOUR)
    decline(world.cast.erin, round_, noon + HOUR)

    with pytest.raises(RecusalRefusedError) as refused:
        back(round_, world.cast.hana, noon + 2 * HOUR)

    assert refused.value.codes == ("declined",)


def test_one_at_a_time_is_asked_and_the_holder_still_goes_on_leave(review, noon):
    world, round_ = review
    cast = world.cast
    row = back(round_, cast.hana, noon)
    name(row, cast.erin, cast.cleo, noon + HOUR)

    with pytest.raises(DelegationRefusedError) as twice:
        name(row, cast.max, cast.cleo, noon + HOUR)
    away = given(cast, noon + HOUR, by=cast.hana, to=cast.max)

    assert twice.value.codes == ("asked",)
    assert away.answer.is_accepted


def test_a_substitute_who_leaves_is_none_and_the_sponsor_is_asked_again(review, noon):
    world, round_ = review
    cast = world.cast
    row = name(back(round_, cast.hana, noon), cast.erin, cast.cleo, noon)
    take_on(row, noon)
    signed = sign(cast.erin, round_.pk, at=noon + HOUR)

    deactivate_person(actor=cast.ada, user=cast.erin, at=noon + 2 * HOUR)

    signed.refresh_from_db()
    assert signed.void.cause == VoidCause.DELEGATION_ENDED
    assert [one.round_id for one in waiting_recusals(noon + 3 * HOUR)] == [round_.pk]


def test_what_is_decided_is_taken_on_by_nobody_and_revoked_no_more(review, noon):
    world, round_ = review
    cast = world.cast
    asked = name(back(round_, cast.hana, noon), cast.erin, cast.cleo, noon)
    ask_for_changes(cast.ivo, round_.pk, CHANGES, at=noon + HOUR)

    with pytest.raises(DelegationRefusedError, match=OVER):
        take_on(asked, noon + 2 * HOUR)
    with pytest.raises(DelegationRefusedError, match=OVER):
        revoke_delegation(delegation_id=asked.pk, reason="Late.", actor=cast.cleo, at=noon + HOUR)


def test_only_the_sponsor_ends_what_the_sponsor_gave(review, noon):
    world, round_ = review
    cast = world.cast
    row = name(back(round_, cast.hana, noon), cast.erin, cast.cleo, noon + HOUR)
    take_on(row, noon + HOUR)
    signed = sign(cast.erin, round_.pk, at=noon + 2 * HOUR)
    wish = {"delegation_id": row.pk, "reason": "Somebody else.", "at": noon + 3 * HOUR}

    with pytest.raises(DelegationRefusedError, match="Only the sponsor, who named") as refused:
        revoke_delegation(actor=cast.hana, **wish)
    revoke_delegation(actor=cast.cleo, **wish)

    signed.refresh_from_db()
    assert refused.value.codes == ("not_yours",)
    assert signed.void.cause == VoidCause.DELEGATION_ENDED


def test_after_a_no_the_sponsor_chooses_nobody_else(review, noon):
    world, round_ = review
    cast = world.cast
    row = back(round_, cast.hana, noon)
    first = name(row, cast.erin, cast.cleo, noon)
    take_on(first, noon)
    sign(cast.ivo, round_.pk, at=noon + HOUR)
    decline(cast.erin, round_, noon + HOUR)
    wish = {"delegation_id": first.pk, "reason": "Somebody else.", "at": noon + 2 * HOUR}
    revoke_delegation(actor=cast.cleo, **wish)

    with pytest.raises(DelegationRefusedError) as refused:
        name(row, cast.max, cast.cleo, noon + 3 * HOUR)

    assert refused.value.codes == ("declined",)
    assert waiting_recusals(noon + 3 * HOUR) == []


def test_the_next_round_begins_anew(review, noon):
    world, round_ = review
    cast = world.cast
    row = name(back(round_, cast.hana, noon), cast.erin, cast.cleo, noon + HOUR)
    take_on(row, noon + HOUR)
    draft = ask_for_changes(cast.erin, round_.pk, CHANGES, at=noon + HOUR)
    submit_round(round_id=draft.pk, actor=cast.petra, at=noon + 2 * HOUR)

    round_.refresh_from_db()
    assert round_.reason == ReturnReason.CHANGES_REQUESTED
    with pytest.raises(ForbiddenError):
        presence_of(cast.erin, draft.pk, at=noon + 3 * HOUR)
    assert sign(cast.hana, draft.pk, at=noon + 3 * HOUR)
    set_member(
        actor=cast.tariq,
        initiative=world.initiative,
        user=cast.erin,
        side=Side.TECHNOLOGY,
        role=MemberRole.CONTRIBUTOR,
        at=noon + 4 * HOUR,
    )


def test_the_sponsor_passes_nothing_for_a_side_that_nobody_judges(review, noon):
    world, round_ = review
    cast = world.cast
    late = fall_silent(world, round_, at=noon) + timedelta(days=4)
    row = back(round_, cast.hana, late)
    with pytest.raises(WishRefusedError) as empty:
        resolve(cast.cleo, round_.pk, "go", at=late)
    take_on(name(row, cast.erin, cast.cleo, late, last=date(2027, 1, 20)), late)
    with pytest.raises(WishRefusedError) as soon:
        resolve(cast.cleo, round_.pk, "go", at=late + HOUR)

    assert empty.value.codes == ("empty",)
    assert soon.value.codes == ("reply",)
    assert reminded({"round": round_.pk, "side": "people", "step": 50}, late) == [
        cast.erin,
        cast.cleo,
    ]
    change_days(world, late)
    assert resolve(cast.cleo, round_.pk, "go", at=late + timedelta(days=4))
    assert [*verify()] == []


def test_the_sponsor_is_not_half_of_both_hands(review, noon):
    world, round_ = review
    cast = world.cast
    late = fall_silent(world, round_, at=noon) + timedelta(days=4)
    row = back(round_, cast.ivo, late)
    take_on(name(row, cast.max, cast.cleo, late, last=date(2027, 1, 20)), late)
    sign(cast.max, round_.pk, at=late + HOUR)
    change_days(world, late)

    with pytest.raises(WishRefusedError) as refused:
        resolve(cast.cleo, round_.pk, "go", at=late + timedelta(days=4))

    assert refused.value.codes == ("named",)
    assert resolve(cast.cleo, round_.pk, "recycle", at=late + timedelta(days=4))


def test_while_it_is_paused_one_steps_back_and_nobody_signs(review, noon):
    world, round_ = review
    cast = world.cast
    pause_initiative(initiative=world.initiative, reason="Wrong answers", actor=cast.ivo, at=noon)

    take_on(name(back(round_, cast.hana, noon), cast.erin, cast.cleo, noon), noon)

    with pytest.raises(SigningRefusedError) as refused:
        sign(cast.erin, round_.pk, at=noon + HOUR)
    assert refused.value.codes == ("paused",)


def test_both_step_back_and_two_others_sign(review, noon):
    world, round_ = review
    cast = world.cast
    people = name(back(round_, cast.hana, noon), cast.erin, cast.cleo, noon)
    take_on(people, noon)
    row = back(round_, cast.ivo, noon)

    with pytest.raises(DelegationRefusedError) as both:
        name(row, cast.erin, cast.cleo, noon)
    take_on(name(row, cast.max, cast.cleo, noon), noon)
    sign(cast.erin, round_.pk, at=noon + HOUR)
    sign(cast.max, round_.pk, at=noon + HOUR)

    round_.refresh_from_db()
    assert both.value.codes == ("other_side",)
    assert round_.state == RoundState.PASSED
    assert [*verify()] == []
