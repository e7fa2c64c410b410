"""The statement a person signs: its bytes, its fingerprint, and what it says."""

import json
from datetime import datetime
from typing import Any

from governance.models import Intent, Round
from governance.queries.delegations import Signatory
from governance.rules.signing import Binding
from governance.rules.wishes import Wish
from journal.queries import installation
from kernel.canonical import canonical, digest, moment, wrapped


def statement_digest(intent: Intent) -> str:
    """Return the SHA-256 of the statement in its typed envelope: what is signed."""
    return digest(wrapped("statement", bytes(intent.statement)))


def stated(intent: Intent) -> dict[str, Any]:
    """Return what the statement says, read from its bytes."""
    said: dict[str, Any] = json.loads(bytes(intent.statement))
    return said


def bound_to(intent: Intent) -> Binding:
    """Return what the statement is about. An offer is bound to the terms it replaces."""
    said = stated(intent)
    return Binding(
        round_id=intent.round_id,
        snapshot=said["snapshot"],
        terms=said["replaces"] or said["terms"],
        edition=said["edition"],
    )


def printed_text(signer: Signatory, wish: Wish) -> str:
    """Return what is printed with the signature, as one sealed text."""
    said = {
        "name": signer.name,
        "title": signer.title,
        "words": wish.words,
        "reason": wish.reason,
        "reversed_by": wish.reversed_by,
    }
    if signer.instead_of is not None:
        said |= {"for_name": signer.instead_of.name, "for_title": signer.instead_of.title}
    return canonical(said).decode("utf-8")


def statement_bytes(
    round_: Round,
    now: Binding,
    wish: Wish,
    *,
    signer: Signatory,
    offer: bytes | None,
    printed: str,
    nonce: str,
    at: datetime,
) -> bytes:
    """Return the canonical bytes a person signs: who, as what, which act, over what.

    Only whoever signs in another's place names the delegation and the person it came from.
    """
    organisation = installation()
    return canonical(
        {
            "v": 1,
            "type": "statement",
            "org": str(organisation.org) if organisation else "",
            "initiative": round_.initiative.code,
            "gate": round_.gate,
            "round": round_.n,
            "act": str(wish.act),
            "snapshot": now.snapshot,
            "terms": digest(offer) if offer else now.terms,
            "replaces": now.terms if offer else None,
            "edition": now.edition,
            "code": wish.code or None,
            "final": wish.is_final,
            "printed": printed,
            "nonce": nonce,
            "made_at": moment(at),
            **_as_what(signer),
        }
    )


def _as_what(signer: Signatory) -> dict[str, str]:
    said = {
        "side": str(signer.side),
        "person": str(signer.person_key),
        "capacity": str(signer.capacity),
        "term": str(signer.term_id),
    }
    if signer.instead_of is None:
        return said
    return {
        **said,
        "delegation": str(signer.delegation_id),
        "instead_of": str(signer.instead_of.person_key),
    }
