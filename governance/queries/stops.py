"""The pauses of an initiative: the one that lasts, and how long stopping took in the last drill."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from governance.choices import ALONE
from governance.models import Pause
from governance.rules.deadlines import contest_until
from governance.rules.stops import told
from governance.rules.ways import is_way
from initiatives.models import Initiative
from initiatives.queries.days import home_zone, working_days
from initiatives.rules.memberships import Part
from people.rules import Authority

ERASED = "words erased"
ENDS = ("resumption", "ruling", "replaced_by")


@dataclass(frozen=True, kw_only=True)
class Stop:
    """One pause: who stopped it and why, or which day was not kept; `took` once it stands still."""

    by: str
    reason: str
    broken_on: date | None
    is_exercise: bool
    paused_at: datetime
    took: timedelta | None

    @property
    def took_words(self) -> str:
        """How long it took until everything stood still; nothing while nobody has said so."""
        return "" if self.took is None else told(self.took)

    @property
    def both_until(self) -> datetime:
        """Until when both sides can end it by themselves."""
        return both_until(self.paused_at)

    def is_due(self, at: datetime) -> bool:
        """Tell whether both had their time, and the sponsor may end it."""
        return at >= self.both_until


@dataclass(frozen=True, kw_only=True)
class Stops:
    """How an initiative stands to stopping: the pause that lasts, and the last drill."""

    now: Stop | None
    drill: Stop | None


def may_pause(authority: Authority) -> bool:
    """Tell whether the person may stop any initiative alone (K1)."""
    return authority.key_side is not None or authority.is_sponsor


def may_note_standstill(part: Part, authority: Authority) -> bool:
    """Tell whether the person may say that everything stands still."""
    return part.side is not None or may_pause(authority)


def both_until(paused_at: datetime) -> datetime:
    """Return until when both sides can end a pause by themselves; then the sponsor may (K2)."""
    return contest_until(paused_at, str(home_zone()), working_days())


def ways_alone(stage: int) -> list[tuple[str, str]]:
    """Return what the sponsor can choose for an initiative in this stage."""
    return [(str(way), str(way.label)) for way in ALONE if is_way(way, stage=stage)]


def stops_of(initiative: Initiative) -> Stops:
    """Return the pause that lasts, and the last drill whose end was seen. One query.

    None where it stands as it was proposed: it was never stopped.
    """
    if not initiative.is_paused and initiative.standing_since == initiative.proposed_at:
        return Stops(now=None, drill=None)
    rows = Pause.objects.filter(initiative=initiative).select_related(
        "by", "sealed", "breach", "standstill", "resumption", "ruling", "replaced_by"
    )
    lasting = drill = None
    for row in rows.order_by("pk"):
        stop = _stop(row)
        is_over = any(hasattr(row, one) for one in ENDS)
        lasting = lasting if is_over else stop
        drill = stop if stop.is_exercise and stop.took is not None else drill
    return Stops(now=lasting, drill=drill)


def drill_of(initiative: Initiative) -> Pause | None:
    """Return the drill for which an initiative stands still now, or None."""
    if not initiative.is_paused:
        return None
    return Pause.objects.lasting().filter(initiative=initiative, is_exercise=True).last()


def drills_among(initiative_ids: Collection[int]) -> frozenset[int]:
    """Return which of these paused initiatives are paused for a drill; no query without any."""
    if not initiative_ids:
        return frozenset()
    rows = Pause.objects.lasting().filter(initiative__in=initiative_ids, is_exercise=True)
    return frozenset(rows.values_list("initiative", flat=True))


def _stop(row: Pause) -> Stop:
    standstill = getattr(row, "standstill", None)
    return Stop(
        by=row.by.name if row.by else "",
        reason=(row.sealed.text or ERASED) if row.sealed else "",
        broken_on=row.breach.due_on if row.breach else None,
        is_exercise=bool(row.is_exercise),
        paused_at=row.paused_at,
        took=standstill.stopped_at - row.paused_at if standstill else None,
    )
