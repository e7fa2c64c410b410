"""A gate that passed under a condition, and its receipt as whoever was given it reads it."""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from governance.choices import SigningAct
from governance.models import Passage
from governance.queries.receipts import receipt_of
from governance.rules.terms import Condition
from governance.rules.wishes import Wish
from journal import keys
from journal.chain import leaf
from journal.operations import change_key
from kernel.canonical import canonical, digest, wrapped
from tests.gates import make_review, sign
from tests.kept import kept

WORDS = "Yes, once the night shift is trained."


@kept
def review(noon):
    """A gate that waits for both signatures."""
    return make_review(noon)


@kept
def passed(review, noon):
    """A gate that both signed under one condition."""
    world, round_ = review
    condition = Condition(
        text="Train the night shift first",
        evidence="Attendance list",
        owner_id=world.cast.max.pk,
        owner_key=str(world.cast.max.person_key),
        due_on=(noon + timedelta(days=30)).date(),
        kind="hard",
        on_breach="pause",
        asked_by="people",
    )
    offer = Wish(act=SigningAct.APPROVE_WITH_TERMS, words=WORDS, conditions=(condition,))
    sign(world.cast.hana, round_.pk, at=noon, wish=offer)
    sign(world.cast.ivo, round_.pk, at=noon + timedelta(hours=1))
    return SimpleNamespace(world=world, passage=Passage.objects.get())


@kept
def body(passed) -> bytes:
    """The bytes of its receipt."""
    return receipt_of(passed.passage)


@pytest.fixture
def rotated(passed, noon, settings) -> Iterator[SimpleNamespace]:
    """The same decision once the key has changed: its receipt, and both keys."""
    old = keys.in_use()
    settings.SERVER_SIGNING_KEY = base64.b64encode(bytes(range(100, 132))).decode()
    keys.in_use.cache_clear()
    change_key(old=old, actor=passed.world.cast.ada, at=noon + timedelta(hours=2))
    yield SimpleNamespace(old=old, new=keys.in_use(), body=receipt_of(passed.passage))
    keys.in_use.cache_clear()


@dataclass
class Opened:
    """A receipt taken apart, so that a test can change what it says before it is signed."""

    receipt: dict[str, Any]
    snapshot: dict[str, Any]
    terms: dict[str, Any]
    decision: dict[str, Any]
    statements: list[dict[str, Any]]
    step_ups: list[dict[str, Any]]

    @property
    def body(self) -> bytes:
        """Put it together again as an installation that lies would: every signature is its own."""
        self._freeze("snapshot", self.snapshot)
        self._freeze("terms", self.terms)
        acts = zip(self.receipt["signatures"], self.statements, self.step_ups, strict=True)
        for act, said, step_up in acts:
            self._sign(act, said, step_up)
        self._freeze("decision", self.decision)
        entry = json.loads(self.receipt["journal"]["body"])
        entry["data"]["decision"] = self.receipt["decision"]["digest"]
        entry["at"] = self.decision["passed_at"]
        put(self.receipt, entry)
        return sealed(self.receipt)

    def _freeze(self, name: str, said: dict[str, Any]) -> None:
        body = canonical(said)
        before, after = self.receipt[name]["digest"], digest(body)
        self.receipt[name] = {"body": body.decode(), "digest": after}
        for one in (*self.statements, self.decision):
            if one.get(name) == before:
                one[name] = after

    def _sign(self, act: dict[str, Any], said: dict[str, Any], step_up: dict[str, Any]) -> None:
        before = digest(wrapped("statement", act["statement"].encode()))
        act["statement"] = canonical(said).decode()
        after = digest(wrapped("statement", act["statement"].encode()))
        for voice, one in self.decision["statements"].items():
            if one == before:
                self.decision["statements"][voice] = after
        act["step_up"] = step_up
        message = {"v": 1, "statement": after, "step_up": step_up, "signed_at": act["signed_at"]}
        act["signature"] = keys.sign(wrapped("signature", canonical(message))).hex()


@pytest.fixture
def opened(body) -> Opened:
    """The receipt, taken apart."""
    receipt = json.loads(body)
    frozen = {name: json.loads(receipt[name]["body"]) for name in ("snapshot", "terms", "decision")}
    return Opened(
        receipt=receipt,
        **frozen,
        statements=[json.loads(one["statement"]) for one in receipt["signatures"]],
        step_ups=[one["step_up"] for one in receipt["signatures"]],
    )


def put(receipt: dict[str, Any], entry: dict[str, Any]) -> None:
    """Let the journal say `entry`."""
    body, kept_ = canonical(entry), receipt["journal"]
    made = leaf(prev=bytes.fromhex(kept_["prev"]), seq=kept_["seq"], body=body)
    receipt["journal"] = {**kept_, "body": body.decode(), "leaf": made.hex()}


def sealed(receipt: dict[str, Any], by: keys.Signer | None = None) -> bytes:
    """Seal a receipt as the owner of the installation's key could."""
    by = by or keys.in_use()
    rest = {name: value for name, value in receipt.items() if name != "seal"}
    signature = by.sign(wrapped("receipt", canonical(rest))).hex()
    return canonical({**rest, "seal": {"key": by.key_id, "signature": signature}})
