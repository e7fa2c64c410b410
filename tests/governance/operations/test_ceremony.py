"""The ceremony: an intent, a fresh proof of identity, a presence that serves once."""

from datetime import timedelta

import pytest

from governance.choices import SigningAct
from governance.models import Intent, Signature
from governance.operations.ceremony import IntentRefusedError, Presence, begin_signing, prove
from governance.operations.signatures import (
    SigningRefusedError,
    SigningStaleError,
    sign_gate,
)
from governance.queries.rounds import get_round
from governance.queries.standing import signing_facts
from governance.rules.wishes import Wish
from kernel.refusals import ForbiddenError
from people.operations.identity import IdentityRefusedError
from tests.cast import PASSWORD
from tests.gates import SESSION, presence_of, sign
from tests.governance.operations.test_signatures import last_kind


@pytest.mark.parametrize("who", ["cleo", "tariq", "petra", "max", "erin", "otto", "ada", "audrey"])
def test_nobody_without_a_key_begins_to_sign(review, noon, who) -> None:
    world, round_ = review

    with pytest.raises(ForbiddenError):
        presence_of(getattr(world.cast, who), round_.pk, at=noon)


def test_an_intent_is_drawn_anew_and_lives_five_minutes(review, noon) -> None:
    world, round_ = review
    first, second = (presence_of(world.cast.ivo, round_.pk, at=noon).intent for _ in range(2))

    assert len({bytes.fromhex(one.nonce) for one in (first, second)}) == 2
    assert len(bytes.fromhex(first.nonce)) * 8 == 256
    assert first.expires_at - first.made_at == timedelta(minutes=5)


def test_a_wrong_password_signs_nothing_and_is_recorded(review, noon) -> None:
    world, round_ = review
    now = signing_facts(get_round(round_.pk), noon).now
    intent = begin_signing(
        round_id=round_.pk,
        wish=Wish(act=SigningAct.APPROVE),
        seen={"snapshot": now.snapshot, "terms": now.terms},
        session_ref=SESSION,
        actor=world.cast.ivo,
        at=noon,
    )

    with pytest.raises(IdentityRefusedError):
        prove(
            nonce=intent.nonce,
            session_ref=SESSION,
            password="wrong",
            code="",
            actor=world.cast.ivo,
            at=noon,
        )

    assert not Signature.objects.exists()
    assert last_kind() == "identity.refused"


@pytest.mark.parametrize(
    ("change", "who"),
    [
        ({"session_ref": "b" * 64}, "ivo"),
        ({"nonce": "0" * 64}, "ivo"),
        ({}, "hana"),
        ({"at": timedelta(minutes=5, seconds=1)}, "ivo"),
    ],
)
def test_a_stolen_unknown_or_old_intent_proves_nothing(review, noon, change, who) -> None:
    world, round_ = review
    intent = presence_of(world.cast.ivo, round_.pk, at=noon).intent
    call = {"nonce": intent.nonce, "session_ref": SESSION, "password": PASSWORD, "code": ""}
    late = change.pop("at", timedelta())

    with pytest.raises(IntentRefusedError) as refused:
        prove(**{**call, **change}, actor=getattr(world.cast, who), at=noon + late)

    assert refused.value.codes == ("intent",)


def test_a_used_intent_is_not_proved_again(review, noon) -> None:
    world, round_ = review
    nonce = sign(world.cast.ivo, round_.pk, at=noon).intent.nonce

    with pytest.raises(IntentRefusedError):
        prove(
            nonce=nonce,
            session_ref=SESSION,
            password=PASSWORD,
            code="",
            actor=world.cast.ivo,
            at=noon,
        )


def test_only_the_ceremony_makes_a_presence(review, noon) -> None:
    world, round_ = review
    real = presence_of(world.cast.ivo, round_.pk, at=noon)
    forged = Presence(intent=real.intent, proof=real.proof, device="", maker=object())

    with pytest.raises(SigningRefusedError):
        sign_gate(presence=forged, actor=world.cast.ivo, at=noon)

    assert not Signature.objects.exists()


def test_a_presence_serves_nobody_else(review, noon) -> None:
    world, round_ = review
    presence = presence_of(world.cast.ivo, round_.pk, at=noon)

    with pytest.raises(SigningStaleError) as refused:
        sign_gate(presence=presence, actor=world.cast.hana, at=noon + timedelta(seconds=30))

    assert {"authority", "presence"} <= set(refused.value.codes)


def test_a_presence_grows_old(review, noon) -> None:
    world, round_ = review
    presence = presence_of(world.cast.ivo, round_.pk, at=noon)

    with pytest.raises(SigningStaleError):
        sign_gate(presence=presence, actor=world.cast.ivo, at=noon + timedelta(minutes=6))


def test_old_digests_begin_nothing(review, noon) -> None:
    world, round_ = review
    now = signing_facts(get_round(round_.pk), noon).now

    right = {"snapshot": now.snapshot, "terms": now.terms}
    for seen in ({**right, "snapshot": "x"}, {**right, "terms": "x"}, {}):
        with pytest.raises(IntentRefusedError):
            begin_signing(
                round_id=round_.pk,
                wish=Wish(act=SigningAct.APPROVE),
                seen=seen,
                session_ref=SESSION,
                actor=world.cast.ivo,
                at=noon,
            )

    assert not Intent.objects.exists()
