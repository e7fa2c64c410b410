"""One page of what the record shows between the two sides, and who answers for what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from governance.queries.disputes import Dispute, disputes
from governance.queries.early_facts import EarlyView, Repetition, early_facts, repetitions
from governance.queries.holders import read_holders
from governance.queries.late_halves import LateHalves, late_halves
from governance.queries.objections import Objections, objections
from governance.rules.signals import unheard_sides
from initiatives.models import Initiative, Membership
from people.choices import Side
from playbook.playbooks import Playbook

SHOWN = 100


@dataclass(frozen=True, kw_only=True)
class Answering:
    """Who answers for one initiative: one lead a side; `unheard` sides can sign nothing."""

    code: str
    name: str
    stage: int
    leads: Mapping[str, str]
    unheard: tuple[Side, ...]

    @property
    def technology(self) -> str:
        return self.leads.get(Side.TECHNOLOGY, "")

    @property
    def people(self) -> str:
        return self.leads.get(Side.PEOPLE, "")

    @property
    def is_lacking(self) -> bool:
        """Whether somebody is missing who should answer or sign."""
        return len(self.leads) < len(Side) or bool(self.unheard)


@dataclass(frozen=True, kw_only=True)
class OpenDispute:
    """A disagreement with the names of those whose word is next; without one, nobody is there."""

    row: Dispute
    who: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Signals:
    """Everything on the page."""

    disputes: tuple[OpenDispute, ...]
    objections: Objections
    early: tuple[EarlyView, ...]
    repetitions: tuple[Repetition, ...]
    halves: LateHalves
    answering: tuple[Answering, ...]
    total: int
    lacking: int
    holders: Mapping[str, str]
    vacant: tuple[Side, ...]

    @property
    def more(self) -> int:
        """How many there are that the page does not show."""
        return self.total - len(self.answering)

    @property
    def oldest(self) -> Dispute | None:
        return self.disputes[0].row if self.disputes else None

    @property
    def has_any(self) -> bool:
        """Whether anything stands between the sides at all."""
        said = (self.disputes, self.objections.rows, self.early, self.lacking)
        return any(said) or self.halves.has_any


def signals(playbook: Playbook, at: datetime) -> Signals:
    """Return what the record shows of the twelve months until then, and what is open now."""
    holders = read_holders()
    names, vacant = holders.names_at(at), holders.vacant_at(at)
    leads = _leads()
    early = early_facts(holders, at)
    answering = _answering(leads, vacant)
    return Signals(
        disputes=tuple(_open(one, leads.get(one.initiative_id, {}), names) for one in disputes(at)),
        objections=objections(holders, playbook, at),
        early=early,
        repetitions=repetitions(early, at),
        halves=late_halves(playbook, at),
        answering=tuple(answering[:SHOWN]),
        total=len(answering),
        lacking=sum(one.is_lacking for one in answering),
        holders=names,
        vacant=vacant,
    )


def _leads() -> dict[int, dict[str, str]]:
    rows = Membership.objects.leads_here().values_list("initiative", "side", "user__name")
    found: dict[int, dict[str, str]] = {}
    for initiative, side, name in rows:
        found.setdefault(initiative, {})[side] = name
    return found


def _answering(leads: Mapping[int, Mapping[str, str]], vacant: tuple[Side, ...]) -> list[Answering]:
    """Return who answers for what is under way, what lacks somebody first."""
    rows = Initiative.objects.under_way().shown().order_by("number")
    found = [
        Answering(
            code=row.code,
            name=row.name,
            stage=row.stage,
            leads=leads.get(row.pk, {}),
            unheard=unheard_sides(leads.get(row.pk, {}), vacant),
        )
        for row in rows.only("number", "name", "stage")
    ]
    return sorted(found, key=lambda one: not one.is_lacking)


def _open(row: Dispute, leads: Mapping[str, str], holders: Mapping[str, str]) -> OpenDispute:
    """Say who is next by name: the lead of a side, else who holds its key; or the sponsor."""
    known = {**holders, **leads}
    return OpenDispute(row=row, who=tuple((one, known.get(one, "")) for one in row.next))
