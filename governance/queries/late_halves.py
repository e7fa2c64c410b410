"""By how many days one side's half of the inputs came after the other's, stage by stage."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from django.db.models import Count, F, Max, Q

from governance.rules.signals import Lag, lags, year_before
from initiatives.choices import ENDED
from initiatives.models import ArtefactVersion, Initiative
from initiatives.queries.days import home_zone
from initiatives.rules.questions import other_side
from people.choices import Side
from playbook.playbooks import Playbook

STAGES = (1, 2, 3)
SHOWN = 10


@dataclass(frozen=True)
class StageLags:
    """One stage: how often each side's half came later, and of how many with both halves in."""

    stage: int
    lags: tuple[Lag, ...]
    of: int

    @property
    def same_day(self) -> int:
        return self.of - sum(one.count for one in self.lags)


@dataclass(frozen=True, kw_only=True)
class OpenHalf:
    """An initiative in work of which one half is in for some days, and the other is not."""

    code: str
    name: str
    stage: int
    side: Side
    days: int


@dataclass(frozen=True)
class LateHalves:
    """The stages, and what waits for one half now, the longest first."""

    stages: tuple[StageLags, ...]
    open: tuple[OpenHalf, ...]
    total_open: int

    @property
    def more(self) -> int:
        """How many wait that the page does not show."""
        return self.total_open - len(self.open)

    @property
    def has_any(self) -> bool:
        return bool(self.open) or any(one.of for one in self.stages)


@dataclass(frozen=True, kw_only=True)
class _Halves:
    """Both halves of one stage of one initiative: on which day each was whole, if it is."""

    row: Mapping[str, Any]
    stage: int
    days: dict[Side, date | None]
    latest: datetime | None

    @property
    def pair(self) -> tuple[date | None, date | None]:
        return (self.days[Side.TECHNOLOGY], self.days[Side.PEOPLE])

    @property
    def is_half_open(self) -> bool:
        """Whether it is being worked on, and exactly one half is in."""
        row = self.row
        in_work = row["standing"] not in ENDED and row["at_stage"] == self.stage
        return in_work and row["archived"] is None and self.pair.count(None) == 1


def late_halves(playbook: Playbook, at: datetime) -> LateHalves:
    """Return how it was with the halves that came in within twelve months. One query.

    A half is in once each slot that the gate asks of the side was written for the first time.
    """
    zone, since = home_zone(), year_before(at)
    today = at.astimezone(zone).date()
    wanted = _wanted(playbook)
    found = [_halves(row, stage, wanted, zone) for row in _rows(wanted) for stage in STAGES]
    lately = [one for one in found if one.latest is not None and one.latest > since]
    waiting = [_open_half(one, today) for one in found if one.is_half_open]
    waiting.sort(key=lambda one: (-one.days, one.code))
    return LateHalves(
        stages=tuple(
            _stage(stage, [one for one in lately if one.stage == stage]) for stage in STAGES
        ),
        open=tuple(waiting[:SHOWN]),
        total_open=len(waiting),
    )


def _wanted(playbook: Playbook) -> dict[tuple[int, Side], list[str]]:
    """Return which slots of each stage belong to one side alone, and are asked for."""
    return {
        (stage, side): [
            slot.key for slot in playbook.required_slots(str(stage)) if slot.side == side
        ]
        for stage in STAGES
        for side in Side
    }


def _rows(wanted: Mapping[tuple[int, Side], list[str]]) -> Any:  # noqa: ANN401  # a QuerySet of values
    told: dict[str, Any] = {}
    for (stage, side), slots in wanted.items():
        told[f"{side.value}_{stage}"] = Count("pk", filter=Q(slot__in=slots))
        told[f"{side.value}_{stage}_at"] = Max("created_at", filter=Q(slot__in=slots))
    slots = [slot for some in wanted.values() for slot in some]
    rows = ArtefactVersion.objects.filter(n=1, slot__in=slots)
    named = rows.values(
        number=F("initiative__number"),
        name=F("initiative__name"),
        at_stage=F("initiative__stage"),
        standing=F("initiative__standing"),
        archived=F("initiative__archived_at"),
    )
    return named.annotate(**told).order_by("number")


def _halves(
    row: Mapping[str, Any],
    stage: int,
    wanted: Mapping[tuple[int, Side], list[str]],
    zone: tzinfo,
) -> _Halves:
    moments = {
        side: row[f"{side.value}_{stage}_at"]
        for side in Side
        if 0 < len(wanted[stage, side]) == row[f"{side.value}_{stage}"]
    }
    return _Halves(
        row=row,
        stage=stage,
        days={
            side: moments[side].astimezone(zone).date() if side in moments else None
            for side in Side
        },
        latest=max(moments.values()) if len(moments) == len(Side) else None,
    )


def _stage(stage: int, rows: Iterable[_Halves]) -> StageLags:
    pairs = [one.pair for one in rows]
    return StageLags(stage, lags(pairs), len(pairs))


def _open_half(one: _Halves, today: date) -> OpenHalf:
    side = next(side for side in Side if one.days[side] is None)
    there = one.days[other_side(side)]
    return OpenHalf(
        code=Initiative(number=one.row["number"]).code,
        name=one.row["name"],
        stage=one.stage,
        side=side,
        days=(today - there).days if there else 0,
    )
