"""What a signer can prove by, and what is asked of the signature."""

from collections.abc import Collection
from typing import Any

from governance.models import Intent
from governance.rules.step_up import ProofFacts
from kernel.canonical import moment
from people.choices import KEY_OFFICE, Office, Side
from people.factors import is_dead, keyring_of
from people.models import User
from people.operations.identity import IdentityProof
from playbook.editions import current, edition


def proof_said(proof: IdentityProof) -> dict[str, Any]:
    """Return a proof as it stays with the signature (`Signature.step_up`) and in its receipt.

    `level`, `method` and the moment `at`. At level 3 `assertion` is what the signer's passkey gave,
    spelled as by `kernel.assertions.kept`: what the signer's own key signed over the statement,
    whose fingerprint is the challenge (S3).
    """
    said = {"level": proof.level, "method": proof.method, "at": moment(proof.at)}
    return {**said, "assertion": dict(proof.assertion)} if proof.assertion else {**said}


def proof_facts(
    user: User, *, gate: str, side: str, proof: IdentityProof | None = None, in_force: str = ""
) -> ProofFacts:
    """Return the facts of `user` at a gate; with `proof`, whether what proved it has ended.

    The playbook in force asks, also of a round that an earlier one began; `in_force` is its digest,
    where it was read already.
    """
    policy = (edition(in_force) if in_force else current()).passkeys
    held = keyring_of(user)
    return ProofFacts(
        had_passkey=held.is_asked_for,
        can_use_passkey=bool(held.usable),
        has_password=user.has_usable_password(),
        gate_asks=gate in policy.gates,
        office_asks=_office(side) in policy.offices,
        is_locked=held.is_locked,
        is_dead=proof is not None
        and is_dead(proof.person_key, proof.at, proof.assertion.get("credential", "")),
    )


def asks_by_office(offices: Collection[Office]) -> bool:
    """Tell whether the playbook in force asks a passkey of who holds one of these offices."""
    return any(office in current().passkeys.offices for office in offices)


def _office(side: str) -> Office:
    """Return for which office a statement is made: of no side, the sponsor's."""
    return KEY_OFFICE[Side(side)] if side else Office.SPONSOR


def proof_facts_of(
    intent: Intent, user: User, proof: IdentityProof | None = None, *, in_force: str = ""
) -> ProofFacts:
    """Return the facts of `user` for what the intent states."""
    gate = intent.round.gate
    return proof_facts(user, gate=gate, side=intent.side, proof=proof, in_force=in_force)
