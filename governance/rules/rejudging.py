"""A decision judged again, years later, from nothing but what was signed (I1 to I4, I10)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True)
class SignedAct:
    """One signature beside what its statement says."""

    side: str
    person_key: str
    fingerprint: str
    said: Mapping[str, Any]
    signed_at: datetime
    voided_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Decided:
    """One decision with the signatures of its round."""

    passed_at: datetime
    said: Mapping[str, Any]
    previous_digest: str | None
    signatures: Sequence[SignedAct]


def faults_of(decided: Decided) -> Iterator[str]:
    """Yield what a decision lacks; nothing yielded means that it was rightly made."""
    named = decided.said["statements"]
    counted = [
        one
        for one in decided.signatures
        if one.said["act"] in ("approve", "approve_with_terms")
        and named.get(one.side) == one.fingerprint
    ]
    if sorted(one.side for one in counted) != ["people", "technology"]:
        yield "it does not rest on one signature of each side"
    if len({one.person_key for one in counted}) < len(counted):
        yield "one person signed for both sides"
    for one in counted:
        yield from _faults_of_signature(one, decided)
    if decided.said["previous"] != decided.previous_digest:
        yield "it does not name the decision of the gate before"


def _faults_of_signature(one: SignedAct, decided: Decided) -> Iterator[str]:
    for name in ("org", "initiative", "gate", "round", "snapshot", "terms", "edition"):
        if one.said[name] != decided.said[name]:
            yield f"the signature of {one.side} is about another {name}"
    if one.signed_at > decided.passed_at:
        yield f"the signature of {one.side} came after it"
    if one.voided_at is not None and one.voided_at <= decided.passed_at:
        yield f"the signature of {one.side} was void before it"
