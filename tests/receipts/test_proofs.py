"""What leads from a signature to a key: passkeys, checkpoints, and one server key after another."""

import base64
import hashlib
import json
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from fido2 import cbor
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.choices import SigningAct
from governance.models import Passage
from governance.operations.ceremony import begin_signing, prove_by_passkey
from governance.operations.signatures import sign_gate
from governance.queries.receipts import receipt_of
from governance.queries.rounds import get_round
from governance.queries.standing import signing_facts
from governance.queries.statements import statement_digest
from governance.rules.wishes import Wish
from journal import tree
from journal.checkpoints import checkpoint_due, make_checkpoint
from receipts import verify_receipt
from receipts.verify_receipt import RefusedError, check, fingerprint, is_ed25519, root_of
from tests.authenticator import HERE, give_passkey
from tests.gates import SESSION, sign
from tests.receipts.conftest import sealed

RP_ID, ORIGIN = "example.com", "https://example.com"
VERIFIED, PRESENT = 0b101, 0b001


def es256():
    key = ec.generate_private_key(ec.SECP256R1())
    x, y = (
        number.to_bytes(32, "big")
        for number in (key.public_key().public_numbers().x, key.public_key().public_numbers().y)
    )
    cose = {1: 2, 3: -7, -1: 1, -2: x, -3: y}
    return cose, lambda message: key.sign(message, ec.ECDSA(hashes.SHA256()))


def eddsa():
    key = ed25519.Ed25519PrivateKey.generate()
    return {1: 1, 3: -8, -1: 6, -2: key.public_key().public_bytes_raw()}, key.sign


def rs256():
    key = rsa.generate_private_key(65537, 2048)
    modulus = key.public_key().public_numbers().n.to_bytes(256, "big")
    cose = {1: 3, 3: -257, -1: modulus, -2: b"\x01\x00\x01"}
    return cose, lambda message: key.sign(message, padding.PKCS1v15(), hashes.SHA256())


def asserted(act, cose, sign, **changes):
    """Let a passkey sign the statement of an act, as a browser has it do."""
    statement = bytes.fromhex(changes.get("statement", fingerprint(act)))
    client = {
        "type": "webauthn.get",
        "challenge": base64.urlsafe_b64encode(statement).decode().rstrip("="),
        "origin": changes.get("origin", ORIGIN),
        "crossOrigin": False,
    }
    data = json.dumps(client).encode()
    given = hashlib.sha256(changes.get("rp_id", RP_ID).encode()).digest()
    given += bytes([changes.get("flags", VERIFIED)]) + bytes(4)
    signature = sign(given + hashlib.sha256(data).digest())
    assertion = {
        "credential": b"credential".hex(),
        "public_key": cbor.encode(cose).hex(),
        "client_data": data.decode(),
        "authenticator_data": given.hex(),
        "signature": signature.hex(),
        "rp_id": RP_ID,
        "origin": ORIGIN,
    }
    return {"level": "L3", "method": "passkey", "assertion": assertion}


def give_passkeys(opened, cose, sign, **changes) -> bytes:
    """Let both signers have used a passkey for the statements that they made."""
    _ = opened.body
    for act, step_up in zip(opened.receipt["signatures"], opened.step_ups, strict=True):
        step_up.update(asserted(act, cose, sign, **changes))
    opened.receipt["level"] = "L3"
    return opened.body


@pytest.mark.parametrize("make", [es256, eddsa, rs256])
def test_a_passkeys_signature_is_checked_against_its_own_key(opened, make) -> None:
    report = check(give_passkeys(opened, *make()))

    assert any("Passkey signatures: 2" in line for line in report.holds)
    assert "shown by a passkey (level 3)" in "\n".join(report.says)


@pytest.mark.parametrize("make", [es256, eddsa, rs256])
def test_a_passkeys_signature_over_anything_else_is_refused(opened, make) -> None:
    cose, sign = make()

    body = give_passkeys(opened, cose, lambda message: sign(message + b"!"))

    with pytest.raises(RefusedError, match="signature does not hold"):
        check(body)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"statement": "0" * 64}, "signed something else"),
        ({"origin": "https://elsewhere.example"}, "signed something else"),
        ({"rp_id": "elsewhere.example"}, "did not verify its person"),
        ({"flags": PRESENT}, "did not verify its person"),
    ],
)
def test_a_passkey_signs_this_statement_here_and_knows_its_person(opened, changes, words) -> None:
    with pytest.raises(RefusedError, match=words):
        check(give_passkeys(opened, *eddsa(), **changes))


def test_a_decision_that_one_signed_with_a_passkey(review, noon) -> None:
    world, round_ = review
    hana, key = world.cast.hana, give_passkey(world.cast.hana, noon)
    now = signing_facts(get_round(round_.pk), noon).now
    intent = begin_signing(
        round_id=round_.pk,
        wish=Wish(act=SigningAct.APPROVE),
        seen={"snapshot": now.snapshot, "terms": now.terms},
        session_ref=SESSION,
        actor=hana,
        at=noon,
    )
    answer = key.sign(bytes.fromhex(statement_digest(intent)), HERE)
    soon = noon + timedelta(seconds=20)
    presence = prove_by_passkey(
        nonce=intent.nonce, session_ref=SESSION, answer=answer, actor=hana, at=soon
    )
    sign_gate(presence=presence, actor=hana, at=soon)
    sign(world.cast.ivo, round_.pk, at=noon)

    report = check(receipt_of(Passage.objects.get()))

    assert any("Passkey signatures: 1" in line for line in report.holds)
    assert any("weaker signature: L1" in line for line in report.holds)


def test_the_highest_level_needs_the_passkeys_signature(opened) -> None:
    for step_up in opened.step_ups:
        step_up["level"] = "L3"
    opened.receipt["level"] = "L3"

    with pytest.raises(RefusedError, match="left no signature"):
        check(opened.body)


def test_a_covered_entry_is_proved_and_compared(passed, noon) -> None:
    made = checkpoint_due(at=noon + timedelta(hours=2))

    body = receipt_of(passed.passage)

    report = check(body)
    assert report.open == []
    assert any(f"one of the first {made.size}" in line for line in report.holds)
    known = check(body, checkpoint=made.note)
    assert any("reached you another way" in line for line in known.holds)


@pytest.mark.parametrize("around", ["{}", "{}\n", "The checkpoint of 14:00:\r\n\r\n{}\r\nYours"])
def test_a_checkpoint_is_found_in_the_mail_or_the_file_it_stands_in(passed, noon, around) -> None:
    made = checkpoint_due(at=noon + timedelta(hours=2))
    other = make_checkpoint(seq=made.size + 1, is_mailed=False, at=noon + timedelta(hours=3))
    body = receipt_of(passed.passage)

    for text in (made.note, f"{made.note}\n{other.note}\n"):
        known = check(body, checkpoint=around.format(text))
        assert any("reached you another way" in line for line in known.holds)


@pytest.mark.parametrize("text", ["a shopping list", "a\n7\nAA==\n\n\u2014 a b c d\n"])
def test_what_is_no_checkpoint_makes_no_receipt_false(passed, noon, text) -> None:
    checkpoint_due(at=noon + timedelta(hours=2))

    assert "cannot be read" in check(receipt_of(passed.passage), checkpoint=text).open[0]


def test_a_checkpoint_from_outside_shows_that_the_journal_was_rewritten(passed, noon) -> None:
    made = checkpoint_due(at=noon + timedelta(hours=2))
    body = receipt_of(passed.passage)
    root = base64.b64encode(bytes(made.root)).decode()
    another = base64.b64encode(bytes(32)).decode()

    with pytest.raises(RefusedError, match="the journal was rewritten"):
        check(body, checkpoint=made.note.replace(root, another))
    with pytest.raises(RefusedError, match="of another journal"):
        check(body, checkpoint=made.note.replace("counterpart/", "elsewhere/"))
    later = make_checkpoint(seq=made.size + 1, is_mailed=False, at=noon + timedelta(hours=3))
    assert "only checkpoints of one size" in check(body, checkpoint=later.note).open[0]


def test_one_key_follows_another_and_both_say_so(rotated) -> None:
    forged, alone = json.loads(rotated.body), json.loads(rotated.body)
    forged["keys"][1]["follows"]["old"] = forged["keys"][1]["follows"]["new"]
    alone["keys"][1]["follows"] = None

    report = check(rotated.body, key=rotated.new.key_id)

    assert any("each signed in by the one before it" in line for line in report.holds)
    with pytest.raises(RefusedError, match="was not signed in"):
        check(sealed(forged))
    with pytest.raises(RefusedError, match="follows none"):
        check(sealed(alone))


def test_a_key_that_was_stolen_and_changed_proves_nothing_any_more(rotated) -> None:
    """Whoever has it can copy how the next one followed, but not seal as the next one."""
    for known in ("", rotated.new.key_id):
        with pytest.raises(RefusedError, match="sealed by another key than the one in use"):
            check(sealed(json.loads(rotated.body), by=rotated.old), key=known)


def test_a_key_that_one_knows_is_no_proof_of_those_that_follow_it(body, rotated) -> None:
    with pytest.raises(RefusedError, match=f"an older one, and {rotated.new.key_id} follows it"):
        check(rotated.body, key=rotated.old.key_id)
    with pytest.raises(RefusedError, match="not the one in use"):
        check(body, key=rotated.new.key_id)


@given(st.integers(1, 200), st.data())
@settings(max_examples=40)
def test_the_way_to_the_root_is_that_of_the_tree(size, data) -> None:
    leaves = [hashlib.sha256(bytes([place])).digest() for place in range(size)]
    index = data.draw(st.integers(0, size - 1))
    path = tree.inclusion_proof(leaves, index)

    assert root_of(leaves[index], index, size, path) == tree.root(leaves)
    with pytest.raises(RefusedError):
        root_of(leaves[index], index, size, [*path, bytes(32)])
    if path:
        with pytest.raises(RefusedError):
            root_of(leaves[index], index, size, path[:-1])


@given(st.binary(max_size=80), st.integers(0, 511))
@settings(max_examples=20)
def test_our_own_ed25519_is_that_of_everybody(message, bit) -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    flipped = bytearray(signature)
    flipped[bit // 8] ^= 1 << bit % 8

    assert is_ed25519(public, message, signature)
    assert not is_ed25519(public, message + b".", signature)
    assert not is_ed25519(public, message, bytes(flipped))


def test_a_signature_of_another_spelling_is_none() -> None:
    """RFC 8032 asks for the smaller factor: the same signature plus the order is refused."""
    key = ed25519.Ed25519PrivateKey.generate()
    public, signature = key.public_key().public_bytes_raw(), key.sign(b"")
    factor = int.from_bytes(signature[32:], "little") + verify_receipt.ORDER

    assert not is_ed25519(public, b"", signature[:32] + factor.to_bytes(32, "little"))
    assert not is_ed25519(b"\xff" * 32, b"", signature)
    assert not is_ed25519(public, b"", signature[:63])
