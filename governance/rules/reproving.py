"""A proof of identity judged again, years later: the signer's own key over it all (S2, S3)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from kernel.assertions import faults_of_kept

# A passkey that is added or ends while somebody signs may be a moment older than what it met.
AT_ONCE = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class EnrolledKey:
    """A passkey as it was enrolled: whose, its public half, and from when to when it was good."""

    person_key: str
    credential: str
    public_key: str
    rp_id: str
    added_at: datetime
    ended_at: datetime | None = None
    recovered_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class SignedProof:
    """One signature's proof beside who signed, when, and the fingerprint of the statement."""

    said: Mapping[str, Any]
    statement: str
    person_key: str
    signed_at: datetime


def faults_of_proof(proof: SignedProof, keys: Sequence[EnrolledKey]) -> Iterator[str]:
    """Yield why a proof does not carry its signature; `keys` are all that were ever enrolled."""
    if proof.said["level"] == "L3":
        yield from _faults_of_passkey(proof, keys)
    elif "assertion" in proof.said:
        yield "shows a passkey's answer below level 3"
    elif any(_was_asked(key, proof) for key in keys):
        yield "was given by password, though the signer had a passkey"


def _was_asked(key: EnrolledKey, proof: SignedProof) -> bool:
    if key.person_key != proof.person_key or proof.signed_at <= key.added_at + AT_ONCE:
        return False
    return key.recovered_at is None or proof.signed_at < key.recovered_at


def _faults_of_passkey(proof: SignedProof, keys: Sequence[EnrolledKey]) -> Iterator[str]:
    said = proof.said["assertion"]
    for fault in faults_of_kept(said, challenge=bytes.fromhex(proof.statement)):
        yield f"has a passkey's answer that does not hold: {fault}"
    found = next((key for key in keys if key.credential == said.get("credential")), None)
    if found is None:
        yield "was made with a passkey that nobody added"
        return
    theirs = (said.get("public_key"), said.get("rp_id"), proof.person_key)
    if theirs != (found.public_key, found.rp_id, found.person_key):
        yield "was made with a passkey other than the signer's"
    if proof.signed_at < found.added_at:
        yield "is older than its passkey"
    if found.ended_at is not None and found.ended_at + AT_ONCE < proof.signed_at:
        yield "was made with a passkey that had ended"
