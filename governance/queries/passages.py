"""A passed gate as its certificate shows it."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from governance.models import Commitment
from governance.queries.gate_page import GateRounds
from governance.queries.review_page import ReviewPage
from governance.queries.signed_acts import SignedView, standing
from governance.queries.stalemates import Decided, Said, decided_of, said_of_sides
from initiatives.models import Fact
from journal.models import Entry
from journal.rows import label
from kernel.canonical import canonical, digest
from people.choices import Side

LAST_GATE = "4"


@dataclass(frozen=True, kw_only=True)
class Owed:
    """One condition that became a commitment."""

    id: int
    text: str
    owner: str
    due_on: object
    is_closed: bool
    is_lapsed: bool


@dataclass(frozen=True, kw_only=True)
class PassagePage:
    """Both halves and what holds them together."""

    review: ReviewPage
    halves: dict[str, SignedView]
    decision: str
    is_same: bool
    is_true: bool
    seq: int
    owed: tuple[Owed, ...]
    next_stage: str
    launch_on: object
    decided: Decided | None
    dissents: tuple[Said, ...]

    @property
    def against(self) -> str:
        """The side that did not agree, where the sponsor let it pass; else ""."""
        missing = {str(side) for side in Side} - set(self.halves)
        return min(missing) if self.decided and missing else ""


def passage_page(found: GateRounds, at: datetime) -> PassagePage:
    """Return what the certificate shows; the same text for both is checked, not assumed."""
    review = ReviewPage(found, at)
    passage = found.round.passage
    approved = [one for one in found.acts if not one.is_decline]
    halves = {str(side): one for side, one in standing(approved).items()}
    decided = decided_of(found.round)
    entry = Entry.objects.filter(subject_type=label(passage), subject_id=str(passage.pk)).first()
    return PassagePage(
        review=review,
        halves=halves,
        decision=passage.digest,
        is_same=len({one.terms_digest for one in halves.values()}) == 1
        and len(halves) == (1 if decided else len(Side)),
        is_true=review.text.is_true and _is_true(bytes(passage.body), passage.digest),
        seq=entry.seq if entry else 0,
        owed=tuple(_owed(passage.pk)),
        next_stage=_next_stage(found),
        launch_on=_launch_on(found),
        decided=decided,
        dissents=said_of_sides(found.round),
    )


def _is_true(body: bytes, fingerprint: str) -> bool:
    return digest(body) == fingerprint and canonical(json.loads(body)) == body


def _owed(passage_id: int) -> list[Owed]:
    rows = (
        Commitment.objects.filter(passage=passage_id)
        .annotate(closed=F("closure__pk"), lapsed=F("lapse__pk"))
        .select_related("owner", "sealed")
        .order_by("due_on", "pk")
    )
    return [
        Owed(
            id=row.pk,
            text=json.loads(row.sealed.text or "{}").get("text", "Its words were erased"),
            owner=row.owner.name,
            due_on=row.due_on,
            is_closed=vars(row)["closed"] is not None,
            is_lapsed=vars(row)["lapsed"] is not None,
        )
        for row in rows
    ]


def _next_stage(found: GateRounds) -> str:
    if not found.round.gate.isdigit() or found.round.gate == LAST_GATE:
        return ""
    return found.playbook.stage(int(found.round.gate) + 1).name


def _launch_on(found: GateRounds) -> object:
    if found.gate.launch_date is None:
        return None
    fact = Fact.objects.filter(initiative=found.initiative, kind="launch_set").last()
    return fact.happened_on if fact else None
