"""What waits for whom: the gates on a person's desk, longest wait first, with a limit."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import RowNumber

from governance.choices import OPEN_STATES, REVIEW_STATES, ReturnReason, RoundState
from governance.models import GateSide, Pause, Recusal, Round, Signature
from governance.queries.calendars import read_calendars, signers_at
from governance.queries.lanes import lane_of, rests_in
from governance.queries.marks import halves, said_of
from governance.queries.piles import DeskGate, Frozen, Pile, Piles
from governance.queries.signed_acts import SignedView, as_row, signed_views, standing
from governance.queries.stops import both_until
from governance.rules.rounds import RESUME
from initiatives.models import Initiative
from initiatives.queries.visibility import listed_for, readable_by, worked_on_by
from people.choices import Side
from people.rules import Authority
from playbook.playbooks import Playbook

LIMIT = 10
MINE, OTHERS, DRAFT = "mine", "others", "draft"


def piles(authority: Authority, playbook: Playbook) -> Piles:
    """Return the open gates on a person's desk. Two queries, however many there are."""
    rows = list(_ranked(authority))
    wanted = {row.pk for row in rows} | {row.before_id for row in rows if row.before_id}
    acts = signed_views(Signature.objects.filter(round__in=wanted)) if rows else []

    def pile(group: str) -> Pile:
        own = [row for row in rows if row.group == group]
        gates = tuple(_gate(row, acts, playbook) for row in own)
        return Pile(gates, own[0].total if own else 0)

    first = next((row for row in rows if row.group == MINE), None)
    return Piles(
        mine=pile(MINE),
        others=pile(OTHERS),
        drafts=pile(DRAFT),
        lead=_as_frozen(first) if first else None,
    )


def pauses(authority: Authority, at: datetime) -> list[tuple[Pause, bool]]:
    """Return the pauses that last, each with whether the sponsor may end it by now."""
    rows = Pause.objects.lasting().filter(initiative__in=readable_by(authority))
    told = rows.select_related("initiative", "by", "sealed", "breach").order_by("pk")[:LIMIT]
    return [(one, at >= both_until(one.paused_at)) for one in told]


def without_gate(authority: Authority) -> list[Initiative]:
    """Return the person's own initiatives that are under way and have no open round."""
    is_open = Round.objects.filter(initiative=OuterRef("pk"), state__in=OPEN_STATES)
    rows = worked_on_by(authority).under_way().shown().filter(~Exists(is_open))
    return list(rows.order_by("stage_since", "pk")[:LIMIT])


def in_use(authority: Authority) -> list[Initiative]:
    """Return what is in use: name, stage and purpose are everyone's to read."""
    return list(listed_for(authority).in_use().order_by("name", "pk")[:50])


def next_for(side: Side, authority: Authority, playbook: Playbook) -> DeskGate | None:
    """Return the next gate that waits for a side's signature."""
    found = piles(authority, playbook)
    return found.mine.gates[0] if authority.key_side == side and found.mine.gates else None


def _ranked(authority: Authority) -> "QuerySet[Any]":
    rows = Round.objects.filter(state__in=OPEN_STATES)
    if not authority.reads_everything:
        rows = rows.filter(initiative__in=readable_by(authority))
    before = Round.objects.filter(
        initiative=OuterRef("initiative"), gate=OuterRef("gate"), n=OuterRef("n") - 1
    )
    signed = GateSide.objects.filter(round=OuterRef("pk"), live_signature__isnull=False)
    grouped = rows.annotate(
        group=_group(authority),
        half_signed=Exists(signed),
        signers=ArraySubquery(signers_at(OuterRef("submitted_at"))),
        rests=ArraySubquery(rests_in(OuterRef("initiative"))),
        before_id=Subquery(before.values("pk")[:1]),
        before_digest=Subquery(before.values("snapshot__digest")[:1]),
        before_reason=Subquery(before.values("reason")[:1]),
    )
    order = [F("half_signed").desc(), F("submitted_at").asc(), F("opened_at").asc(), F("pk").asc()]
    ranked = grouped.annotate(
        place=Window(RowNumber(), partition_by=[F("group")], order_by=order),
        total=Window(Count("pk"), partition_by=[F("group")]),
    )
    return (
        ranked.filter(place__lte=LIMIT)
        .select_related("initiative", "snapshot")
        .order_by("group", "place")
    )


def _group(authority: Authority) -> Case:
    """Sort a round: for this person's key, for somebody else, or still in preparation."""
    cases = [When(state=RoundState.DRAFT, then=Value(DRAFT))]
    for side, scope in _to_sign(authority):
        empty = GateSide.objects.filter(round=OuterRef("pk"), side=side, live_signature=None)
        cases.append(
            When(
                Q(Exists(empty), state=RoundState.IN_REVIEW, initiative__standing="active") & scope
                | Q(Exists(empty), state=RoundState.IN_REVIEW, gate=RESUME) & scope,
                then=Value(MINE),
            )
        )
    return Case(*cases, default=Value(OTHERS), output_field=CharField())


def _to_sign(authority: Authority) -> Iterator[tuple[Side, Q]]:
    """Yield for which side this person signs, and how far: in office, or in somebody's place."""
    if authority.key_side is not None:
        yield authority.key_side, _is_judged(person_key=str(authority.person_key))
    for one in authority.warrants:
        scope = Q(pk=one.round_id) if one.round_id else _is_judged(term=one.term_id)
        if one.gates:
            scope &= Q(gate__in=one.gates)
        if one.initiatives:
            scope &= Q(initiative__in=one.initiatives)
        if one.risks:
            scope &= Q(initiative__risk_tier__in=one.risks)
        yield one.side, scope


def _is_judged(**by: object) -> Q:
    """Return the condition that the holder of a key did not step back from the round (A1)."""
    return ~Q(Exists(Recusal.objects.filter(round=OuterRef("pk"), **by)))


def _gate(row: Any, acts: Sequence[SignedView], playbook: Playbook) -> DeskGate:  # noqa: ANN401  # annotated
    own = [one for one in acts if one.round_id == row.pk]
    before = [one for one in acts if one.round_id == row.before_id]
    drawn = halves(row.state, [*map(as_row, own)], [*map(as_row, before)])
    snapshot = getattr(row, "snapshot", None)
    technology, people = drawn[Side.TECHNOLOGY], drawn[Side.PEOPLE]
    return DeskGate(
        round_id=row.pk,
        n=row.n,
        gate=row.gate,
        gate_name=playbook.gate(row.gate).name,
        state=RoundState(row.state),
        code=row.initiative.code,
        name=row.initiative.name,
        problem=row.initiative.problem,
        digest=snapshot.digest if snapshot else row.before_digest or "",
        technology=technology,
        people=people,
        label=said_of(technology, people),
        standing=standing(own) if row.state in REVIEW_STATES else {},
        returned=str(ReturnReason(row.before_reason).label) if row.before_reason else "",
        since=row.submitted_at or row.opened_at,
        expires_at=row.expires_at,
        lane=lane_of(
            row, read_calendars(row.signers, row.submitted_at or row.opened_at), row.rests
        ),
    )


def _as_frozen(row: Any) -> Frozen:  # noqa: ANN401  # annotated
    said = json.loads(bytes(row.snapshot.body))
    return Frozen(
        met=sum(one["state"] == "met" for one in said["criteria"]),
        points=len(said["criteria"]),
        evidence=len(said["content"]["evidence"]),
    )
