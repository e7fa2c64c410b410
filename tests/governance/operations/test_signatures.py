"""Two keys, one gate: what a signature needs, what it leaves behind, and what it cannot do."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from governance.choices import RoundState, SigningAct
from governance.models import GateSide, Passage, Signature, Void
from governance.operations.signatures import (
    SigningRefusedError,
    SigningStaleError,
    sign_gate,
    withdraw_signature,
)
from governance.operations.stops import pause_initiative
from governance.queries.standing import signing_facts
from governance.rules.wishes import Wish
from initiatives.models import StageAdvance
from journal.models import Entry
from journal.verification import verify
from kernel.canonical import digest, wrapped
from kernel.refusals import NotVisibleError
from people.choices import Office
from playbook.editions import current
from tests.changes import appoint, end_term
from tests.gates import fill, make_ready, make_round, presence_of, sign


def last_kind() -> str:
    return Entry.objects.order_by("-seq")[0].kind


def test_the_second_signature_passes_the_gate_and_moves_the_stage(review, noon) -> None:
    world, round_ = review

    first = sign(world.cast.ivo, round_.pk, at=noon)
    second = sign(world.cast.hana, round_.pk, at=noon)

    round_.refresh_from_db()
    world.initiative.refresh_from_db()
    passage = Passage.objects.get(round=round_)
    assert (first.side, second.side) == ("technology", "people")
    assert round_.state == RoundState.PASSED
    assert world.initiative.stage == 2
    assert StageAdvance.objects.filter(initiative=world.initiative).count() == 1
    assert json.loads(bytes(passage.body))["statements"] == {
        "technology": first.statement_digest,
        "people": second.statement_digest,
    }
    assert [*verify()] == []


def test_one_signature_opens_nothing(review, noon) -> None:
    world, round_ = review

    sign(world.cast.hana, round_.pk, at=noon)

    world.initiative.refresh_from_db()
    assert not Passage.objects.exists()
    assert world.initiative.stage == 1


def test_a_signature_says_who_as_what_over_exactly_what(review, noon) -> None:
    world, round_ = review

    signature = sign(
        world.cast.hana, round_.pk, at=noon, wish=Wish(act=SigningAct.APPROVE, words="Go.")
    )

    said = json.loads(bytes(signature.intent.statement))
    printed = json.loads(signature.intent.sealed.text)
    assert said["snapshot"] == round_.snapshot.digest == signature.snapshot_digest
    assert said["person"] == str(world.cast.hana.person_key)
    assert b"Hana" not in bytes(signature.intent.statement)
    assert printed["name"] == "Hana Okafor"
    assert printed["words"] == "Go."
    assert signature.statement_digest == digest(
        wrapped("statement", bytes(signature.intent.statement))
    )
    assert signature.step_up["level"] == "L1"


def test_a_repeated_post_returns_the_same_signature(review, noon) -> None:
    world, round_ = review
    presence = presence_of(world.cast.ivo, round_.pk, at=noon)

    first = sign_gate(presence=presence, actor=world.cast.ivo, at=noon + timedelta(seconds=30))
    again = sign_gate(presence=presence, actor=world.cast.ivo, at=noon + timedelta(seconds=31))

    assert first == again
    assert Signature.objects.count() == 1


def test_a_side_signs_once(review, noon) -> None:
    world, round_ = review
    sign(world.cast.ivo, round_.pk, at=noon)

    with pytest.raises(SigningRefusedError) as refused:
        sign(world.cast.ivo, round_.pk, at=noon)

    assert refused.value.codes == ("signed",)
    assert last_kind() == "act.refused"


def test_an_edit_between_reading_and_signing_is_noticed(review, noon) -> None:
    world, round_ = review
    presence = presence_of(world.cast.ivo, round_.pk, at=noon)
    fill(world, current().slot("tech_landscape"), at=noon, salt="changed")

    with pytest.raises(SigningStaleError) as refused:
        sign_gate(presence=presence, actor=world.cast.ivo, at=noon + timedelta(seconds=30))

    assert "state" in refused.value.codes


def test_nothing_is_signed_while_paused(review, noon) -> None:
    world, round_ = review
    presence = presence_of(world.cast.ivo, round_.pk, at=noon)
    pause_initiative(
        initiative=world.initiative, reason="Wrong answers", actor=world.cast.hana, at=noon
    )

    with pytest.raises(SigningRefusedError) as refused:
        sign_gate(presence=presence, actor=world.cast.ivo, at=noon + timedelta(seconds=30))

    assert refused.value.codes == ("paused",)


def test_leaving_office_voids_and_returning_revives_nothing(review, noon) -> None:
    world, round_ = review
    signature = sign(world.cast.ivo, round_.pk, at=noon)
    later = noon + timedelta(hours=1)

    end_term(actor=world.cast.ada, term=world.cast.term(world.cast.ivo), at=later)
    appoint(
        actor=world.cast.ada,
        user=world.cast.ivo,
        office=Office.CIO,
        title="CIO",
        at=later + timedelta(hours=1),
    )

    round_.refresh_from_db()
    assert signature.void.cause == "authority_changed"
    assert round_.state == RoundState.RETURNED
    assert not GateSide.objects.filter(live_signature=signature).exists()


def test_a_signer_withdraws_and_may_sign_again(review, noon) -> None:
    world, round_ = review
    signature = sign(world.cast.ivo, round_.pk, at=noon)

    withdraw_signature(
        signature_id=signature.pk, reason="I read it again.", actor=world.cast.ivo, at=noon
    )
    again = sign(world.cast.ivo, round_.pk, at=noon)

    assert signature.void.cause == "withdrawn"
    assert again.pk != signature.pk
    assert Signature.objects.filter(live_on__round=round_).get() == again


def test_nobody_withdraws_for_another_and_nothing_after_the_decision(review, noon) -> None:
    world, round_ = review
    signature = sign(world.cast.ivo, round_.pk, at=noon)

    with pytest.raises(SigningRefusedError):
        withdraw_signature(signature_id=signature.pk, reason="", actor=world.cast.hana, at=noon)
    sign(world.cast.hana, round_.pk, at=noon)
    with pytest.raises(SigningRefusedError):
        withdraw_signature(signature_id=signature.pk, reason="", actor=world.cast.ivo, at=noon)
    with pytest.raises(NotVisibleError):
        withdraw_signature(signature_id=10_000, reason="", actor=world.cast.ivo, at=noon)

    assert not Void.objects.exists()


def test_the_database_holds_one_live_signature_a_side(review, noon) -> None:
    world, round_ = review
    sign(world.cast.ivo, round_.pk, at=noon)

    with pytest.raises(IntegrityError), transaction.atomic():
        GateSide.objects.create(round=round_, side="technology")


def test_a_side_that_is_taken_is_not_taken_again_whatever_the_rule_saw(review, noon) -> None:
    world, round_ = review
    void = sign(world.cast.ivo, round_.pk, at=noon)
    withdraw_signature(signature_id=void.pk, reason="Not yet.", actor=world.cast.ivo, at=noon)
    GateSide.objects.filter(round=round_, side="technology").update(live_signature=void)

    with pytest.raises(SigningRefusedError) as refused:
        sign(world.cast.ivo, round_.pk, at=noon)

    assert refused.value.codes == ("signed",)
    assert Signature.objects.get() == void


def test_a_passed_gate_names_the_decision_before_it(review, noon) -> None:
    world, round_ = review
    for person in (world.cast.ivo, world.cast.hana):
        sign(person, round_.pk, at=noon)
    world.initiative.refresh_from_db()
    make_ready(world, "2", at=noon)

    second = make_round(world, "2", at=noon)

    said = json.loads(bytes(second.snapshot.body))
    assert said["previous"] == Passage.objects.get(round=round_).digest
    assert replace(signing_facts(second, noon).now, round_id=0).snapshot == second.snapshot.digest
