"""An offer as bytes: conditions kept from the terms in force, and new ones beside them."""

import json
from collections.abc import Collection, Sequence
from typing import Any

from governance.models import Round
from governance.queries.standing import terms_in_force
from governance.rules.terms import Condition, terms_body
from journal.acts import seal
from kernel.canonical import canonical


def offer_body(
    round_: Round, conditions: Sequence[Condition], keeps: Collection[str], verdict: str
) -> bytes:
    """Return the canonical bytes of new terms; every new text is sealed. Inside an act only."""
    terms = terms_in_force(round_)
    now: dict[str, Any] = json.loads(bytes(terms.body))
    kept = [one for one in now["conditions"] if one["key"] in keeps]
    new = [
        _stated(condition, f"c{terms.n + 1}-{place}")
        for place, condition in enumerate(conditions, start=1)
    ]
    return terms_body([*kept, *new], verdict=verdict or now["verdict"])


def _stated(condition: Condition, key: str) -> dict[str, Any]:
    text = canonical({"text": condition.text, "evidence": condition.evidence}).decode("utf-8")
    return {
        "key": key,
        "text": seal(text).pk,
        "owner": condition.owner_key,
        "due_on": condition.due_on.isoformat(),
        "kind": condition.kind,
        "on_breach": condition.on_breach,
        "asked_by": condition.asked_by,
    }
