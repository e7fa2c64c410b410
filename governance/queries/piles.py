"""The shapes of what lies on a desk."""

from dataclasses import dataclass, field
from datetime import datetime

from governance.choices import RoundState
from governance.queries.lanes import Lane
from governance.queries.marks import gate_word
from governance.queries.signed_acts import SignedView
from people.choices import Side


@dataclass(frozen=True, kw_only=True)
class DeskGate:
    """One open round on a desk."""

    round_id: int
    n: int
    gate: str
    gate_name: str
    state: RoundState
    code: str
    name: str
    problem: str
    digest: str
    technology: str
    people: str
    label: str
    standing: dict[Side, SignedView]
    returned: str
    since: datetime
    expires_at: datetime | None
    lane: Lane | None

    @property
    def gate_word(self) -> str:
        return gate_word(self.gate)

    @property
    def is_escalated(self) -> bool:
        return self.state == RoundState.ESCALATED

    @property
    def missing(self) -> tuple[Side, ...]:
        """The sides whose word is missing."""
        return tuple(side for side in (Side.TECHNOLOGY, Side.PEOPLE) if side not in self.standing)

    @property
    def quoted(self) -> SignedView | None:
        """The one half that has spoken, where only one has."""
        return next(iter(self.standing.values()), None) if len(self.standing) == 1 else None

    def is_again(self, side: Side) -> bool:
        """Whether the side has signed before and must do so again."""
        return {Side.TECHNOLOGY: self.technology, Side.PEOPLE: self.people}[side] == "stale"


@dataclass(frozen=True, kw_only=True)
class Frozen:
    """How the first gate on the desk stood when it was sent."""

    met: int
    points: int
    evidence: int


@dataclass(frozen=True)
class Pile:
    """The gates of one kind, and how many there are in all."""

    gates: tuple[DeskGate, ...] = ()
    total: int = 0

    @property
    def more(self) -> int:
        return self.total - len(self.gates)


@dataclass(frozen=True, kw_only=True)
class Piles:
    """Every open gate the person may read, sorted by what it needs."""

    mine: Pile = field(default_factory=Pile)
    others: Pile = field(default_factory=Pile)
    drafts: Pile = field(default_factory=Pile)
    lead: Frozen | None = None

    @property
    def in_review(self) -> int:
        return self.mine.total + self.others.total

    @property
    def open(self) -> int:
        return self.in_review + self.drafts.total

    @property
    def half_signed(self) -> int:
        """On how many of the own ones the other side has signed."""
        return sum(gate.quoted is not None for gate in self.mine.gates)

    @property
    def waiting(self) -> tuple[DeskGate, ...]:
        """Those of others without the disagreements, which are told apart."""
        return tuple(gate for gate in self.others.gates if not gate.is_escalated)
