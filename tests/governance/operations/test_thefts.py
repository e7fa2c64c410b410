"""V9: whoever may have had a signer's means, nothing undecided rests on them."""

from datetime import timedelta

import pytest

from governance.choices import RoundState, SigningAct, VoidCause
from governance.models import GateSide, Signature, Void
from governance.operations.refusals import decline_gate
from governance.operations.signatures import SigningRefusedError, sign_gate
from governance.rules.wishes import Wish
from journal.verification import verify
from people.choices import Means
from people.models import Passkey
from people.operations.accounts import change_password
from people.operations.stolen import report_stolen
from tests.authenticator import give_passkey
from tests.gates import pass_gate, presence_of, sign
from tests.governance.operations.test_passkey_signing import NO, answer, begun, confirmed
from tests.make import proof_of

MINUTE = timedelta(minutes=1)
SECONDS = timedelta(seconds=20)


def report(world, at, person="hana"):
    user = getattr(world.cast, person)
    passkey = Passkey.objects.get(user=user)
    return report_stolen(
        actor=world.cast.ada, user=user, means=Means.PASSKEY, passkey_id=passkey.pk, at=at
    )


def new_password(person, at):
    """Change it, since somebody may know the old one."""
    change_password(
        user=person,
        new="another-tally-of-halves",
        proof=proof_of(person, at),
        at=at,
        is_stolen=True,
    )


def by_passkey(person, round_, key, at):
    intent = begun(person, round_, at)
    presence = confirmed(person, intent, answer(key, intent), at)
    return sign_gate(presence=presence, actor=person, at=at + SECONDS)


def test_what_it_signed_is_void_in_the_act_of_the_report(review, noon) -> None:
    world, round_ = review
    key = give_passkey(world.cast.hana, noon)
    signature = by_passkey(world.cast.hana, round_, key, noon)

    reported = report(world, noon + MINUTE)

    void = Void.objects.get()
    assert (void.signature, void.cause) == (signature, VoidCause.MEANS_STOLEN)
    assert void.caused_by == f"people.stolenreport:{reported.pk}"
    assert not GateSide.objects.filter(live_signature__isnull=False).exists()
    assert [*verify()] == []


def test_the_other_sides_signature_stands(review, noon) -> None:
    world, round_ = review
    give_passkey(world.cast.hana, noon)
    signature = sign(world.cast.ivo, round_.pk, at=noon)

    report(world, noon + MINUTE)

    assert not Void.objects.exists()
    assert GateSide.objects.get(live_signature__isnull=False).live_signature == signature


def test_what_was_signed_by_password_is_void_once_somebody_may_know_it(review, noon) -> None:
    world, round_ = review
    sign(world.cast.hana, round_.pk, at=noon)

    new_password(world.cast.hana, noon + MINUTE)

    assert Void.objects.get().cause == VoidCause.MEANS_STOLEN


def test_a_decision_stands(world, noon) -> None:
    pass_gate(world, "1", at=noon)
    give_passkey(world.cast.hana, noon + MINUTE)

    report(world, noon + MINUTE)

    assert not Void.objects.exists()
    assert [*verify()] == []


def test_a_decline_that_set_the_sides_at_odds_is_void_and_the_round_goes_on(review, noon) -> None:
    world, round_ = review
    key = give_passkey(world.cast.hana, noon)
    sign(world.cast.ivo, round_.pk, at=noon)
    intent = begun(world.cast.hana, round_, noon, NO)
    presence = confirmed(world.cast.hana, intent, answer(key, intent), noon)
    decline_gate(presence=presence, actor=world.cast.hana, at=noon + SECONDS)
    round_.refresh_from_db()
    assert round_.state == RoundState.ESCALATED

    report(world, noon + MINUTE)

    round_.refresh_from_db()
    assert round_.state == RoundState.IN_REVIEW
    assert Void.objects.get().signature.act == SigningAct.DECLINE


def test_a_proof_given_before_the_report_signs_nothing_after_it(review, noon) -> None:
    world, round_ = review
    hana, key = world.cast.hana, give_passkey(world.cast.hana, noon)
    other = give_passkey(hana, noon, name="Phone", by=key)
    intent = begun(hana, round_, noon, Wish(act=SigningAct.APPROVE))
    presence = confirmed(hana, intent, answer(other, intent), noon)
    stolen = Passkey.objects.order_by("pk")[0]
    report_stolen(
        actor=hana, user=hana, means=Means.PASSKEY, passkey_id=stolen.pk, at=noon + SECONDS
    )

    with pytest.raises(SigningRefusedError) as refused:
        sign_gate(presence=presence, actor=hana, at=noon + SECONDS)

    assert refused.value.codes == ("dead",)
    assert not Signature.objects.exists()


def test_a_password_proof_given_before_a_report_signs_nothing_either(review, noon) -> None:
    world, round_ = review
    presence = presence_of(world.cast.ivo, round_.pk, at=noon)
    new_password(world.cast.ivo, noon + SECONDS)

    with pytest.raises(SigningRefusedError) as refused:
        sign_gate(presence=presence, actor=world.cast.ivo, at=noon + SECONDS)

    assert refused.value.codes == ("dead",)
