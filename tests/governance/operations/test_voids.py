"""An edit of signed content ends the review, openly; what is not signed ends nothing."""

import pytest

from governance.choices import ReturnReason, RoundState
from governance.models import Round, Void
from governance.operations.proofs import attest
from governance.operations.rounds import submit_round
from governance.reactions import VoidsSignaturesError
from initiatives.models import ArtefactVersion
from initiatives.operations.artefacts import save_slot
from initiatives.queries.artefacts import current_texts
from journal.verification import verify
from playbook.editions import current
from tests.gates import fill, sign, whole


def test_an_edit_that_voids_unseen_signatures_is_refused_whole(review, noon) -> None:
    world, round_ = review
    signature = sign(world.cast.ivo, round_.pk, at=noon)
    before = ArtefactVersion.objects.count()

    with pytest.raises(VoidsSignaturesError) as refused:
        fill(world, current().slot("tech_landscape"), at=noon, salt="changed")

    assert refused.value.signatures == [signature.pk]
    assert "Ivo Brandt" in refused.value.blockers[0].message
    assert ArtefactVersion.objects.count() == before
    assert not Void.objects.exists()


def test_an_accepted_edit_voids_in_the_same_transaction(review, noon) -> None:
    world, round_ = review
    signature = sign(world.cast.ivo, round_.pk, at=noon)

    fill(
        world,
        current().slot("tech_landscape"),
        at=noon,
        salt="changed",
        accepts_voids=[signature.pk],
    )

    round_.refresh_from_db()
    assert (round_.state, round_.reason) == (RoundState.RETURNED, ReturnReason.CONTENT_CHANGED)
    assert signature.void.cause == "content_changed"
    assert Round.objects.get(state=RoundState.DRAFT).n == 2
    assert [*verify()] == []


def test_an_edit_of_an_unsigned_round_ends_its_review_too(review, noon) -> None:
    world, round_ = review

    fill(world, current().slot("tech_landscape"), at=noon, salt="changed")

    round_.refresh_from_db()
    assert round_.state == RoundState.RETURNED


def test_the_returned_round_is_sent_again_and_a_former_signer_signs_anew(review, noon) -> None:
    world, round_ = review
    first = sign(world.cast.ivo, round_.pk, at=noon)
    fill(world, current().slot("tech_landscape"), at=noon, salt="changed", accepts_voids=[first.pk])
    draft = Round.objects.get(state=RoundState.DRAFT)

    submit_round(round_id=draft.pk, actor=world.cast.petra, at=noon)
    for person in (world.cast.ivo, world.cast.hana):
        sign(person, draft.pk, at=noon)

    draft.refresh_from_db()
    assert draft.state == RoundState.PASSED


def test_order_and_blanks_void_nothing(review, noon) -> None:
    world, round_ = review
    signature = sign(world.cast.ivo, round_.pk, at=noon)
    slot = current().slot("tech_landscape")
    raw = {
        key: f"  {value} " if isinstance(value, str) and slot.field(key).is_text else value
        for key, value in whole(slot, noon).items()
    }

    save_slot(
        actor=world.cast.tariq,
        initiative=world.initiative,
        slot=slot.key,
        raw=raw,
        expected_version=current_texts(world.initiative)[slot.key].n,
        at=noon,
    )

    assert not hasattr(signature, "void")


def test_a_new_attestation_is_signed_content(review, noon) -> None:
    world, round_ = review
    signature = sign(world.cast.hana, round_.pk, at=noon)
    word = {
        "initiative": world.initiative,
        "criterion": "g1_change_load",
        "is_met": True,
        "note": "Asked the teams again.",
        "actor": world.cast.petra,
        "at": noon,
    }

    with pytest.raises(VoidsSignaturesError):
        attest(**word)
    attest(**word, accepts_voids=[signature.pk])

    assert signature.void.cause == "content_changed"
