#!/usr/bin/env python3
"""Check a receipt of Counterpart: what two people signed, and the proof that they did.

    python3 verify_receipt.py receipt.json
    python3 verify_receipt.py receipt.json --key 4f5a9c0d21e7b683 --checkpoint mailed.txt

One file, nothing to install, no network: it reads what it is given and nothing else. It ends with
0 when everything holds, with 1 when the receipt is refused, and with 2 when it could not be
checked to its end. Without --key, 0 means that it holds together: whose key it is, you compare.
What each check means is in docs/receipts.md of the product.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import hmac
import json
import os
import re
import sys
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

HOLDS, REFUSED, NOT_TO_THE_END = 0, 1, 2
LARGEST = 64 * 1024 * 1024
LARGEST_INTEGER = 2**53 - 1
LIFETIME = timedelta(minutes=5)
COOLING = timedelta(hours=24)
SIDES = {"technology": "Technology", "people": "People"}
SPONSOR = "sponsor"
PRESENT_AND_VERIFIED = 0b101
WHO = {**SIDES, SPONSOR: "Sponsor"}
APPROVALS = ("approve", "approve_with_terms")
BOUND = ("org", "initiative", "gate", "round", "snapshot", "terms", "edition")
LEVELS = ("L1", "L2", "L3")
METHODS = {
    "password": "a password",
    "password+totp": "a password and a code",
    "passkey": "a passkey",
}

DIGEST = re.compile(r"[0-9a-f]{64}")
SIGNATURE = re.compile(r"[0-9a-f]{128}")
KEY_ID = re.compile(r"[0-9a-f]{16}")
HEX = re.compile(r"([0-9a-f]{2})+")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
QUOTED_DIGEST = re.compile(r'"([0-9a-f]{64})"')

FROZEN = {"body": str, "digest": DIGEST}
ACT = {
    "statement": str,
    "step_up": dict,
    "signed_at": MOMENT,
    "key": KEY_ID,
    "signature": SIGNATURE,
}
RECEIPT = {
    "v": 1,
    "type": "counterpart.receipt",
    "organisation": {"id": str, "name": str, "demonstration": bool},
    "snapshot": FROZEN,
    "terms": FROZEN,
    "decision": FROZEN,
    "edition": DIGEST,
    "signatures": [ACT],
    "dissent": [ACT],
    "commitments": [{"id": int, "condition": str, "owner": str, "due_on": str, "text": DIGEST}],
    "texts": dict,
    "keys": [
        {
            "id": KEY_ID,
            "public": DIGEST,
            "added_at": MOMENT,
            "follows": (
                None,
                {"key": KEY_ID, "statement": str, "old": SIGNATURE, "new": SIGNATURE},
            ),
        }
    ],
    "journal": {"seq": int, "prev": DIGEST, "body": str, "leaf": DIGEST},
    "checkpoint": (None, {"note": str, "path": [DIGEST]}),
    "level": str,
    "legal": str,
    "seal": {"key": KEY_ID, "signature": SIGNATURE},
}
ASSERTION = {
    "credential": HEX,
    "public_key": HEX,
    "client_data": str,
    "authenticator_data": HEX,
    "signature": HEX,
    "rp_id": str,
    "origin": str,
}


class RefusedError(Exception):
    """The receipt is not true; the words say what does not hold."""


@dataclass
class Report:
    """What the receipt says, what was found to hold, and what could not be checked."""

    says: list[str] = field(default_factory=list)
    holds: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    compare: list[str] = field(default_factory=list)


def main(arguments: list[str]) -> int:
    """Check one file and say in words what was found, to whoever still reads."""
    code, words = _verdict(_asked(arguments))
    try:
        print(words, flush=True)
    except OSError:  # the reader has read enough, or the disk is full: what was found stands
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


def _verdict(asked: argparse.Namespace) -> tuple[int, str]:
    """Return the code to end with, and all that there is to say."""
    try:
        data = _bytes_of(asked.receipt)
        checkpoint = _bytes_of(asked.checkpoint).decode("utf-8") if asked.checkpoint else ""
    except (OSError, UnicodeDecodeError) as problem:
        return NOT_TO_THE_END, f"NOT CHECKED. A file cannot be read: {problem}"
    try:
        report = check(data, key=asked.key, checkpoint=checkpoint)
    except RefusedError as refused:
        return REFUSED, f"REFUSED. Do not rely on this file.\n\n  {_plain(str(refused))}"
    except MemoryError:
        return NOT_TO_THE_END, "NOT CHECKED. This computer has too little memory for the file."
    words = told(report, is_key_known=bool(asked.key.strip()))
    return NOT_TO_THE_END if report.open else HOLDS, words


def _bytes_of(name: str) -> bytes:
    """Return what a file holds, and one byte too many of one that never ends."""
    with Path(name).open("rb") as file:
        return file.read(LARGEST + 1)


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="Check a receipt of Counterpart, without any network.",
        epilog="Ends with 0: everything holds, under the key given by --key; without it, under a"
        " key that you must compare. 1: refused. 2: not checked to its end.",
    )
    parser.add_argument("receipt", help="the receipt, a JSON file")
    parser.add_argument(
        "--key", default="", help="the organisation's key in use, as you know it: 16 or 64 digits"
    )
    parser.add_argument(
        "--checkpoint", default="", help="a file with a checkpoint that reached you another way"
    )
    return parser.parse_args(arguments)


def told(report: Report, *, is_key_known: bool) -> str:
    """Return what was found, line by line."""
    if report.open:
        lines = ["NOT CHECKED TO ITS END. What could be checked holds."]
    elif is_key_known:
        lines = ["THIS RECEIPT HOLDS."]
    else:
        lines = [
            "IT HOLDS TOGETHER. Whose key it is, is yours to compare: see the end, or use --key."
        ]
    for title, found in (
        ("What could not be checked", report.open),
        ("What it says", report.says),
        ("What was checked", report.holds),
        ("What is left to you", report.compare),
    ):
        if found:
            lines += ["", title, *(f"  - {_plain(one)}" for one in found)]
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Write out what steers a terminal or turns the writing round: names come from outside."""
    shown = (one if one.isprintable() or one == "\n" else f"\\u{ord(one):04x}" for one in text)
    return "".join(shown).replace("\n", "\n    ")


def check(data: bytes, *, key: str = "", checkpoint: str = "") -> Report:
    """Check a receipt; what is known from elsewhere is compared with what it carries.

    :raises RefusedError: with the first thing that does not hold.
    """
    report = Report()
    try:
        receipt = _read(data)
        for step in STEPS:
            report.holds.append(step(receipt))
        _prove(receipt, report)
        _compare(receipt, report, key.strip().lower(), checkpoint)
        _say(receipt, report)
    except UNREADABLE as problem:
        raise RefusedError(f"Something in it is not as a receipt has it ({problem!r}).") from None
    return report


UNREADABLE = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RecursionError,
)


def _require(is_so: object, words: str) -> None:
    if not is_so:
        raise RefusedError(words)


# Reading: one meaning has exactly one spelling (RFC 8785), so any changed byte is seen.


def _read(data: bytes) -> dict[str, Any]:
    """Read the file strictly: canonical bytes, known names, nothing left out or added."""
    _require(len(data) <= LARGEST, "The file is far larger than any receipt.")
    try:
        receipt = _parsed(data)
    except (ValueError, RecursionError):
        raise RefusedError("The file is no JSON as a receipt is written.") from None
    _require(
        canonical(receipt) == data,
        "The bytes are not the one exact spelling of a receipt. Somebody or something has changed"
        " the file: get the original again, and do not save it with an editor.",
    )
    _fit(receipt, RECEIPT, "The receipt")
    return dict(receipt)


def _parsed(data: bytes) -> Any:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = dict(pairs)
        if len(names) != len(pairs):
            raise ValueError("a name stands twice")
        return names

    def never(_: str) -> None:
        raise ValueError("a number that receipts do not hold")

    return json.loads(
        data.decode("utf-8"), object_pairs_hook=once, parse_float=never, parse_constant=never
    )


def canonical(value: Any) -> bytes:
    """Return the RFC 8785 bytes of a value without fractions."""
    text = json.dumps(_sorted(value), ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8")


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return {name: _sorted(value[name]) for name in names}
    if isinstance(value, list):
        return [_sorted(one) for one in value]
    if isinstance(value, int) and abs(value) > LARGEST_INTEGER:
        raise ValueError("a number beyond 2**53 - 1")
    return value


def _fit(value: Any, shape: Any, place: str) -> None:
    """Hold a value to its shape: exactly these names, and of each the right kind."""
    if isinstance(shape, dict):
        _require(isinstance(value, dict) and set(value) == set(shape), f"{place} is incomplete.")
        for name, part in shape.items():
            _fit(value[name], part, f"{place}: {name}")
    elif isinstance(shape, list):
        _require(isinstance(value, list), f"{place} is no list.")
        for one in value:
            _fit(one, shape[0], place)
    elif isinstance(shape, tuple):
        if value is not None:
            _fit(value, shape[1], place)
    else:
        _require(_is_of(value, shape), f"{place} is not as a receipt has it.")


def _is_of(value: Any, shape: Any) -> bool:
    if isinstance(shape, re.Pattern):
        return isinstance(value, str) and shape.fullmatch(value) is not None
    if isinstance(shape, type):
        return type(value) is shape
    return bool(type(value) is type(shape) and value == shape)


def _body(frozen: dict[str, Any]) -> dict[str, Any]:
    """Return what frozen bytes say."""
    said: dict[str, Any] = _parsed(frozen["body"].encode("utf-8"))
    return said


def digest(data: bytes) -> str:
    """Return the SHA-256 as 64 digits."""
    return hashlib.sha256(data).hexdigest()


def wrapped(kind: str, body: bytes) -> bytes:
    """Return bytes with their kind and lengths before them, as they are signed."""
    return b"counterpart/v1 %d %b %d %b" % (len(kind), kind.encode("ascii"), len(body), body)


# The steps. Each gives the words for what it found to hold.


def _keys(receipt: dict[str, Any]) -> str:
    """Hold each public key to its name, and each name to one key."""
    keys = receipt["keys"]
    for one in keys:
        named = digest(bytes.fromhex(one["public"]))[:16]
        _require(named == one["id"], f"The key {one['id']} does not bear its own name.")
    _require(keys and len({one["id"] for one in keys}) == len(keys), "A key stands there twice.")
    for before, one in zip([None, *keys], keys, strict=False):
        _follow(receipt, before, one)
    told = "each signed in by the one before it" if len(keys) > 1 else "under its own name"
    return f"{len(keys)} public key{'s' if len(keys) > 1 else ''} of the installation, {told}"


def _follow(receipt: dict[str, Any], before: dict[str, Any] | None, one: dict[str, Any]) -> None:
    """Hold a key to the statement by which it follows the one before, signed by both."""
    follows = one["follows"]
    if before is None:
        _require(follows is None, "The first key follows none.")
        return
    _require(follows and follows["key"] == before["id"], f"The key {one['id']} follows none.")
    message = wrapped("key change", follows["statement"].encode("utf-8"))
    said = _parsed(follows["statement"].encode("utf-8"))
    _require(
        (said["old"], said["new"]) == (before["public"], one["public"])
        and _is_signed_by(receipt, before["id"], message, follows["old"])
        and _is_signed_by(receipt, one["id"], message, follows["new"]),
        f"The key {one['id']} was not signed in by the one before it.",
    )


def _seal(receipt: dict[str, Any]) -> str:
    """Hold the whole file to the installation's signature over it, by its newest key.

    An older key may have been changed because it was stolen: it seals nothing any more.
    """
    seal = receipt["seal"]
    newest = receipt["keys"][-1]["id"]
    _require(
        seal["key"] == newest,
        f"It is sealed by another key than the one in use, {newest}. Get the receipt again from"
        " the organisation: each is sealed when it is fetched.",
    )
    rest = {name: value for name, value in receipt.items() if name != "seal"}
    message = wrapped("receipt", canonical(rest))
    _require(
        _is_signed_by(receipt, seal["key"], message, seal["signature"]),
        "The installation did not seal this file as it stands: something in it was changed.",
    )
    return f"The whole file is sealed by the key {seal['key']}; not a letter was changed since"


def _is_signed_by(receipt: dict[str, Any], key: str, message: bytes, signature: str) -> bool:
    public = next((one["public"] for one in receipt["keys"] if one["id"] == key), None)
    if public is None:
        return False
    return is_ed25519(bytes.fromhex(public), message, bytes.fromhex(signature))


def _frozen(receipt: dict[str, Any]) -> str:
    """Hold the frozen bytes to their fingerprints."""
    for name in ("snapshot", "terms", "decision"):
        body = receipt[name]["body"].encode("utf-8")
        _require(
            digest(body) == receipt[name]["digest"],
            f"The fingerprint of the {name} is another than the one it is said to have.",
        )
        _require(canonical(_parsed(body)) == body, f"The bytes of the {name} are not canonical.")
    return "Text, conditions and decision give exactly the fingerprints that were signed"


def _texts(receipt: dict[str, Any]) -> str:
    """Hold every opened text to the commitment that stands in the signed bytes."""
    bodies = [receipt[name]["body"] for name in ("snapshot", "terms", "decision")]
    bodies += [one["statement"] for one in (*receipt["signatures"], *receipt["dissent"])]
    signed = {one for body in bodies for one in QUOTED_DIGEST.findall(body)}
    for name, opened in receipt["texts"].items():
        _require(name in signed, "It shows a text that nobody signed.")
        if opened is None:
            continue
        _fit(opened, {"key": DIGEST, "text": str}, "A text")
        key, text = bytes.fromhex(opened["key"]), opened["text"].encode("utf-8")
        is_so = hmac.compare_digest(hmac.new(key, text, hashlib.sha256).hexdigest(), name)
        _require(is_so, "A text is not the one that was signed.")
    erased = sum(one is None for one in receipt["texts"].values())
    told = f"Each of {len(receipt['texts']) - erased} texts is the one that was signed"
    return told + (f"; {erased} were erased, and what was signed still stands" if erased else "")


def _statements(receipt: dict[str, Any]) -> str:
    """Hold each statement to the installation's signature, with the proof of identity in it."""
    for one in (*receipt["signatures"], *receipt["dissent"]):
        said = _stated(one)
        _require(canonical(said) == one["statement"].encode("utf-8"), "A statement is not exact.")
        message = {
            "v": 1,
            "statement": fingerprint(one),
            "step_up": one["step_up"],
            "signed_at": one["signed_at"],
        }
        _require(
            _is_signed_by(
                receipt, one["key"], wrapped("signature", canonical(message)), one["signature"]
            ),
            f"The signature for {WHO.get(_voice(said), 'somebody')} does not hold.",
        )
    return "Each signature holds: who signed, what, when, and how it was shown who it was"


def fingerprint(one: dict[str, Any]) -> str:
    """Return the SHA-256 of a statement in its typed envelope: what was signed."""
    return digest(wrapped("statement", one["statement"].encode("utf-8")))


def _stated(one: dict[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = _parsed(one["statement"].encode("utf-8"))
    return said


def _two_people(receipt: dict[str, Any]) -> str:
    """I1 and I2: one approval of each side, or of one and the sponsor, by two different people."""
    decision = _body(receipt["decision"])
    said = [_stated(one) for one in receipt["signatures"]]
    signed = {_voice(_stated(one)): fingerprint(one) for one in receipt["signatures"]}
    _require(len(said) == len(signed) == 2, "It does not carry exactly two signatures.")
    _require(
        signed == decision["statements"],
        "The decision does not rest on the signatures that it carries.",
    )
    for one in said:
        wanted = ("go",) if _voice(one) == SPONSOR else APPROVALS
        _require(one["act"] in wanted, f"The statement for {WHO[_voice(one)]} is no approval.")
    _require(said[0]["person"] != said[1]["person"], "One person signed for both.")
    if decision["resolution"] == SPONSOR:
        return _overruled(decision, signed)
    _require(
        decision["resolution"] == "cosign" and set(signed) == set(SIDES),
        "It does not carry one signature of each side.",
    )
    return "Two sides and two different people approved it, one signature each (I1, I2)"


def _voice(said: dict[str, Any]) -> str:
    """Return for whom a statement speaks: a side, or the sponsor."""
    voice: str = SPONSOR if said["capacity"] == SPONSOR else said["side"]
    return voice


def _overruled(decision: dict[str, Any], signed: dict[str, str]) -> str:
    """T16: the sponsor lets it pass on one side's signature, after hearing the other."""
    _require(
        SPONSOR in signed and set(signed) - {SPONSOR} <= set(SIDES),
        "The sponsor decided without a side that had signed.",
    )
    passed = _moment(decision["passed_at"])
    _require(
        passed >= _moment(decision["escalated_at"]) + COOLING
        and passed >= _moment(decision["reply_until"]),
        "The sponsor decided before the other side could answer.",
    )
    return "One side and the sponsor approved it, two different people; the other side dissented"


def _same_thing(receipt: dict[str, Any]) -> str:
    """I3 and I10: statements, text and decision are about one and the same thing."""
    decision, snapshot = _body(receipt["decision"]), _body(receipt["snapshot"])
    about = {name: decision[name] for name in BOUND}
    for one in receipt["signatures"]:
        said = _stated(one)
        _require(
            {name: said[name] for name in BOUND} == about,
            f"The signature for {WHO[_voice(said)]} is about something else.",
        )
        _require(one["signed_at"] <= decision["passed_at"], "It was decided before it was signed.")
    same = ("org", "initiative", "gate", "round", "edition", "previous")
    _require(
        all(snapshot[name] == decision[name] for name in same)
        and (about["org"], about["edition"]) == (receipt["organisation"]["id"], receipt["edition"])
        and about["snapshot"] == receipt["snapshot"]["digest"]
        and about["terms"] == receipt["terms"]["digest"],
        "Text, conditions and decision do not belong together.",
    )
    return "Both signed the same text, conditions, round and edition of the playbook (I3)"


def _independence(receipt: dict[str, Any]) -> str:
    """I6, and who spoke for a side: holders of the office as the frozen text names them."""
    snapshot = _body(receipt["snapshot"])
    said = [_stated(one) for one in receipt["signatures"]]
    signers = {one["person"] for one in said}
    for slot in snapshot["content"]["slots"]:
        _require(signers != {slot["author"]}, "A contribution was signed by its author alone.")
    for one in said:
        _require(
            _speaks_for_its_side(one, snapshot), f"Who signed for {WHO[_voice(one)]} might not."
        )
    return "Each contribution has a signer who did not write it; each might sign (I5, I6)"


def _speaks_for_its_side(said: dict[str, Any], snapshot: dict[str, Any]) -> bool:
    """Hold who signed to the offices as the frozen text names them; the sponsor has no side."""
    if said["capacity"] == SPONSOR:
        return True
    seat = snapshot["seats"][said["side"]]
    if said["capacity"] != "delegate":
        held = (seat["person"], seat["term"], seat.get("capacity", "seat"))
        return held == (said["person"], said["term"], said["capacity"])
    authors = {slot["author"] for slot in snapshot["content"]["slots"]}
    return (
        (seat["person"], seat["term"]) == (said["instead_of"], said["term"])
        and said["person"] not in {said["instead_of"], *authors}
        and bool(said["delegation"])
    )


def _presence(receipt: dict[str, Any]) -> str:
    """I7: each signature has its own confirmation, newer than its statement, within minutes."""
    for one in (*receipt["signatures"], *receipt["dissent"]):
        made, proved, signed = (
            _moment(at) for at in (_stated(one)["made_at"], one["step_up"]["at"], one["signed_at"])
        )
        _require(
            made <= proved <= signed <= made + LIFETIME,
            "A signature was not confirmed afresh for its own statement.",
        )
    nonces = [_stated(one)["nonce"] for one in (*receipt["signatures"], *receipt["dissent"])]
    _require(len({*nonces}) == len(nonces), "One confirmation was used for two signatures.")
    return "Each signer confirmed who they are afresh, for just this statement (I7)"


def _passkeys(receipt: dict[str, Any]) -> str:
    """S3: where a passkey signed, it signed this very statement, with its person verified."""
    acts = (*receipt["signatures"], *receipt["dissent"])
    for one in acts:
        assertion = one["step_up"].get("assertion")
        _require(assertion or one["step_up"]["level"] != "L3", "A passkey left no signature.")
        if assertion:
            _passkey(assertion, one)
    many = sum("assertion" in one["step_up"] for one in acts)
    if not many:
        return "No passkey was used: that the signers were there is the installation's word"
    return f"Passkey signatures: {many}; each is by the signer's own key over this very statement"


def _passkey(assertion: dict[str, Any], one: dict[str, Any]) -> None:
    _fit(assertion, ASSERTION, "A passkey's signature")
    client = _parsed_freely(assertion["client_data"])
    statement = bytes.fromhex(fingerprint(one))
    challenge = base64.urlsafe_b64encode(statement).decode().rstrip("=")
    _require(
        (client["type"], client["challenge"], client["origin"])
        == ("webauthn.get", challenge, assertion["origin"])
        and client.get("crossOrigin", False) is False,
        "A passkey signed something else.",
    )
    given = bytes.fromhex(assertion["authenticator_data"])
    _require(
        given[:32] == hashlib.sha256(assertion["rp_id"].encode("utf-8")).digest()
        and given[32] & PRESENT_AND_VERIFIED == PRESENT_AND_VERIFIED,
        "A passkey did not verify its person for this installation.",
    )
    message = given + hashlib.sha256(assertion["client_data"].encode("utf-8")).digest()
    key, signature = bytes.fromhex(assertion["public_key"]), bytes.fromhex(assertion["signature"])
    _require(is_signed_by_passkey(key, message, signature), "A passkey's signature does not hold.")


def _parsed_freely(text: str) -> Any:
    """Read the browser's JSON, which is spelled as the browser likes."""
    return json.loads(text)


def _moment(text: str) -> datetime:
    _require(MOMENT.fullmatch(text), "A moment is not written as moments are.")
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%f%z")


def _commitments(receipt: dict[str, Any]) -> str:
    """I17: each signed condition became exactly one commitment."""
    names = ("owner", "due_on", "text")
    signed = {
        one["key"]: [one[name] for name in names]
        for one in _body(receipt["terms"]).get("conditions", [])
    }
    owed = {one["condition"]: [one[name] for name in names] for one in receipt["commitments"]}
    _require(
        signed == owed and len(owed) == len(receipt["commitments"]),
        "The commitments are not the conditions that were signed.",
    )
    if not owed:
        return "It was signed without conditions"
    return f"Conditions signed: {len(owed)}; each became exactly one commitment (I17)"


def _level(receipt: dict[str, Any]) -> str:
    """Hold the level of proof to the weaker of the two signatures."""
    levels = [one["step_up"]["level"] for one in receipt["signatures"]]
    _require({*levels} <= {*LEVELS}, "A level of proof is unknown.")
    _require(receipt["level"] == min(levels), "It claims a stronger proof of identity than it has.")
    return f"The level of proof is that of its weaker signature: {receipt['level']}"


def _entry(receipt: dict[str, Any]) -> str:
    """Hold the entry of the journal to the decision, and to its own fingerprint."""
    kept, decision = receipt["journal"], _body(receipt["decision"])
    body = kept["body"].encode("utf-8")
    said = _parsed(body)
    _require(canonical(said) == body, "The bytes of the journal entry are not canonical.")
    _require(kept["seq"] > 0, "The journal entry has no number.")
    told = (said["seq"], said["org"], said["kind"], said["data"]["decision"], said["at"])
    wanted = (
        kept["seq"],
        decision["org"],
        "gate.passed",
        receipt["decision"]["digest"],
        decision["passed_at"],
    )
    _require(told == wanted, "The journal entry is about another decision.")
    leaf = b"\x00" + bytes.fromhex(kept["prev"]) + kept["seq"].to_bytes(8, "big") + body
    _require(digest(leaf) == kept["leaf"], "The journal entry does not give its fingerprint.")
    return f"Entry {kept['seq']} of the journal tells of this decision and gives its fingerprint"


STEPS = (
    _keys,
    _seal,
    _frozen,
    _texts,
    _statements,
    _two_people,
    _same_thing,
    _independence,
    _presence,
    _passkeys,
    _commitments,
    _level,
    _entry,
)


# The proof: from the entry to the root of the journal's tree, and to the signed checkpoint.


@dataclass(frozen=True)
class Note:
    """A checkpoint as it is published: whose journal, how many entries, and the root over them."""

    origin: str
    size: int
    root: bytes
    signed: bytes
    signatures: list[tuple[str, bytes, bytes]]


def _prove(receipt: dict[str, Any], report: Report) -> None:
    """Lead the journal entry to a checkpoint that the installation signed."""
    proof, kept = receipt["checkpoint"], receipt["journal"]
    if proof is None:
        report.open.append(
            "No checkpoint covers the journal entry yet. Fetch the receipt again in an hour."
        )
        return
    note = read_note(proof["note"])
    _require(
        note.origin == f"counterpart/journal/{receipt['organisation']['id']}",
        "The checkpoint is of another journal.",
    )
    path = [bytes.fromhex(one) for one in proof["path"]]
    root = root_of(bytes.fromhex(kept["leaf"]), kept["seq"] - 1, note.size, path)
    _require(root == note.root, "The entry does not lead to the root of the checkpoint.")
    _require(
        any(_signed_note(note, one) for one in receipt["keys"]),
        "The checkpoint is not signed by a key of this installation.",
    )
    report.holds.append(
        f"The entry is one of the first {note.size} of the journal, under a signed checkpoint"
    )


def read_note(text: str) -> Note:
    """Read a checkpoint in the form of C2SP tlog-checkpoint."""
    body, _, rest = text.partition("\n\n")
    lines = body.split("\n")
    _require(len(lines) == 3 and lines[0] and rest.endswith("\n"), "A checkpoint is unreadable.")
    _require(re.fullmatch("0|[1-9][0-9]{0,15}", lines[1]), "A checkpoint has no size.")
    signatures = []
    for line in rest[:-1].split("\n"):
        dash, name, coded = line.split(" ")
        _require(dash == "\u2014", "A checkpoint has a line that is no signature.")
        raw = _base64(coded)
        signatures.append((name, raw[:4], raw[4:]))
    signed = (body + "\n").encode("utf-8")
    return Note(lines[0], int(lines[1]), _base64(lines[2]), signed, signatures)


def _signed_note(note: Note, key: dict[str, Any]) -> bool:
    public = bytes.fromhex(key["public"])
    for name, key_hash, signature in note.signatures:
        named = name.encode("utf-8") + b"\n\x01" + public
        is_hers = hashlib.sha256(named).digest()[:4] == key_hash
        if is_hers and is_ed25519(public, note.signed, signature):
            return True
    return False


def _base64(text: str) -> bytes:
    """Read base64, where the last letter has only one right spelling."""
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error:
        raise RefusedError("A checkpoint is not written as checkpoints are.") from None
    _require(base64.b64encode(data).decode() == text, "A checkpoint is not written exactly.")
    return data


def root_of(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """Return the root that an inclusion proof leads to (RFC 9162, 2.1.3.2)."""
    _require(0 <= index < size, "The entry is younger than the checkpoint.")
    place, last, root = index, size - 1, leaf
    for beside in path:
        _require(last, "The way to the root is too long.")
        if place & 1 or place == last:
            root = hashlib.sha256(b"\x01" + beside + root).digest()
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            root = hashlib.sha256(b"\x01" + root + beside).digest()
        place, last = place >> 1, last >> 1
    _require(last == 0, "The way to the root is too short.")
    return root


# What was learnt another way: only that shows whose keys these are.


def _compare(receipt: dict[str, Any], report: Report, key: str, checkpoint: str) -> None:
    *older, newest = receipt["keys"]
    if key:
        _require(
            all(key not in (one["id"], one["public"]) for one in older),
            f"The key that you know is an older one, and {newest['id']} follows it. Ask the"
            " organisation another way for the key in use: a stolen one could name any.",
        )
        _require(
            key in (newest["id"], newest["public"]),
            "The key that you know is not the one in use. If the organisation has changed its key"
            " since, get the receipt again.",
        )
        report.holds.append(f"The key that you know, {newest['id']}, is the one in use")
    else:
        report.compare.append(
            "Whose key is it? The receipt brings it along, and anybody can make one. Compare it"
            " with the organisation's, as it reached you another way (on paper, by mail):"
            f" {newest['id']}"
        )
    if checkpoint.strip():
        _compare_notes(receipt, report, _notes_in(checkpoint))


# A checkpoint as it stands in a mail, or in a file of many. Looked for where a line begins alone:
# else a line of a million letters takes an hour.
NOTE = re.compile("(?m)^[^\n]+\n[0-9]+\n[^\n]+\n\n(?:\u2014 [^\n]+\n)+")


def _notes_in(text: str) -> list[Note]:
    """Read the checkpoints that somebody has, among whatever else stands there."""
    lines = "".join(f"{line.strip()}\n" for line in text.splitlines())
    try:
        return [read_note(one) for one in NOTE.findall(lines)]
    except (RefusedError, *UNREADABLE):
        return []


def _compare_notes(receipt: dict[str, Any], report: Report, known: list[Note]) -> None:
    """Hold the receipt's checkpoint to those that the installation cannot take back."""
    proof = receipt["checkpoint"]
    if not known:
        report.open.append("Your checkpoint cannot be read: give it as it was mailed or published.")
        return
    if proof is None:
        report.open.append("The receipt has no checkpoint yet to compare with yours.")
        return
    note = read_note(proof["note"])
    ours = [one for one in known if one.origin == note.origin]
    _require(ours, "Your checkpoint is of another journal.")
    same = [one for one in ours if one.size == note.size]
    if not same:
        sizes = f"{ours[-1].size}" if len(ours) == 1 else "other numbers of"
        report.open.append(
            f"What you have covers {sizes} entries, the receipt's checkpoint {note.size}: only"
            " checkpoints of one size can be compared here."
        )
        return
    _require(
        all(one.root == note.root for one in same),
        "Your checkpoint has another root: the journal was rewritten.",
    )
    report.holds.append("The checkpoint is the one that reached you another way")


# What it says, in words.


def _say(receipt: dict[str, Any], report: Report) -> None:
    decision = _body(receipt["decision"])
    who = receipt["organisation"]
    demonstration = " (A DEMONSTRATION: invented people)" if who["demonstration"] else ""
    report.says.append(f"{who['name']}{demonstration}")
    verdict = f", verdict: {decision['verdict']}" if decision["verdict"] else ""
    report.says.append(
        f"{decision['initiative']}, gate {decision['gate']}, round {decision['round']}:"
        f" passed {_printed(decision['passed_at'])}{verdict}"
    )
    for one in receipt["signatures"]:
        report.says.append(_signer(receipt, one))
    for condition in _body(receipt["terms"]).get("conditions", []):
        words = _opened(receipt, condition["text"]).get("text", "words erased")
        report.says.append(f"Condition, due {condition['due_on']}: {words}")
    for one in _body(receipt["snapshot"])["criteria"]:
        if one.get("excuse"):
            report.says.append(_excused(receipt, one))
    for side, last in decision.get("dissents", {}).items():
        for name in (*decision.get("earlier_dissents", {}).get(side, ()), last):
            report.says.append(f"Dissent of {WHO[side]}: {_words(receipt, name)}")
    report.compare.append("It tells of the decision as it was made, and of nothing that came after")
    report.compare.append(receipt["legal"])


def _signer(receipt: dict[str, Any], one: dict[str, Any]) -> str:
    said = _stated(one)
    printed = _opened(receipt, said["printed"])
    who = f"{printed['name']}, {printed['title']}" if printed else "name erased"
    if said["capacity"] == "delegate":
        who += f", for {printed.get('for_name', 'the holder of the office')}"
    elif said["capacity"] not in ("seat", SPONSOR):
        who += f", {said['capacity'].replace('_', ' ')}"
    spoken = printed.get("words") or printed.get("reason")
    words = f" \u201c{spoken}\u201d" if spoken else ""
    return (
        f"{WHO[_voice(said)]}: {who}; signed {_printed(one['signed_at'])};"
        f" shown by {METHODS.get(one['step_up']['method'], one['step_up']['method'])}"
        f" (level {one['step_up']['level'][1:]}){words}"
    )


def _excused(receipt: dict[str, Any], one: dict[str, Any]) -> str:
    """Say which point was not met and signed nevertheless, until when, and why (C4)."""
    stated = one["stated"]
    until = f" until {stated['valid_until']}" if stated["valid_until"] else ""
    how = one["excuse"].replace("_", " ")
    return f"Not met, and signed so: {one['key']}, {how}{until}: {_words(receipt, stated['note'])}"


def _words(receipt: dict[str, Any], name: str) -> str:
    """Return what somebody said, however it is wrapped."""
    opened = receipt["texts"].get(name)
    if not opened:
        return "words erased"
    try:
        said = json.loads(opened["text"])
    except ValueError:
        said = None
    return str(said["text"] if isinstance(said, dict) else opened["text"])


def _opened(receipt: dict[str, Any], name: str) -> dict[str, Any]:
    opened = receipt["texts"].get(name)
    return json.loads(opened["text"]) if opened else {}


def _printed(moment: str) -> str:
    at = _moment(moment)
    return f"{at.day} {at:%B %Y, %H:%M:%S} UTC"


# Passkeys: their public key is a COSE key (RFC 9052), of three kinds that are in use.


def is_signed_by_passkey(key: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether the owner of the COSE key signed the message."""
    parts = _cose(key)
    kind = (parts.get(1), parts.get(3), parts.get(-1) if parts.get(1) != 3 else None)
    if kind == (2, -7, 1):
        return is_p256((parts[-2], parts[-3]), message, signature)
    if kind == (1, -8, 6):
        return is_ed25519(parts[-2], message, signature)
    if kind == (3, -257, None):
        return is_rsa(parts[-1], parts[-2], message, signature)
    return False


def _cose(data: bytes) -> dict[int, Any]:
    """Read a map of whole numbers to whole numbers and byte strings, in CBOR (RFC 8949)."""
    head, at = _cbor(data, 0)
    _require(isinstance(head, tuple), "A passkey's key is unreadable.")
    parts = {}
    for _ in range(head[0]):
        name, at = _cbor(data, at)
        parts[name], at = _cbor(data, at)
    _require(at == len(data), "A passkey's key is unreadable.")
    return parts


def _cbor(data: bytes, at: int) -> tuple[Any, int]:
    major, size, at = data[at] >> 5, data[at] & 31, at + 1
    if size >= 24:
        more = 1 << (size - 24)
        _require(more <= 2 and at + more <= len(data), "A passkey's key is unreadable.")
        size, at = int.from_bytes(data[at : at + more], "big"), at + more
    if major == 2:
        return data[at : at + size], at + size
    _require(major in (0, 1, 5), "A passkey's key is unreadable.")
    return ({0: size, 1: -1 - size, 5: (size,)}[major]), at


def is_rsa(modulus: bytes, exponent: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether it is an RSASSA-PKCS1-v1_5 signature with SHA-256 (RFC 8017)."""
    n, length = int.from_bytes(modulus, "big"), len(modulus)
    if len(signature) != length or length < 256:
        return False
    opened = pow(int.from_bytes(signature, "big"), int.from_bytes(exponent, "big"), n)
    named = bytes.fromhex("3031300d060960864801650304020105000420")
    told = named + hashlib.sha256(message).digest()
    wanted = b"\x00\x01" + b"\xff" * (length - len(told) - 3) + b"\x00" + told
    return opened.to_bytes(length, "big") == wanted


P256 = 2**256 - 2**224 + 2**192 + 2**96 - 1
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
P256_B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
P256_BASE = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)


def is_p256(key: tuple[bytes, bytes], message: bytes, signature: bytes) -> bool:
    """Tell whether it is an ECDSA signature on P-256 with SHA-256 (FIPS 186-5)."""
    r, s = _der(signature)
    x, y = (int.from_bytes(part, "big") for part in key)
    is_on_curve = (y * y - x * x * x + 3 * x - P256_B) % P256 == 0 and max(x, y) < P256
    if not is_on_curve or not (0 < r < P256_ORDER and 0 < s < P256_ORDER):
        return False
    hashed = int.from_bytes(hashlib.sha256(message).digest(), "big")
    inverse = pow(s, -1, P256_ORDER)
    one = _p256_times(hashed * inverse % P256_ORDER, P256_BASE)
    two = _p256_times(r * inverse % P256_ORDER, (x, y))
    sum_ = _p256_plus(one, two)
    return sum_ is not None and sum_[0] % P256_ORDER == r


def _der(signature: bytes) -> tuple[int, int]:
    """Read the two numbers of a signature, which have one right spelling in DER."""
    length = signature[3]
    r = int.from_bytes(signature[4 : 4 + length], "big")
    s = int.from_bytes(signature[6 + length :], "big")
    _require(_in_der(r, s) == signature, "A passkey's signature is not written exactly.")
    return r, s


def _in_der(*numbers: int) -> bytes:
    parts = [number.to_bytes(number.bit_length() // 8 + 1, "big") for number in numbers]
    body = b"".join(b"\x02" + bytes([len(part)]) + part for part in parts)
    return b"\x30" + bytes([len(body)]) + body


Flat = tuple[int, int] | None


def _p256_plus(one: Flat, two: Flat) -> Flat:
    if one is None or two is None:
        return one or two
    if one[0] == two[0]:
        if (one[1] + two[1]) % P256 == 0:
            return None
        slope = (3 * one[0] * one[0] - 3) * pow(2 * one[1], -1, P256)
    else:
        slope = (two[1] - one[1]) * pow(two[0] - one[0], -1, P256)
    x = (slope * slope - one[0] - two[0]) % P256
    return x, (slope * (one[0] - x) - one[1]) % P256


def _p256_times(factor: int, point: Flat) -> Flat:
    sum_: Flat = None
    while factor:
        if factor & 1:
            sum_ = _p256_plus(sum_, point)
        point, factor = _p256_plus(point, point), factor >> 1
    return sum_


# Ed25519 (RFC 8032), so that nothing has to be installed. Only public things are computed here.

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]


def is_ed25519(public: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether the owner of `public` signed the message."""
    if len(signature) != 64 or len(public) != 32:
        return False
    key, commitment = _decompressed(public), _decompressed(signature[:32])
    factor = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or factor >= ORDER:
        return False
    hashed = hashlib.sha512(signature[:32] + public + message).digest()
    challenge = int.from_bytes(hashed, "little") % ORDER
    left, right = _times(factor, BASE), _plus(commitment, _times(challenge, key))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (
        left[1] * right[2] - right[1] * left[2]
    ) % P == 0


def _plus(one: Point, two: Point) -> Point:
    a = (one[1] - one[0]) * (two[1] - two[0]) % P
    b = (one[1] + one[0]) * (two[1] + two[0]) % P
    c, d = 2 * one[3] * two[3] * D % P, 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(factor: int, point: Point) -> Point:
    sum_: Point = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            sum_ = _plus(sum_, point)
        point, factor = _plus(point, point), factor >> 1
    return sum_


def _decompressed(data: bytes) -> Point | None:
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


_BASE_X = 15112221349535400772501151409588531511454012693041857206046113283949847762202
_BASE_Y = 4 * pow(5, -1, P) % P
BASE: Point = (_BASE_X, _BASE_Y, 1, _BASE_X * _BASE_Y % P)


if __name__ == "__main__":
    # A terminal that lacks a letter of a name shows its number; it is no reason to refuse.
    if sys.stdout is not None:  # it is, where somebody closed it and asks for the number alone
        sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
