"""A round that is or was before the sponsor, as its pages show it."""

import json
from dataclasses import dataclass
from datetime import datetime

from governance.choices import EscalationCause, Resolved, RoundState
from governance.models import Resolution, Round
from governance.queries.escalations import (
    case_of,
    dissents_of,
    sponsor_facts,
    stated_sides,
)
from governance.queries.standing import signing_facts
from governance.rules.escalations import COOLING, GO, Case, blockers_to_resolve
from kernel.refusals import Blocker
from people.choices import Side
from people.models import User


@dataclass(frozen=True, kw_only=True)
class Said:
    """What one side stated for itself."""

    side: Side
    name: str
    text: str
    at: datetime
    is_erased: bool


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What the sponsor decided, and why."""

    way: Resolved
    name: str
    title: str
    reason: str
    at: datetime
    statement: str


@dataclass(frozen=True, kw_only=True)
class Way:
    """One way out, and what bars it now."""

    way: Resolved
    blockers: tuple[Blocker, ...]


@dataclass(frozen=True, kw_only=True)
class Stalemate:
    """Why the sponsor is asked, what was said, and what may be decided from when on."""

    case: Case
    dissents: tuple[Said, ...]
    stated: frozenset[str]
    decided: Decided | None
    ways: tuple[Way, ...]

    @property
    def cause(self) -> EscalationCause:
        return EscalationCause(self.case.cause)

    @property
    def against(self) -> Side:
        """The side that does not consent."""
        return Side(self.case.against)

    @property
    def go_from(self) -> datetime:
        """From when on the sponsor may let it pass, if the other side has signed."""
        return max(self.case.reply_until, self.case.escalated_at + COOLING)

    @property
    def technology(self) -> Said | None:
        """What Technology stated last."""
        return self._said_by(Side.TECHNOLOGY)

    @property
    def people(self) -> Said | None:
        """What People stated last."""
        return self._said_by(Side.PEOPLE)

    @property
    def earlier(self) -> list[Said]:
        """What a side stated before the sponsor was asked anew, and it said more."""
        return [one for one in self.dissents if one not in (self.technology, self.people)]

    @property
    def silent(self) -> Side | None:
        """The side that stated nothing, where the other one did."""
        missing = [side for side in Side if self._said_by(side) is None]
        return missing[0] if len(missing) == 1 else None

    def _said_by(self, side: Side) -> Said | None:
        return next((one for one in reversed(self.dissents) if one.side == side), None)

    def has_stated(self, side: Side | None) -> bool:
        """Tell whether the side has said how it sees it since the sponsor was last asked."""
        return side in self.stated


def stalemate_of(
    round_: Round, reader: User, at: datetime, *, is_sponsor: bool
) -> Stalemate | None:
    """Return what is or was before the sponsor at a round, or None; the ways for the sponsor."""
    case = case_of(round_)
    if case is None:
        return None
    return Stalemate(
        case=case,
        dissents=said_of_sides(round_),
        stated=stated_sides(round_, case),
        decided=decided_of(round_),
        ways=_ways(round_, case, reader, at) if is_sponsor else (),
    )


def said_of_sides(round_: Round) -> tuple[Said, ...]:
    """Return what the sides stated for themselves, the first first."""
    return tuple(
        Said(
            side=Side(one.side),
            name=one.by.name,
            text=one.sealed.text or "The words were erased.",
            is_erased=one.sealed.text is None,
            at=one.stated_at,
        )
        for one in dissents_of(round_)
    )


def decided_of(round_: Round) -> Decided | None:
    """Return what the sponsor decided about the round; None where it was not asked to."""
    row = (
        Resolution.objects.filter(round=round_).select_related("signature__intent__sealed").first()
    )
    if row is None:
        return None
    said = json.loads(row.signature.intent.sealed.text or "{}")
    return Decided(
        way=Resolved(row.way),
        name=said.get("name", ""),
        title=said.get("title", ""),
        reason=said.get("reason", ""),
        at=row.resolved_at,
        statement=row.signature.statement_digest,
    )


def _ways(round_: Round, case: Case, reader: User, at: datetime) -> tuple[Way, ...]:
    if round_.state != RoundState.ESCALATED:
        return ()
    facts, sponsor = signing_facts(round_, at), sponsor_facts(reader, round_, at)
    return tuple(
        Way(
            way=way,
            blockers=tuple(
                blockers_to_resolve(way, sponsor=sponsor, case=case, facts=facts, at=at)
            ),
        )
        for way in (Resolved.RECYCLE, Resolved.HOLD, Resolved.KILL, Resolved(GO))
    )
