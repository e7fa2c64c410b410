"""Receipts of every kind verify, and with one byte changed none does: 10,000 by `./dev prove`."""

import time
from random import Random

from journal.chain import commitment
from kernel.canonical import canonical, clean_text
from receipts.verify_receipt import RefusedError, check
from tests.proofs.reporting import report, trials
from tests.receipts.conftest import body, opened, passed, review

__all__ = ["body", "opened", "passed", "review"]  # the fixtures that these begin with

SHORT, LONG = 25, 10_000
SEED = 20261122
# What JSON, UTF-8 and UTF-16 treat in ways of their own.
LETTERS = 'a Z9"\\/\n\té\u0301ß\u2028\u00a0\ud7ff\ue000\uffff😀𝄞{}[]:,null'
IDENTITY = ("L1", "password"), ("L1", "password+totp")


def test_each_receipt_verifies_and_none_that_was_changed(opened) -> None:
    chance = Random(SEED)
    made, accepted, slowest = 0, [], 0.0
    for trial in trials(short=SHORT, long=LONG):
        vary(opened, chance)
        whole = opened.body
        begun = time.perf_counter()
        check(whole)
        slowest = max(slowest, time.perf_counter() - begun)
        changed = bytearray(whole)
        changed[chance.randrange(len(whole))] ^= chance.randrange(1, 256)
        if is_accepted(bytes(changed)):
            accepted.append(trial)
        made += 1
    report(
        "Receipts with one byte changed",
        [
            ("receipts made and verified", made, f"{LONG:,}"),
            ("accepted with one byte changed", len(accepted), "0"),
            ("slowest verification", f"{slowest:.2f} s", "under 1 s"),
        ],
    )
    assert accepted == []
    assert made


def is_accepted(data: bytes) -> bool:
    try:
        check(data)
    except RefusedError:
        return False
    return True


def vary(opened, chance: Random) -> None:
    """Let other people have said other things."""
    receipt, slots = opened.receipt, opened.snapshot["content"]["slots"]
    slot = chance.choice(slots)
    receipt["texts"].pop(slot["texts"], None)
    slot["texts"] = seal(receipt, {"answer": words(chance)}, chance)
    for said, step_up in zip(opened.statements, opened.step_ups, strict=True):
        receipt["texts"].pop(said["printed"], None)
        printed = {name: words(chance) for name in ("name", "title", "words")}
        said["printed"] = seal(receipt, printed, chance)
        said["nonce"] = f"{chance.getrandbits(256):064x}"
        step_up["level"], step_up["method"] = chance.choice(IDENTITY)
    receipt["organisation"]["name"] = words(chance)
    receipt["organisation"]["demonstration"] = chance.random() < 0.5
    receipt["journal"]["prev"] = f"{chance.getrandbits(256):064x}"


def seal(receipt, said, chance: Random) -> str:
    """Put a text into the receipt, or one that was erased, and return its commitment."""
    key, text = chance.randbytes(32), canonical(said).decode()
    name = commitment(key=key, text=text)
    is_erased = chance.random() < 0.2
    receipt["texts"][name] = None if is_erased else {"key": key.hex(), "text": text}
    return name


def words(chance: Random) -> str:
    return clean_text("".join(chance.choices(LETTERS, k=chance.randrange(30))))
