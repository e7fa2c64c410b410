"""Conditions: what makes one well-formed, and how an offer becomes bytes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kernel.canonical import canonical, seen_text
from kernel.refusals import Blocker

LEAST_TEXT = 10
MOST_TEXT = 2_000
MOST_CONDITIONS = 20
KINDS = ("hard", "dated")
BREACHES = ("notify", "escalate", "pause")


@dataclass(frozen=True, kw_only=True)
class Condition:
    """What, by whom, by when, shown by what, and what follows if not (N1)."""

    text: str
    evidence: str
    owner_id: int
    owner_key: str
    due_on: date
    kind: str
    on_breach: str
    asked_by: str


def blockers_to_state(
    conditions: Sequence[Condition], *, today: date, known_owners: frozenset[int]
) -> Iterator[Blocker]:
    """Yield what is missing or wrong in each condition; fields are named conditions.0.text."""
    if not conditions:
        yield Blocker("none", "State at least one condition.", "conditions.0.text")
    if len(conditions) > MOST_CONDITIONS:
        yield Blocker("many", f"At most {MOST_CONDITIONS} conditions.", "conditions.0.text")
    for place, condition in enumerate(conditions):
        yield from _blockers_of_one(condition, f"conditions.{place}", today, known_owners)


def _blockers_of_one(
    condition: Condition, path: str, today: date, known_owners: frozenset[int]
) -> Iterator[Blocker]:
    if len(seen_text(condition.text)) < LEAST_TEXT:
        yield Blocker(
            "short", f"Say in {LEAST_TEXT} characters or more what must be done.", f"{path}.text"
        )
    if len(condition.text) > MOST_TEXT:
        yield Blocker("long", f"Keep it under {MOST_TEXT:,} characters.", f"{path}.text")
    if not seen_text(condition.evidence):
        yield Blocker("evidence", "Say what will show that it is done.", f"{path}.evidence")
    if condition.owner_id not in known_owners:
        yield Blocker("owner", "Name one person who is with us.", f"{path}.owner")
    if condition.due_on <= today:
        yield Blocker("due", "Choose a day after today.", f"{path}.due_on")
    if condition.kind not in KINDS:
        yield Blocker("kind", "Choose how much it holds up.", f"{path}.kind")
    if condition.on_breach not in BREACHES:
        yield Blocker("on_breach", "Choose what follows if it is late.", f"{path}.on_breach")


def terms_body(conditions: Sequence[dict[str, Any]], *, verdict: str) -> bytes:
    """Return the canonical bytes of an offer. Texts stand in it as commitments."""
    return canonical({"v": 1, "type": "terms", "verdict": verdict, "conditions": list(conditions)})
