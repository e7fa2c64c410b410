"""The receipt of a decision on one sheet of paper: what it prints besides the two halves."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from governance.choices import Capacity
from governance.models import Passage, Signature
from governance.queries.receipts import Part, entry_of, said_by, signatures_of, weakest_of
from governance.rules.proving import sentence_of
from journal import keys
from journal.checkpoints import covering
from journal.models import Installation, Sealed

ERASED = "Its words were erased."


@dataclass(frozen=True)
class Printed:
    """What is printed with a signature; everything is "" once it was erased."""

    name: str
    title: str
    reason: str
    signed_at: datetime


@dataclass(frozen=True)
class Certificate:
    """What a receipt comes to on one sheet of paper."""

    organisation: str
    is_demo: bool
    edition: str
    terms: str
    key: str
    seq: int
    size: int | None
    level: str
    legal: str
    sponsor: Printed | None
    dissents: tuple[tuple[str, str], ...]


def certificate_of(passage: Passage) -> Certificate:
    """Return what the certificate of a gate that passed prints; `size` is None while pending."""
    founded, said, entry = Installation.objects.get(), said_by(passage), entry_of(passage)
    covered = covering(entry.seq)
    signatures = signatures_of(passage)[0]
    level = weakest_of(signatures)
    return Certificate(
        organisation=founded.name,
        is_demo=founded.is_demo,
        edition=said["edition"],
        terms=said["terms"],
        key=keys.key_id(),
        seq=entry.seq,
        size=covered.size if covered else None,
        level=level,
        legal=sentence_of(level),
        sponsor=next(
            (_printed(row) for row in signatures if row.capacity == Capacity.SPONSOR), None
        ),
        dissents=tuple(_dissents(said)),
    )


def _printed(row: Signature) -> Printed:
    said = json.loads(row.intent.sealed.text or "{}")
    return Printed(
        name=said.get("name", ""),
        title=said.get("title", ""),
        reason=said.get("reason", ""),
        signed_at=row.signed_at,
    )


def _dissents(said: Part) -> Iterator[tuple[str, str]]:
    """Yield by side what was said against the decision that the sponsor let pass (E3)."""
    earlier = said.get("earlier_dissents", {})
    named = [
        (side, name)
        for side, last in said.get("dissents", {}).items()
        for name in (*earlier.get(side, ()), last)
    ]
    texts = Sealed.objects.in_bulk([name for _, name in named]) if named else {}
    for side, name in named:
        yield side, texts[name].text or ERASED
