"""The frozen record of everything a decision rests on, rebuilt from rows at any moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from governance.models import Passage, Proof, Round
from governance.queries.verdicts import dated_evidence, material, verdicts
from governance.rules.criteria import Dated, Verdict
from governance.rules.rounds import RESUME
from initiatives.queries.signed import content_of, contribution_authors, signed_content
from journal.queries import installation
from kernel.canonical import canonical
from people.choices import Holding, Side
from people.models import OfficeTerm
from people.queries import key_terms
from playbook.editions import edition


@dataclass(frozen=True)
class Judged:
    """How a round's criteria stand, and the evidence that is good until a day."""

    verdicts: Sequence[Verdict]
    dated: Sequence[Dated]


@dataclass(frozen=True)
class Picture:
    """A round as its rows show it now: the bytes that would be frozen, and what they rest on."""

    body: bytes
    verdicts: Sequence[Verdict]
    seats: Mapping[Side, OfficeTerm]
    authors: Sequence[str]
    dated: Sequence[Dated]


def snapshot_body(round_: Round, at: datetime) -> bytes:
    """Return the canonical bytes of what `round_` is about, as of now."""
    return picture(round_, at).body


def picture(round_: Round, at: datetime) -> Picture:
    """Return what `round_` is about, as of now.

    The same rows always give the same bytes, so a frozen snapshot is checked by building it
    again: a change of content, evidence, proof, edition or office shows as other bytes.
    """
    playbook = edition(round_.edition)
    organisation = installation()
    content = content_of(round_.initiative, copies_until=round_.submitted_at or at)
    known = material(content, round_.gate, playbook)
    judged = verdicts(known, playbook.criteria_of(round_.gate))
    seats = key_terms(at)
    body = canonical(
        {
            "v": 1,
            "type": "snapshot",
            "org": str(organisation.org) if organisation else "",
            "initiative": round_.initiative.code,
            "gate": round_.gate,
            "round": round_.n,
            "edition": round_.edition,
            "content": signed_content(content, round_.gate, playbook),
            "criteria": [_one(one, known.proofs.get(one.criterion.key)) for one in judged],
            "seats": {str(side): _seat(term) for side, term in seats.items()},
            "previous": previous_decision(round_),
        }
    )
    return Picture(
        body=body,
        verdicts=judged,
        seats=seats,
        authors=contribution_authors(content, round_.gate, playbook),
        dated=dated_evidence(content, round_.gate, playbook),
    )


def previous_decision(round_: Round) -> str | None:
    """Return the digest of the decision of the gate before, so that decisions form a chain."""
    if round_.gate in ("1", RESUME):
        return None
    return (
        Passage.objects.filter(
            round__initiative=round_.initiative_id,
            round__gate=str(int(round_.gate) - 1),
            supersession=None,
        )
        .order_by("-pk")
        .values_list("digest", flat=True)
        .first()
    )


def judged_now(round_: Round) -> Judged:
    """Return every criterion of the round's gate as it stands now, and what of it has an end."""
    playbook = edition(round_.edition)
    content = content_of(round_.initiative)
    known = material(content, round_.gate, playbook)
    return Judged(
        verdicts=verdicts(known, playbook.criteria_of(round_.gate)),
        dated=dated_evidence(content, round_.gate, playbook),
    )


def _seat(term: OfficeTerm) -> dict[str, str]:
    return {"person": str(term.person_key), "term": str(term.pk), **_held(term)}


def _held(term: OfficeTerm) -> dict[str, str]:
    """Return how a key is held, where otherwise than in office."""
    return {} if term.capacity == Holding.SEAT else {"capacity": term.capacity}


def _one(verdict: Verdict, proof: Proof | None) -> dict[str, Any]:
    stated = None
    if proof is not None and (verdict.criterion.proof == "attested" or verdict.is_excused):
        stated = {
            "by": str(proof.by.person_key),
            "value": None if proof.value is None else f"{proof.value:.4f}",
            "valid_until": proof.valid_until.isoformat() if proof.valid_until else None,
            "note": proof.sealed_id,
        }
    excuse = {"excuse": str(verdict.excuse)} if verdict.is_excused else {}
    return {
        "key": verdict.criterion.key,
        "side": verdict.criterion.side,
        "state": verdict.state,
        "stated": stated,
        **excuse,
    }
