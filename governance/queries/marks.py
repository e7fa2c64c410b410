"""The mark beside an initiative: which gate it stands at, and which half has been signed."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from governance.choices import (
    OPEN_STATES,
    REVIEW_STATES,
    OnBreach,
    RoundState,
    SigningAct,
    VoidCause,
)
from governance.models import Commitment, Round, Signature
from governance.rules.rounds import RESUME
from people.choices import Side

Row = Mapping[str, Any]

# What happened to the text, not to the will of the signer: such a half no longer fits.
OUTLIVED = frozenset(
    {
        VoidCause.CONTENT_CHANGED,
        VoidCause.TERMS_CHANGED,
        VoidCause.EDITION_CHANGED,
        VoidCause.AUTHORITY_CHANGED,
        VoidCause.MEANS_STOLEN,
    }
)
HALF_WORDS = {
    "signed": "{has} signed",
    "cond": "{has} signed with conditions",
    "declined": "{has} declined",
    "stale": "must sign again",
    "open": "{has} not signed",
}


@dataclass(frozen=True, kw_only=True)
class GateMark:
    """A gate as a mark. Halves are open, signed, cond, declined or stale, as `{% mark %}` draws.

    `waiting_since` is set while the round waits for signatures.
    """

    round_id: int
    gate: str
    state: RoundState
    digest: str
    technology: str
    people: str
    label: str
    waiting_since: datetime | None
    is_conditional: bool = False

    @property
    def waits_for(self) -> tuple[Side, ...]:
        """The sides whose signature is missing while the round is in review."""
        if self.waiting_since is None:
            return ()
        halves = {Side.TECHNOLOGY: self.technology, Side.PEOPLE: self.people}
        return tuple(side for side, half in halves.items() if half in ("open", "stale"))


def marks_of(initiative_ids: Collection[int]) -> dict[int, GateMark]:
    """Return the mark of each initiative that has come to a gate. Two queries, however many.

    The open round counts first, the way out of a pause before others; else the newest one.
    """
    rows = _rounds(initiative_ids)
    found = {pk: _chosen(list(own)) for pk, own in groupby(rows, key=lambda row: row["initiative"])}
    conditional = {row["initiative"] for row in rows if row["conditional"]}
    signed = _signatures([row["id"] for chosen in found.values() for row in chosen])
    return {
        pk: _mark(chosen, signed, is_conditional=pk in conditional) for pk, chosen in found.items()
    }


def waiting_since() -> Subquery:
    """Return since when an initiative waits for signatures, for `boards.board` and tables."""
    rounds = Round.objects.filter(initiative=OuterRef("pk"), state__in=REVIEW_STATES)
    return Subquery(rounds.order_by("submitted_at").values("submitted_at")[:1])


def is_waiting(side: Side | None = None) -> Q:
    """Return a filter of initiatives that wait for signatures, or for that of one side."""
    rounds = Round.objects.filter(initiative=OuterRef("pk"), state__in=REVIEW_STATES)
    if side is not None:
        rounds = rounds.filter(sides__side=side, sides__live_signature=None)
    return Q(Exists(rounds))


def halves(state: str, own: Iterable[Row], before: Iterable[Row]) -> dict[Side, str]:
    """Return how to draw each half, from this round's signatures and those of the one before."""
    return {side: _half(side, state, list(own), list(before)) for side in Side}


def outlived() -> dict[Side, str]:
    """Return how to draw a gate that was passed and must be passed again (K3)."""
    return dict.fromkeys(Side, "stale")


def on_condition() -> Exists:
    """Tell of a round whether it passed under a condition that would pause it, still open (N3)."""
    owed = Commitment.objects.owed().filter(passage__round=OuterRef("pk"))
    return Exists(owed.filter(on_breach=OnBreach.PAUSE))


def said_of(technology: str, people: str) -> str:
    """Return the mark in words."""
    tech, others = HALF_WORDS[technology].format(has="has"), HALF_WORDS[people].format(has="have")
    return f"Technology {tech}. People {others}."


def gate_word(key: str) -> str:
    """Return how a gate is called in a sentence."""
    return "The way out of the pause" if key == RESUME else f"Gate {key}"


def _rounds(initiative_ids: Collection[int]) -> list[Row]:
    return list(
        Round.objects.filter(initiative__in=initiative_ids)
        .order_by("initiative", "-pk")
        .values(
            *("id", "initiative", "gate", "n", "state", "submitted_at", "snapshot__digest"),
            "passage__supersession",
            conditional=on_condition(),
        )
    )


def _chosen(rows: list[Row]) -> list[Row]:
    """Return the round that counts and, behind it, the one before it at the same gate."""
    open_rows = [row for row in rows if row["state"] in OPEN_STATES]
    open_rows.sort(key=lambda row: row["gate"] != RESUME)
    ended = [row for row in rows if row["gate"] != RESUME] or rows
    chosen = open_rows[0] if open_rows else ended[0]
    before = [row for row in rows if row["gate"] == chosen["gate"] and row["n"] == chosen["n"] - 1]
    return [chosen, *before]


def _signatures(round_ids: Collection[int]) -> dict[int, list[Row]]:
    rows = (
        Signature.objects.filter(round__in=round_ids)
        .exclude(side="")
        .order_by("round", "pk")
        .values("round", "side", "act", "void__cause")
    )
    return {pk: list(own) for pk, own in groupby(rows, key=lambda row: row["round"])}


def _mark(chosen: list[Row], signed: dict[int, list[Row]], *, is_conditional: bool) -> GateMark:
    row, *before = chosen
    earlier = [one for last in before for one in signed.get(last["id"], [])]
    digest = row["snapshot__digest"] or next((last["snapshot__digest"] for last in before), "")
    drawn = halves(row["state"], signed.get(row["id"], []), earlier)
    if row["passage__supersession"]:
        drawn = outlived()
    technology, people = drawn[Side.TECHNOLOGY], drawn[Side.PEOPLE]
    return GateMark(
        round_id=row["id"],
        gate=row["gate"],
        state=RoundState(row["state"]),
        digest=digest or "",
        technology=technology,
        people=people,
        label=said_of(technology, people),
        waiting_since=row["submitted_at"] if row["state"] in REVIEW_STATES else None,
        is_conditional=is_conditional,
    )


def _half(side: Side, state: str, own: list[Row], before: list[Row]) -> str:
    acts = [one["act"] for one in own if one["side"] == side and one["void__cause"] is None]
    if acts:
        return {
            SigningAct.APPROVE: "signed",
            SigningAct.APPROVE_WITH_TERMS: "cond",
            SigningAct.DECLINE: "declined",
        }[SigningAct(acts[-1])]
    lost = [one for one in own if one["side"] == side]
    if not lost and state in OPEN_STATES:
        lost = [one for one in before if one["side"] == side]
    is_outlived = any(
        one["void__cause"] in OUTLIVED and one["act"] != SigningAct.DECLINE for one in lost
    )
    return "stale" if is_outlived else "open"
