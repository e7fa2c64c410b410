"""Offers: the conditions under which a gate would pass, opened for reading."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from governance.choices import ConditionKind, OnBreach
from governance.models import Commitment, Terms
from governance.queries.differences import Condition
from governance.queries.texts import Vault
from governance.rules.commitments import closing_side
from initiatives.models import Initiative
from people.choices import Side
from people.models import User
from people.queries import people_by_key
from playbook.shapes import Gate


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One set of terms. `verdict` is gate 4's, with the words of the playbook."""

    n: int
    digest: str
    conditions: tuple[Condition, ...]
    verdict: str
    verdict_words: str
    offered_by: str
    offered_by_id: int
    offered_at: datetime


@dataclass(frozen=True, kw_only=True)
class CommitmentView:
    """One dated task that someone owes."""

    id: int
    text: str
    evidence: str
    owner: str
    owner_id: int
    due_on: date
    is_hard: bool
    asked_by: Side
    closed_by: Side
    code: str
    name: str
    gate: str
    round_id: int
    breach_words: str


def terms_of(round_id: int) -> list[Terms]:
    """Return every offer of a round, the first one first."""
    return [*Terms.objects.filter(round=round_id).select_related("offered_by").order_by("n")]


def commitments_in_terms(rows: Iterable[Terms]) -> Iterator[str]:
    """Yield the commitment of every condition's text."""
    for row in rows:
        for one in json.loads(bytes(row.body))["conditions"]:
            yield one["text"]


def people_in_terms(rows: Iterable[Terms]) -> Iterator[str]:
    """Yield the person key of every condition's owner."""
    for row in rows:
        for one in json.loads(bytes(row.body))["conditions"]:
            yield one["owner"]


def offer_of(row: Terms, *, gate: Gate, vault: Vault, names: Mapping[str, str]) -> Offer:
    """Open one set of terms from its bytes."""
    said = json.loads(bytes(row.body))
    words = {option.value: option.label for option in gate.verdicts}
    return Offer(
        n=row.n,
        digest=row.digest,
        conditions=tuple(_condition(one, vault, names) for one in said["conditions"]),
        verdict=said["verdict"],
        verdict_words=words.get(said["verdict"], said["verdict"]),
        offered_by=row.offered_by.name,
        offered_by_id=row.offered_by_id,
        offered_at=row.offered_at,
    )


def conditions_of(body: bytes) -> tuple[Condition, ...]:
    """Open the conditions of an offer that stands by itself. Two queries at most."""
    said = json.loads(body)["conditions"]
    if not said:
        return ()
    vault = Vault({one["text"] for one in said})
    people = people_by_key([UUID(one["owner"]) for one in said])
    names = {str(key): person.name for key, person in people.items()}
    return tuple(_condition(one, vault, names) for one in said)


def open_commitments(initiative: Initiative, at: datetime) -> list[CommitmentView]:
    """Return what is still owed under earlier gates of an initiative, the earliest first."""
    rows = _owed(at).filter(passage__round__initiative=initiative)
    return [_commitment(row) for row in rows]


def get_commitment(commitment_id: int, at: datetime) -> tuple[CommitmentView, int, bool] | None:
    """Return one commitment, the number of its initiative, and whether it is closed."""
    rows = Commitment.objects.with_debtor_side(at).filter(pk=commitment_id)
    row = rows.select_related("passage__round__initiative", "sealed").first()
    if row is None:
        return None
    is_closed = not Commitment.objects.owed().filter(pk=row.pk).exists()
    return _commitment(row), row.passage.round.initiative.number, is_closed


def debtor_of(commitment_id: int) -> User:
    """Return who owes a commitment now."""
    row: Any = Commitment.objects.with_debtor().get(pk=commitment_id)
    return User.objects.get(pk=row.debtor_id)


def _owed(at: datetime) -> Any:  # noqa: ANN401  # a QuerySet whose class the base table hides
    return (
        Commitment.objects.with_debtor_side(at)
        .owed()
        .select_related("passage__round__initiative", "sealed")
        .defer("passage__body")
        .order_by("due_on", "pk")
    )


def commitment_view(row: Mapping[str, Any]) -> CommitmentView:
    """Return a commitment as it is shown, from what was read of it."""
    words = json.loads(row["words"] or "{}")
    return CommitmentView(
        id=row["id"],
        text=words.get("text", "Its words were erased"),
        evidence=words.get("evidence", ""),
        owner=row["owner"],
        owner_id=row["owner_id"],
        due_on=date.fromisoformat(row["due_on"]),
        is_hard=row["kind"] == ConditionKind.HARD,
        asked_by=Side(row["asked_by"]),
        closed_by=closing_side(asked_by=row["asked_by"], debtor_side=row["debtor_side"]),
        code=Initiative(number=row["number"]).code,
        name=row["name"],
        gate=row["gate"],
        round_id=row["round_id"],
        breach_words=str(OnBreach(row["on_breach"]).label),
    )


def _commitment(row: Any) -> CommitmentView:  # noqa: ANN401  # with who owes it
    round_ = row.passage.round
    return commitment_view(
        {
            "id": row.pk,
            "words": row.sealed.text,
            "owner": row.debtor_name,
            "owner_id": row.debtor_id,
            "due_on": row.due_on.isoformat(),
            "kind": row.kind,
            "asked_by": row.asked_by,
            "debtor_side": row.debtor_side,
            "number": round_.initiative.number,
            "name": round_.initiative.name,
            "gate": round_.gate,
            "round_id": round_.pk,
            "on_breach": row.on_breach,
        }
    )


def _condition(row: Mapping[str, Any], vault: Vault, names: Mapping[str, str]) -> Condition:
    text = vault.open(row["text"])
    return Condition(
        key=row["key"],
        text=text.parts.get("text", ""),
        evidence=text.parts.get("evidence", ""),
        owner=names.get(row["owner"], "someone no longer on record"),
        due_on=date.fromisoformat(row["due_on"]),
        kind=row["kind"],
        kind_words=str(ConditionKind(row["kind"]).label),
        breach_words=str(OnBreach(row["on_breach"]).label),
        asked_by=row["asked_by"],
        is_erased=text.text is None,
    )
