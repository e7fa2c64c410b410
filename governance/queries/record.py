"""The record: how gates were decided, newest first, page by page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet, Subquery, Value

from governance.choices import OPEN_STATES, RoundState
from governance.models import Passage, Round, Signature
from governance.queries.disagreements import disagreed_at
from governance.queries.marks import gate_word, halves, on_condition, said_of
from governance.queries.signed_acts import SignedView, as_row, signed_views, standing
from initiatives.choices import Standing
from initiatives.queries.visibility import readable_by
from initiatives.rules.keysets import Place, moment_of, place_of, token_of
from people.choices import Side
from people.rules import Authority
from playbook.playbooks import Playbook
from playbook.shapes import Gate

PAGE = 25
OUTCOMES = tuple(state for state in RoundState if state not in OPEN_STATES)


@dataclass(frozen=True, kw_only=True)
class Decision:
    """How one round of one gate ended."""

    round_id: int
    gate: str
    gate_name: str
    n: int
    outcome: RoundState
    reason: str
    verdict: str
    code: str
    name: str
    closed_at: datetime
    digest: str
    technology: str
    people: str
    label: str
    standing: dict[Side, SignedView]
    disagreed: int
    disagreed_open: int
    past_since: datetime | None = None
    is_conditional: bool = False

    @property
    def gate_word(self) -> str:
        return gate_word(self.gate)

    @property
    def is_passed(self) -> bool:
        return self.outcome == RoundState.PASSED


@dataclass(frozen=True, kw_only=True)
class DecisionFilters:
    """What the decisions are narrowed to."""

    number: int | None = None
    outcome: str = ""
    text: str = ""


@dataclass(frozen=True)
class DecisionPage:
    """A page of decisions; `after` is a word for the address, "" at the end."""

    rows: tuple[Decision, ...]
    after: str
    total: int


def decisions(
    authority: Authority, filters: DecisionFilters, *, playbook: Playbook, after: str = ""
) -> DecisionPage:
    """Return ended rounds, the newest first. Two queries."""
    found = _ended(authority, filters)
    total = found.order_by().values(one=Value(1)).annotate(many=Count("pk")).values("many")
    told = _behind(found, after).annotate(
        total=Subquery(total), is_conditional=on_condition(), **disagreed_at()
    )
    rows = list(told[: PAGE + 1])
    shown = rows[:PAGE]
    acts = signed_views(Signature.objects.filter(round__in=[one.pk for one in shown]))
    more = token_of(_place(shown[-1])) if rows[PAGE:] else ""
    return DecisionPage(
        rows=tuple(_decision(one, acts, playbook) for one in shown),
        after=more,
        total=rows[0].total if rows else 0,
    )


def _ended(authority: Authority, filters: DecisionFilters) -> "QuerySet[Round]":
    rows = Round.objects.filter(state__in=OUTCOMES, submitted_at__isnull=False)
    if not authority.reads_everything:
        rows = rows.filter(initiative__in=readable_by(authority))
    if filters.number is not None:
        rows = rows.filter(initiative__number=filters.number)
    if filters.outcome:
        rows = rows.filter(state=filters.outcome)
    for word in filters.text.split()[:8]:
        rows = rows.filter(
            Q(initiative__name__icontains=word) | Q(initiative__problem__icontains=word)
        )
    return rows


def _behind(rows: "QuerySet[Round]", after: str) -> "QuerySet[Round]":
    place = place_of(after) if after else None
    if place is not None:
        at = moment_of(place.value)
        if at is not None:
            rows = rows.filter(Q(closed_at__lt=at) | Q(closed_at=at, pk__lt=place.number))
    return (
        rows.select_related("initiative", "snapshot", "passage__supersession__rollback")
        .defer("snapshot__body", "passage__body")
        .order_by("-closed_at", "-pk")
    )


def _decision(row: Round, acts: Collection[SignedView], playbook: Playbook) -> Decision:
    own = [one for one in acts if one.round_id == row.pk]
    drawn = halves(row.state, [*map(as_row, own)], [])
    gate = playbook.gate(row.gate)
    passage = getattr(row, "passage", None)
    past = getattr(passage, "supersession", None)
    technology, people = drawn[Side.TECHNOLOGY], drawn[Side.PEOPLE]
    return Decision(
        round_id=row.pk,
        gate=row.gate,
        gate_name=gate.name,
        n=row.n,
        outcome=RoundState(row.state),
        reason=str(row.get_reason_display()),
        verdict=_outcome(row, passage, gate) if passage else "",
        code=row.initiative.code,
        name=row.initiative.name,
        closed_at=_closed(row),
        digest=row.snapshot.digest if hasattr(row, "snapshot") else "",
        technology=technology,
        people=people,
        label=said_of(technology, people),
        standing=standing(own),
        disagreed=vars(row)["disagreed"],
        disagreed_open=vars(row)["disagreed_open"],
        past_since=past.rollback.rolled_back_at if past else None,
        is_conditional=vars(row)["is_conditional"],
    )


def _outcome(row: Round, passage: Passage, gate: Gate) -> str:
    """Return what was decided where a gate offers more than to go on."""
    if gate.ending is not None and row.initiative.standing == Standing.NO_AI:
        return str(Standing.NO_AI.label)
    words = {option.value: option.label for option in gate.verdicts}
    return words.get(passage.verdict, "")


def _closed(row: Round) -> datetime:
    """Return when the round ended; every round that is listed has."""
    if row.closed_at is None:
        raise ValueError(f"round {row.pk} has not ended")
    return row.closed_at


def _place(row: Round) -> Place:
    return Place(_closed(row).isoformat(), row.pk)
