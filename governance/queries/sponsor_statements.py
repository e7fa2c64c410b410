"""The statement by which the sponsor ends a stalemate: its bytes, and what is printed with it."""

from datetime import datetime

from governance.choices import Capacity, Resolved
from governance.models import Round
from governance.rules.signing import Binding
from journal.queries import installation
from kernel.canonical import canonical, moment
from people.models import OfficeTerm


def printed_of_sponsor(term: OfficeTerm, reason: str) -> str:
    """Return what is printed with the signature, as one sealed text."""
    said = {
        "name": term.user.name,
        "title": term.title,
        "words": "",
        "reason": reason,
        "reversed_by": "",
    }
    return canonical(said).decode("utf-8")


def sponsor_statement(
    round_: Round,
    now: Binding,
    way: Resolved,
    *,
    term: OfficeTerm,
    printed: str,
    nonce: str,
    at: datetime,
) -> bytes:
    """Return the canonical bytes the sponsor signs: for no side, over what both sides read."""
    organisation = installation()
    return canonical(
        {
            "v": 1,
            "type": "statement",
            "org": str(organisation.org) if organisation else "",
            "initiative": round_.initiative.code,
            "gate": round_.gate,
            "round": round_.n,
            "act": str(way),
            "side": "",
            "person": str(term.person_key),
            "capacity": str(Capacity.SPONSOR),
            "term": str(term.pk),
            "snapshot": now.snapshot,
            "terms": now.terms,
            "replaces": None,
            "edition": now.edition,
            "code": None,
            "final": False,
            "printed": printed,
            "nonce": nonce,
            "made_at": moment(at),
        }
    )
