"""Where a side said no: pauses, declines and requests for changes, the newest first."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, Value
from django.db.models.functions import JSONObject

from governance.models import ChangeRequest, Decline, Pause
from governance.queries.holders import Holders
from governance.queries.marks import gate_word
from governance.rules.signals import SPONSOR, year_before
from initiatives.models import Initiative
from initiatives.rules.memberships import JOINT
from people.choices import Side
from playbook.playbooks import Playbook

PAUSE, DECLINE, CHANGES = "pause", "decline", "changes"
WORDS = {
    PAUSE: "Paused an initiative",
    DECLINE: "Declined a gate",
    CHANGES: "Asked for changes",
}
SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class Objection:
    """One no: by which side, or by the sponsor; "" where nobody knows who held an office then.

    Of a request for changes, how many of its points belong to the other side.
    """

    kind: str
    by: str
    code: str
    name: str
    gate: str
    round_id: int | None
    at: datetime
    is_lifted: bool = False
    points: int = 0
    points_of_other: int = 0

    @property
    def word(self) -> str:
        return WORDS[self.kind]

    @property
    def gate_word(self) -> str:
        return gate_word(self.gate) if self.gate else ""


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How often one kind of no was said, by each side and by the sponsor."""

    kind: str
    technology: int
    people: int
    sponsor: int
    unknown: int

    @property
    def word(self) -> str:
        return WORDS[self.kind]


@dataclass(frozen=True)
class Objections:
    """All of twelve months: the newest to read, and how many there are of each kind."""

    rows: tuple[Objection, ...]
    tallies: tuple[Tally, ...]
    total: int
    on_other: dict[str, int]

    @property
    def has_unknown(self) -> bool:
        return any(one.unknown for one in self.tallies)


def objections(holders: Holders, playbook: Playbook, at: datetime) -> Objections:
    """Return every no of the twelve months until then. One query; drills are none."""
    found = [_objection(row, holders, playbook) for row in _rows(year_before(at))]
    counts = Counter((one.kind, one.by) for one in found)
    return Objections(
        rows=tuple(found[:SHOWN]),
        tallies=tuple(
            Tally(
                kind=kind,
                technology=counts[kind, Side.TECHNOLOGY],
                people=counts[kind, Side.PEOPLE],
                sponsor=counts[kind, SPONSOR],
                unknown=counts[kind, ""],
            )
            for kind in WORDS
        ),
        total=len(found),
        on_other=_on_other(found),
    )


def _on_other(found: Iterable[Objection]) -> dict[str, int]:
    """Return how many requests of each side had points that belong to the other one."""
    sides = [one.by for one in found if one.points_of_other]
    return {str(side): sides.count(side) for side in Side}


def _rows(since: datetime) -> Any:  # noqa: ANN401  # a QuerySet of values
    pauses = Pause.objects.filter(paused_at__gt=since, by__isnull=False, is_exercise=None)
    declines = Decline.objects.filter(signature__signed_at__gt=since)
    wishes = ChangeRequest.objects.filter(asked_at__gt=since)
    signed = "signature__"
    told = (
        pauses.values(
            kind=Value(PAUSE, CharField()),
            at=F("paused_at"),
            row=JSONObject(key="by__person_key", **_of("initiative")),
        ),
        declines.values(
            kind=Value(DECLINE, CharField()),
            at=F("signature__signed_at"),
            row=JSONObject(side=f"{signed}side", void=f"{signed}void", **_round(f"{signed}round")),
        ),
        wishes.values(
            kind=Value(CHANGES, CharField()),
            at=F("asked_at"),
            row=JSONObject(side="side", criteria="criteria", **_round("round")),
        ),
    )
    return told[0].union(*told[1:], all=True).order_by("-at")


def _of(path: str) -> dict[str, str]:
    return {"number": f"{path}__number", "name": f"{path}__name"}


def _round(path: str) -> dict[str, str]:
    return {"round": f"{path}__pk", "gate": f"{path}__gate", **_of(f"{path}__initiative")}


def _objection(read: Mapping[str, Any], holders: Holders, playbook: Playbook) -> Objection:
    row = read["row"]
    by = row["side"] if "side" in row else holders.word_of(UUID(row["key"]), read["at"])
    owners = [_owner(playbook, key) for key in row.get("criteria", ())]
    return Objection(
        kind=read["kind"],
        by=by,
        code=Initiative(number=row["number"]).code,
        name=row["name"],
        gate=row.get("gate", ""),
        round_id=row.get("round"),
        at=read["at"],
        is_lifted=row.get("void") is not None,
        points=len(owners),
        points_of_other=sum(owner not in (by, JOINT, "") for owner in owners),
    )


def _owner(playbook: Playbook, criterion: str) -> str:
    """Return whose point it is; nobody's once the playbook no longer asks for it."""
    try:
        return playbook.criterion(criterion).side
    except KeyError:
        return ""
