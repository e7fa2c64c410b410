"""A receipt is checked without us: every changed byte is refused, and so is every broken rule."""

import json
import os
import random
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from governance.queries.receipts import receipt_of
from journal.checkpoints import checkpoint_due
from journal.keys import key_id
from journal.operations import erase_text
from receipts import verify_receipt
from receipts.verify_receipt import RefusedError, check
from tests.receipts.conftest import WORDS, put, sealed

VERIFIER = Path(verify_receipt.__file__)
MUTANTS = 100
MAX = "0cd0d929-0000-4000-8000-000000000000"
DAY_BEFORE = "2026-12-02T12:00:00.000000Z"
# Refuses every socket before anything else runs, then verifies, and says how long that took.
ALONE = """
import sys, time, runpy
def no_network(event, arguments):
    if event.startswith("socket."):
        raise SystemExit(f"a socket was asked for: {event}")
sys.addaudithook(no_network)
sys.argv.pop(0)
begun = time.perf_counter()
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
finally:
    print("seconds", time.perf_counter() - begun)
"""


def alone(*arguments: object) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-I", "-c", ALONE, *map(str, arguments)]
    return subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)


def refusal(data: bytes) -> str:
    with pytest.raises(RefusedError) as refused:
        check(data)
    return str(refused.value)


def test_a_receipt_holds_and_says_what_was_decided(body) -> None:
    report = check(body)

    said = "\n".join(report.says)
    assert "AI-001, gate 1, round 1: passed 3 December 2026, 13:00:20 UTC" in said
    assert "Technology: Ivo Brandt, Chief Information Officer" in said
    assert WORDS in said
    assert "Condition, due 2027-01-02: Train the night shift first" in said
    assert any("I1, I2" in line for line in report.holds)


def test_the_same_decision_has_the_same_receipt(passed, body) -> None:
    assert receipt_of(passed.passage) == body


def test_any_changed_byte_is_refused(body) -> None:
    chance = random.Random(20261122)
    for _ in range(MUTANTS):
        place, changed = chance.randrange(len(body)), bytearray(body)
        changed[place] ^= chance.randrange(1, 256)
        refusal(bytes(changed))


SPELLINGS = [
    lambda data: data + b"\n",
    lambda data: b" " + data,
    lambda data: data.replace(b'","', b'", "', 1),
    lambda data: json.dumps(json.loads(data), indent=1).encode(),
    lambda data: data[:-1],
    lambda data: b"\xef\xbb\xbf" + data,
    lambda data: data.replace(b'"v":1}', b'"v":1,"v":1}', 1),
    lambda data: data.replace(b'"v":1}', b'"v":1.0}', 1),
    lambda data: data.replace(b'"v":1}', b'"v":true}', 1),
    lambda data: b"[" * 200_000,
    lambda data: b"\xff\xfe",
    lambda data: b"",
    lambda data: b"{}",
    lambda data: b"9" * 10_000,
]


@pytest.mark.parametrize("change", SPELLINGS)
def test_there_is_one_spelling_of_a_receipt(body, change) -> None:
    refusal(change(body))


def another_text(receipt) -> None:
    name = next(name for name, text in receipt["texts"].items() if text)
    receipt["texts"][name]["text"] += "!"


def another_entry(receipt) -> None:
    entry = json.loads(receipt["journal"]["body"])
    entry["data"]["decision"] = "0" * 64
    put(receipt, entry)


LIES = [
    (another_text, "not the one that was signed"),
    (another_entry, "about another decision"),
    (lambda it: it["texts"].update({"0" * 64: None}), "nobody signed"),
    (lambda it: it["journal"].update(leaf="0" * 64), "does not give its fingerprint"),
    (lambda it: it["journal"].update(seq=-1), "has no number"),
    (lambda it: it["journal"].update(body="[" * 200_000), "not as a receipt has it"),
    (lambda it: it["keys"][0].update(id="0" * 16), "its own name"),
    (lambda it: it["keys"].append(it["keys"][0]), "stands there twice"),
    (lambda it: it["snapshot"].update(digest="0" * 64), "fingerprint of the snapshot"),
    (lambda it: it["signatures"][0].update(signature="0" * 128), "does not hold"),
    (lambda it: it["signatures"].append(it["signatures"][0]), "exactly two signatures"),
    (lambda it: it.update(level="L3"), "stronger proof"),
    (lambda it: it.update(more=1), "incomplete"),
    (lambda it: it["commitments"].clear(), "not the conditions"),
    (lambda it: it["organisation"].update(id="another"), "do not belong together"),
]


@pytest.mark.parametrize(("change", "words"), LIES)
def test_an_installation_cannot_lie_about_what_was_signed(body, change, words) -> None:
    """It has its key, and can seal anything; what it cannot seal is what nobody signed."""
    receipt = json.loads(body)
    change(receipt)

    assert words in refusal(sealed(receipt))


def one_person(it) -> None:
    it.statements[1]["person"] = it.statements[0]["person"]


def one_side(it) -> None:
    it.statements[1]["side"] = it.statements[0]["side"]


def one_confirmation(it) -> None:
    it.statements[1]["nonce"] = it.statements[0]["nonce"]


def author_of(it) -> str:
    return it.snapshot["content"]["slots"][0]["author"]


def stand_in(it, **said) -> None:
    """Let somebody sign in the place of who signed for People."""
    said = {"instead_of": it.statements[1]["person"], "delegation": "7", **said}
    it.statements[1].update(capacity="delegate", **said)


def excused(it) -> None:
    """Let a point be waived, for the reason that stands in some text that was sealed."""
    stated = {"note": it.terms["conditions"][0]["text"], "valid_until": "2027-01-02"}
    it.snapshot["criteria"][0].update(excuse="waived", state="not_met", stated=stated)


def test_what_was_not_met_and_signed_nevertheless_is_told(opened) -> None:
    excused(opened)

    told = [line for line in check(opened.body).says if line.startswith("Not met, and signed so")]
    assert told[0].endswith(", waived until 2027-01-02: Train the night shift first")


def acting(it) -> None:
    """Let who signed for People have held the key for a while only."""
    it.statements[1]["capacity"] = "counter_signer"
    it.snapshot["seats"]["people"]["capacity"] = "counter_signer"


def test_whoever_holds_a_key_otherwise_than_in_office_is_named_so(opened) -> None:
    acting(opened)

    assert "Chief People Officer, counter signer; signed" in "\n".join(check(opened.body).says)


def sponsored(it, **said) -> None:
    """Let the sponsor decide in the place of who signed for People."""
    it.statements[1].update(capacity="sponsor", side="", act="go", person=MAX)
    named = it.decision["statements"]
    named["sponsor"] = named.pop("people")
    it.decision.update(resolution="sponsor", **said)


def test_whoever_signed_in_the_place_of_another_is_named_so(opened) -> None:
    stand_in(opened, person=MAX)

    assert ", for the holder of the office; signed" in "\n".join(check(opened.body).says)


def test_the_sponsor_may_decide_with_one_side_after_hearing_the_other(opened) -> None:
    condition = opened.terms["conditions"][0]["text"]  # some text that was sealed
    dissents = {"people": condition, "technology": "0" * 64}
    earlier = {"technology": [condition]}
    sponsored(
        opened,
        escalated_at=DAY_BEFORE,
        reply_until=DAY_BEFORE,
        dissents=dissents,
        earlier_dissents=earlier,
    )

    report = check(opened.body)
    assert any("One side and the sponsor approved it" in line for line in report.holds)
    assert any(line.startswith("Sponsor: ") for line in report.says)
    assert "Dissent of People: Train the night shift first" in report.says
    assert [line.partition(": ")[2] for line in report.says if "of Technology" in line] == [
        "Train the night shift first",
        "words erased",
    ]


@pytest.mark.parametrize("early", ["escalated_at", "reply_until"])
def test_the_sponsor_does_not_decide_before_the_other_side_could_answer(opened, early) -> None:
    times = {"escalated_at": DAY_BEFORE, "reply_until": DAY_BEFORE}
    sponsored(opened, **{**times, early: opened.decision["passed_at"].replace("20.", "21.")})

    assert "could answer" in refusal(opened.body)


def late(it) -> None:
    sponsored(it, escalated_at="9999-12-31T23:59:59.000000Z", reply_until=DAY_BEFORE)


BREAKS = [
    (late, "not as a receipt has it"),
    (one_person, "One person signed for both"),
    (one_side, "exactly two signatures"),
    (one_confirmation, "used for two signatures"),
    (lambda it: it.statements[0].update(act="decline"), "no approval"),
    (lambda it: it.statements[0].update(round=2), "something else"),
    (lambda it: it.statements[0].update(snapshot="0" * 64), "something else"),
    (lambda it: it.snapshot.update(gate="2"), "do not belong together"),
    (lambda it: it.snapshot["seats"].clear(), "not as a receipt has it"),
    (lambda it: it.snapshot["seats"]["people"].update(term="0"), "People might not"),
    (lambda it: it.statements[1].update(capacity="acting"), "People might not"),
    (lambda it: stand_in(it, person=MAX, delegation=""), "People might not"),
    (lambda it: stand_in(it, person=author_of(it)), "People might not"),
    (lambda it: stand_in(it, person=MAX, instead_of=MAX), "People might not"),
    (lambda it: it.decision.update(resolution="sponsor"), "without a side"),
    (lambda it: it.decision.update(resolution="clock"), "one signature of each side"),
    (lambda it: it.decision.update(passed_at="2026-12-03T11:00:00.000000Z"), "before it was"),
    (lambda it: it.step_ups[0].update(at="2026-12-03T11:59:00.000000Z"), "afresh"),
    (lambda it: it.step_ups[0].update(level="L9"), "unknown"),
    (lambda it: it.statements[0].update(made_at="noon"), "moment"),
    (lambda it: it.terms["conditions"][0].update(due_on="2030-01-01"), "not the conditions"),
]


@pytest.mark.parametrize(("change", "words"), BREAKS)
def test_what_breaks_a_rule_is_refused_though_everything_is_signed(opened, change, words) -> None:
    check(opened.body)

    change(opened)

    assert words in refusal(opened.body)


def test_the_signatures_of_the_erased_still_verify(passed, noon) -> None:
    for signature in passed.passage.round.signatures.all():
        printed = signature.intent.sealed
        erase_text(sealed=printed, actor=passed.world.cast.ada, reason="Asked to.", at=noon)

    body = receipt_of(passed.passage)

    report = check(body)
    assert any("2 were erased" in line for line in report.holds)
    assert "Technology: name erased" in "\n".join(report.says)
    assert WORDS.encode() not in body
    assert b"Ivo Brandt" not in body


def test_the_key_that_one_knows_is_compared(body) -> None:
    key = json.loads(body)["keys"][0]

    assert any(key["id"] in line for line in check(body).compare)
    for known in (key["id"], key["public"]):
        assert any(key["id"] in line for line in check(body, key=known).holds)
    with pytest.raises(RefusedError, match="not the one in use"):
        check(body, key="0" * 16)


def test_alone_without_a_network_it_takes_less_than_a_second(body, tmp_path) -> None:
    path = tmp_path / "receipt.json"
    path.write_bytes(body)

    answer = alone(VERIFIER, path)

    assert answer.returncode == 2, answer.stderr
    assert "NOT CHECKED TO ITS END" in answer.stdout
    assert "Fetch the receipt again" in answer.stdout
    assert float(answer.stdout.split()[-1]) < 1


def test_only_a_key_that_one_knows_makes_the_headline(passed, noon, tmp_path) -> None:
    """Whoever makes up a whole installation makes up its key: alone, a file is only whole."""
    checkpoint_due(at=noon + timedelta(hours=2))
    path = tmp_path / "receipt.json"
    path.write_bytes(receipt_of(passed.passage))

    unknown, known = alone(VERIFIER, path), alone(VERIFIER, path, "--key", key_id().upper())

    assert (unknown.returncode, known.returncode) == (0, 0), known.stdout
    assert unknown.stdout.startswith("IT HOLDS TOGETHER. Whose key it is, is yours to compare")
    assert known.stdout.startswith("THIS RECEIPT HOLDS.")


def test_the_command_refuses_in_words(body, tmp_path) -> None:
    path = tmp_path / "receipt.json"
    path.write_bytes(body.replace(b"Ivo Brandt", b"Ivo Brands"))

    answer = alone(VERIFIER, path)

    assert answer.returncode == 1, answer.stderr
    assert "REFUSED. Do not rely on this file." in answer.stdout
    assert alone(VERIFIER, tmp_path / "nothing.json").returncode == 2


@pytest.mark.parametrize(("change", "code"), [((b"", b""), 2), ((b"Brandt", b"Brands"), 1)])
def test_whoever_stops_reading_does_not_change_the_verdict(body, tmp_path, change, code) -> None:
    path = tmp_path / "receipt.json"
    path.write_bytes(body.replace(*change))
    reader, writer = os.pipe()
    os.close(reader)

    words = [sys.executable, "-I", VERIFIER, path]
    answer = subprocess.run(
        words, stdout=writer, stderr=subprocess.PIPE, text=True, check=False, timeout=60
    )
    os.close(writer)

    assert (answer.returncode, answer.stderr) == (code, "")


@pytest.mark.parametrize(("change", "code"), [((b"", b""), 2), ((b"Brandt", b"Brands"), 1)])
@pytest.mark.parametrize("told", [">&-", ">/dev/full"])
def test_where_nothing_can_be_told_the_verdict_stands(body, tmp_path, told, change, code) -> None:
    path = tmp_path / "receipt.json"
    path.write_bytes(body.replace(*change))

    answer = subprocess.run(
        ["/bin/sh", "-c", f'"$0" -I "$1" "$2" {told}', sys.executable, VERIFIER, path],
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        timeout=60,
    )

    assert (answer.returncode, answer.stderr) == (code, "")


def test_a_file_that_never_ends_is_not_read_to_its_end() -> None:
    answer = alone(VERIFIER, Path("/dev/zero"))

    assert answer.returncode == 1, answer.stderr
    assert "far larger than any receipt" in answer.stdout


def test_a_mail_with_one_endless_line_is_looked_through_at_once(body) -> None:
    report = check(body, checkpoint="x" * 4_000_000)

    assert any("Your checkpoint cannot be read" in line for line in report.open)


def test_a_terminal_that_lacks_a_letter_shows_its_number(tmp_path) -> None:
    ascii_only = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}

    answer = subprocess.run(
        [sys.executable, VERIFIER, tmp_path / "nö.json"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=ascii_only,
    )

    assert (answer.returncode, answer.stderr) == (2, "")
    assert r"n\xf6.json" in answer.stdout


def test_a_name_does_not_steer_the_terminal_nor_turn_its_line_round() -> None:
    name = "Ivo\x1b[2J\r\x9b\u202eTHIS\u2066\nTHIS RECEIPT HOLDS.\u200b Müller 李"

    told = verify_receipt.told(verify_receipt.Report(says=[name]), is_key_known=True)

    [_, _, _, *said] = told.splitlines()
    assert said == [
        r"  - Ivo\u001b[2J\u000d\u009b\u202eTHIS\u2066",
        r"    THIS RECEIPT HOLDS.\u200b Müller 李",
    ]
