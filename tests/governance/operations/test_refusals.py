"""Changes asked for, declined, taken back, contested: each leaves its trace and its way on."""

import json
from datetime import timedelta

import pytest

from governance.choices import ReturnReason, RoundState, SigningAct
from governance.models import ChangeRequest, Decline, Passage, Round, Signature
from governance.operations.ceremony import IntentRefusedError, WishRefusedError
from governance.operations.refusals import (
    RefusalRefusedError,
    decline_gate,
    request_changes,
    take_back_decline,
)
from governance.operations.rounds import RoundRefusedError, open_round
from governance.operations.signatures import SigningRefusedError, sign_gate
from governance.rules.wishes import Wish
from journal.verification import verify
from kernel.refusals import NotVisibleError
from tests.gates import ask_for_changes, presence_of, shown, sign

REASON = "The works council has not been heard, and the plan does not say when."


CHANGES = {"g1_people_view": "Ask the night shift as well"}


def no(**changes) -> Wish:
    return Wish(
        **{
            "act": SigningAct.DECLINE,
            "code": "worker_consultation",
            "reason": REASON,
            "reversed_by": "A date with the works council",
            **changes,
        }
    )


def decline(person, round_, at, **changes) -> Decline:
    presence = presence_of(person, round_.pk, at=at, wish=no(**changes))
    return decline_gate(presence=presence, actor=person, at=at + timedelta(seconds=30))


def test_asking_for_changes_sends_it_back_and_begins_the_next_round(review, noon) -> None:
    world, round_ = review
    signature = sign(world.cast.ivo, round_.pk, at=noon)

    draft = ask_for_changes(world.cast.hana, round_.pk, CHANGES, at=noon)

    round_.refresh_from_db()
    assert (round_.state, round_.reason) == (RoundState.RETURNED, ReturnReason.CHANGES_REQUESTED)
    assert (draft.n, draft.state) == (2, RoundState.DRAFT)
    assert signature.void.cause == "round_closed"
    assert json.loads(ChangeRequest.objects.get().sealed.text) == CHANGES


@pytest.mark.parametrize(
    ("who", "items", "code"),
    [
        ("petra", CHANGES, "not_yours"),
        ("cleo", CHANGES, "not_yours"),
        ("hana", {}, "items"),
        ("hana", {"g4_whatever": "Ask the night shift"}, "criterion"),
    ],
)
def test_a_wish_for_changes_is_a_signers_and_names_a_point(review, noon, who, items, code) -> None:
    world, round_ = review

    with pytest.raises(RefusalRefusedError) as refused:
        ask_for_changes(getattr(world.cast, who), round_.pk, items, at=noon)

    assert refused.value.codes == (code,)


@pytest.mark.parametrize("changed", ["snapshot", "terms"])
def test_changes_are_asked_for_only_to_what_was_read(review, noon, changed) -> None:
    world, round_ = review
    seen = {**shown(round_.pk), changed: "another"}

    with pytest.raises(IntentRefusedError) as refused:
        request_changes(
            round_id=round_.pk, items=CHANGES, seen=seen, actor=world.cast.hana, at=noon
        )

    assert refused.value.codes == ("content",)
    assert not ChangeRequest.objects.exists()


def test_a_decline_before_any_signature_ends_the_round(review, noon) -> None:
    world, round_ = review

    made = decline(world.cast.hana, round_, noon)

    round_.refresh_from_db()
    assert round_.state == RoundState.DECLINED
    assert json.loads(made.signature.intent.sealed.text)["reason"] == REASON
    assert open_round(initiative=world.initiative, gate="1", actor=world.cast.ivo, at=noon).n == 2


def test_a_decline_for_good_lets_no_round_follow(review, noon) -> None:
    world, round_ = review

    decline(world.cast.hana, round_, noon, is_final=True, reversed_by="")

    with pytest.raises(RoundRefusedError) as refused:
        open_round(initiative=world.initiative, gate="1", actor=world.cast.ivo, at=noon)
    assert "declined" in refused.value.codes
    world.initiative.refresh_from_db()
    assert world.initiative.standing == "declined"


def test_a_decline_against_a_signature_is_a_disagreement(review, noon) -> None:
    world, round_ = review
    signature = sign(world.cast.ivo, round_.pk, at=noon)

    decline(world.cast.hana, round_, noon)

    round_.refresh_from_db()
    assert round_.state == RoundState.ESCALATED
    assert not hasattr(signature, "void")


def test_the_decliner_alone_takes_it_back(review, noon) -> None:
    world, round_ = review
    sign(world.cast.ivo, round_.pk, at=noon)
    made = decline(world.cast.hana, round_, noon)

    with pytest.raises(RefusalRefusedError):
        take_back_decline(decline_id=made.pk, reason="", actor=world.cast.ivo, at=noon)
    take_back_decline(decline_id=made.pk, reason="The date is set.", actor=world.cast.hana, at=noon)
    sign(world.cast.hana, round_.pk, at=noon)

    round_.refresh_from_db()
    assert round_.state == RoundState.PASSED
    assert [*verify()] == []


def test_the_decliner_may_sign_outright_and_the_gate_passes(review, noon) -> None:
    world, round_ = review
    sign(world.cast.ivo, round_.pk, at=noon)
    decline(world.cast.hana, round_, noon)

    sign(world.cast.hana, round_.pk, at=noon)

    round_.refresh_from_db()
    assert round_.state == RoundState.PASSED


def test_the_other_side_cannot_outvote_a_decline(review, noon) -> None:
    world, round_ = review
    sign(world.cast.ivo, round_.pk, at=noon)
    decline(world.cast.hana, round_, noon)

    with pytest.raises(SigningRefusedError) as refused:
        sign(world.cast.ivo, round_.pk, at=noon)

    assert "signed" in refused.value.codes
    assert not Passage.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"code": "mood"}, "code"),
        ({"reason": "No."}, "reason"),
        ({"reversed_by": ""}, "reversed_by"),
        ({"words": "x" * 5_001}, "words"),
    ],
)
def test_a_decline_says_about_what_why_and_what_would_change_it(
    review, noon, change, field
) -> None:
    world, round_ = review

    with pytest.raises(WishRefusedError) as refused:
        presence_of(world.cast.hana, round_.pk, at=noon, wish=no(**change))

    assert [blocker.field for blocker in refused.value.blockers] == [field]


def test_a_repeated_decline_is_the_same_one(review, noon) -> None:
    world, round_ = review
    presence = presence_of(world.cast.hana, round_.pk, at=noon, wish=no())

    first = decline_gate(presence=presence, actor=world.cast.hana, at=noon + timedelta(seconds=30))
    again = decline_gate(presence=presence, actor=world.cast.hana, at=noon + timedelta(seconds=31))

    assert first == again


@pytest.mark.parametrize("is_used", [False, True])
def test_what_was_confirmed_as_one_act_is_never_done_as_another(review, noon, is_used) -> None:
    world, round_ = review
    later = noon + timedelta(seconds=30)
    to_decline = presence_of(world.cast.hana, round_.pk, at=noon, wish=no())
    to_sign = presence_of(world.cast.ivo, round_.pk, at=noon)
    if is_used:
        sign_gate(presence=to_sign, actor=world.cast.ivo, at=later)
        decline_gate(presence=to_decline, actor=world.cast.hana, at=later)

    for act, presence, who in (
        (sign_gate, to_decline, world.cast.hana),
        (decline_gate, to_sign, world.cast.ivo),
    ):
        with pytest.raises(SigningRefusedError) as refused:
            act(presence=presence, actor=who, at=later)
        assert refused.value.codes == ("presence",)

    assert Signature.objects.count() == (2 if is_used else 0)


def test_whoever_signed_withdraws_before_declining(review, noon) -> None:
    world, round_ = review
    sign(world.cast.hana, round_.pk, at=noon)

    with pytest.raises(SigningRefusedError) as refused:
        decline(world.cast.hana, round_, noon)

    assert refused.value.codes == ("signed",)


def test_an_unknown_decline_is_not_there(review, noon) -> None:
    world, _ = review

    with pytest.raises(NotVisibleError):
        take_back_decline(decline_id=10_000, reason="", actor=world.cast.ivo, at=noon)
    assert not Round.objects.filter(state=RoundState.ESCALATED).exists()
