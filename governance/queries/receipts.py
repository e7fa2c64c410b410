"""The receipt of a decision: all that a third party needs to check it without our server.

The same rows give the same bytes, until a checkpoint covers the entry, a text is erased, or the
installation has another key. `receipts/verify_receipt.py` reads what is written here, and
docs/receipts.md explains it.
"""

import json
import re
from collections.abc import Iterable
from typing import Any

from governance.choices import SigningAct
from governance.models import Commitment, Passage, Signature, Terms
from governance.rules.proving import level_of, sentence_of
from journal import keys
from journal.checkpoints import covering, inclusion
from journal.kinds import Kind
from journal.models import Entry, Installation, KeyChange, Sealed, ServerKey
from journal.rows import label
from kernel.canonical import canonical, moment, wrapped

QUOTED_DIGEST = re.compile(r'"([0-9a-f]{64})"')
Part = dict[str, Any]


def receipt_of(passage: Passage) -> bytes:
    """Return the receipt of a gate that passed: canonical bytes, sealed by the key in use."""
    parts = _parts(passage)
    message = wrapped("receipt", canonical(parts))
    seal = {"key": keys.key_id(), "signature": keys.sign(message).hex()}
    return canonical({**parts, "seal": seal})


def _parts(passage: Passage) -> Part:
    said, founded = said_by(passage), Installation.objects.get()
    terms = Terms.objects.filter(round=passage.round_id, digest=said["terms"]).order_by("n")[0]
    signatures, dissent = signatures_of(passage)
    frozen: dict[str, Any] = {
        "snapshot": passage.round.snapshot,
        "terms": terms,
        "decision": passage,
    }
    bodies = [
        *(bytes(row.body) for row in frozen.values()),
        *(bytes(row.intent.statement) for row in (*signatures, *dissent)),
    ]
    level = weakest_of(signatures)
    return {
        "v": 1,
        "type": "counterpart.receipt",
        "organisation": {
            "id": str(founded.org),
            "name": founded.name,
            "demonstration": founded.is_demo,
        },
        **{name: _frozen(row) for name, row in frozen.items()},
        "edition": said["edition"],
        "signatures": [_act(row) for row in signatures],
        "dissent": [_act(row) for row in dissent],
        "commitments": _commitments(passage, json.loads(bytes(terms.body))),
        "texts": _texts(bodies),
        "keys": _keys(),
        **_kept(entry_of(passage)),
        "level": level,
        "legal": sentence_of(level),
    }


def said_by(passage: Passage) -> Part:
    """Return what the bytes of the decision say."""
    said: Part = json.loads(bytes(passage.body))
    return said


def signatures_of(passage: Passage) -> tuple[list[Signature], list[Signature]]:
    """Return what the decision names, technology's first, and the declines that still stand."""
    named = {*said_by(passage)["statements"].values()}
    acts = Signature.objects.filter(round=passage.round_id).select_related("intent__sealed", "void")
    rows = list(acts.order_by("pk"))
    counted = [row for row in rows if row.statement_digest in named]
    dissent = [row for row in rows if row.act == SigningAct.DECLINE and not hasattr(row, "void")]
    return sorted(counted, key=lambda row: row.side, reverse=True), dissent


def weakest_of(signatures: Iterable[Signature]) -> str:
    """Return the level of proof of the decision that these signatures carry."""
    return level_of(row.step_up["level"] for row in signatures)


def _frozen(row: Any) -> Part:  # noqa: ANN401  # any row of bytes and their digest
    return {"body": bytes(row.body).decode("utf-8"), "digest": row.digest}


def _act(row: Signature) -> Part:
    return {
        "statement": bytes(row.intent.statement).decode("utf-8"),
        "step_up": row.step_up,
        "signed_at": moment(row.signed_at),
        "key": row.server_key,
        "signature": bytes(row.server_signature).hex(),
    }


def _commitments(passage: Passage, terms: Part) -> list[Part]:
    """Return what became of each signed condition; what the product itself asks is left out."""
    keys_ = [one["key"] for one in terms["conditions"]]
    signed = Commitment.objects.filter(passage=passage, condition__in=keys_)
    rows = signed.select_related("owner").order_by("pk")
    return [
        {
            "id": row.pk,
            "condition": row.condition,
            "owner": str(row.owner.person_key),
            "due_on": row.due_on.isoformat(),
            "text": row.sealed_id,
        }
        for row in rows
    ]


def _texts(bodies: Iterable[bytes]) -> dict[str, Part | None]:
    """Return every sealed text that the signed bytes name, opened; None for what was erased."""
    named = {name for body in bodies for name in QUOTED_DIGEST.findall(body.decode("utf-8"))}
    rows = Sealed.objects.filter(pk__in=named)
    return {row.pk: _opened(row) for row in rows}


def _opened(row: Sealed) -> Part | None:
    if row.text is None or row.key is None:
        return None
    return {"key": bytes(row.key).hex(), "text": row.text}


def _keys() -> list[Part]:
    """Return the public keys of this installation, the oldest first, and how each came in."""
    changes = {row.new_id: row for row in KeyChange.objects.select_related("old")}
    return [
        {
            "id": row.key_id,
            "public": bytes(row.public).hex(),
            "added_at": moment(row.added_at),
            "follows": _follows(changes[row.pk]) if row.pk in changes else None,
        }
        for row in ServerKey.objects.order_by("pk")
    ]


def _follows(row: KeyChange) -> Part:
    return {
        "key": row.old.key_id,
        "statement": bytes(row.statement).decode("utf-8"),
        "old": bytes(row.old_signature).hex(),
        "new": bytes(row.new_signature).hex(),
    }


def entry_of(passage: Passage) -> Entry:
    """Return the entry of the journal that tells of the decision."""
    found: Entry = Entry.objects.get(
        kind=Kind.GATE_PASSED, subject_type=label(passage), subject_id=str(passage.pk)
    )
    return found


def _kept(entry: Entry) -> Part:
    """Return the entry, and what proves it once a checkpoint covers it."""
    covered = covering(entry.seq)
    proof = covered and {
        "note": covered.note,
        "path": [one.hex() for one in inclusion(entry.seq, covered)],
    }
    return {
        "journal": {
            "seq": entry.seq,
            "prev": bytes(entry.prev).hex(),
            "body": bytes(entry.body).decode("utf-8"),
            "leaf": bytes(entry.hash).hex(),
        },
        "checkpoint": proof,
    }
