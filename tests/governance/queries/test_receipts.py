"""What a receipt carries; that it verifies is told in tests/receipts."""

import json
from datetime import timedelta

from governance.choices import SigningAct
from governance.models import Passage
from governance.queries.certificates import certificate_of
from governance.queries.receipts import receipt_of
from governance.rules.proving import sentence_of
from governance.rules.wishes import Wish
from journal.checkpoints import checkpoint_due, make_checkpoint
from journal.operations import erase_text
from tests.gates import sign
from tests.kept import kept

WORDS = "The night shift is trained."


@kept
def passage(review, noon):
    """The decision of a gate that both signed."""
    world, round_ = review
    sign(world.cast.ivo, round_.pk, at=noon, wish=Wish(act=SigningAct.APPROVE, words=WORDS))
    sign(world.cast.hana, round_.pk, at=noon)
    return Passage.objects.get()


def test_a_receipt_carries_the_bytes_that_were_signed_and_the_texts_in_them(passage) -> None:
    receipt = json.loads(receipt_of(passage))

    frozen = passage.round.snapshot
    assert receipt["snapshot"] == {"body": bytes(frozen.body).decode(), "digest": frozen.digest}
    assert receipt["decision"]["digest"] == passage.digest
    sides = [json.loads(one["statement"])["side"] for one in receipt["signatures"]]
    assert sides == ["technology", "people"]
    assert any(WORDS in text["text"] for text in receipt["texts"].values())
    slots = json.loads(receipt["snapshot"]["body"])["content"]["slots"]
    assert {slot["texts"] for slot in slots} <= receipt["texts"].keys()
    assert (receipt["level"], receipt["legal"]) == ("L1", sentence_of("L1"))
    assert receipt["organisation"]["demonstration"] is False


def test_an_erased_text_leaves_its_commitment(passage, review, noon) -> None:
    world, _ = review
    printed = passage.round.signatures.get(side="technology").intent.sealed
    erase_text(sealed=printed, actor=world.cast.ada, reason="Asked to.", at=noon)

    body = receipt_of(passage)

    assert json.loads(body)["texts"][printed.pk] is None
    assert WORDS.encode() not in body


def test_the_proof_comes_with_the_first_checkpoint_and_stays(passage, noon) -> None:
    assert json.loads(receipt_of(passage))["checkpoint"] is None
    assert certificate_of(passage).size is None

    first = checkpoint_due(at=noon + timedelta(hours=1))
    proved = receipt_of(passage)
    later = make_checkpoint(seq=first.size + 1, is_mailed=False, at=noon + timedelta(hours=2))

    assert json.loads(proved)["checkpoint"]["note"] == first.note
    assert certificate_of(passage).size == first.size < later.size
    assert receipt_of(passage) == proved
