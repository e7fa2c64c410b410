"""What may still be done to a round that is before the sponsor, and what voids there."""

from datetime import timedelta

import pytest

from governance.choices import ReturnReason, RoundState
from governance.models import Passage, Round
from governance.operations.rounds import expire_rounds
from governance.operations.signatures import withdraw_signature
from governance.reactions import VoidsSignaturesError
from initiatives.operations.evidence import add_evidence_attestation, withdraw_evidence
from journal.verification import verify
from playbook.editions import current
from tests.gates import fill, sign
from tests.governance.stalemates import fall_silent
from tests.kept import kept


@kept
def stuck(review, noon):
    """A gate that Technology signed and People left unanswered, and when the sponsor was asked."""
    world, round_ = review
    late = fall_silent(world, round_, at=noon)
    return world, round_, round_.signatures.get(), late


def test_t8_who_signed_may_still_withdraw(stuck) -> None:
    world, round_, signature, late = stuck

    withdraw_signature(
        signature_id=signature.pk, reason="Not like this.", actor=world.cast.ivo, at=late
    )

    round_.refresh_from_db()
    assert round_.state == RoundState.ESCALATED
    assert signature.void.cause == "withdrawn"


def test_t10_an_edit_sends_back_what_is_before_the_sponsor(stuck) -> None:
    world, round_, signature, late = stuck
    slot = current().slot("tech_landscape")

    with pytest.raises(VoidsSignaturesError):
        fill(world, slot, at=late, salt="changed")
    fill(world, slot, at=late, salt="changed", accepts_voids=[signature.pk])

    round_.refresh_from_db()
    assert (round_.state, round_.reason) == (RoundState.RETURNED, ReturnReason.CONTENT_CHANGED)
    assert Round.objects.get(state=RoundState.DRAFT).n == 2
    assert [*verify()] == []


def test_t13_what_is_before_the_sponsor_expires_too(stuck, noon) -> None:
    _, round_, signature, _ = stuck

    assert expire_rounds(at=noon + timedelta(days=30)) == 1

    round_.refresh_from_db()
    assert round_.state == RoundState.EXPIRED
    assert signature.void.cause == "round_closed"
    assert not Passage.objects.exists()


def test_v4_evidence_that_comes_or_goes_voids(review, noon) -> None:
    world, round_ = review
    signature = sign(world.cast.ivo, round_.pk, at=noon)
    piece = world.initiative.evidence.order_by("pk").first()
    who = {"actor": world.writer(piece.side), "initiative": world.initiative, "at": noon}
    gone = {"evidence_id": piece.pk, "reason": "It was the wrong survey."}

    with pytest.raises(VoidsSignaturesError):
        withdraw_evidence(**gone, **who)
    with pytest.raises(VoidsSignaturesError):
        add_evidence_attestation(
            slot=piece.slot, title="Another survey", note="Seen by the team.", **who
        )
    withdraw_evidence(**gone, **who, accepts_voids=[signature.pk])

    assert signature.void.cause == "content_changed"
