"""The shapes of a frozen snapshot as people read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from initiatives.queries.days import home_day
from initiatives.rules.differences import said
from initiatives.rules.evidence import next_end
from initiatives.rules.slots import CleanSlot
from journal.queries import installation
from kernel.templatetags.say import money
from playbook.shapes import SIDES, Criterion, Field, Slot

Names = Mapping[str, str]
KIND_WORDS = {"file": "File", "link": "Link", "attestation": "Statement"}


@dataclass(frozen=True)
class Line:
    """One field of a contribution. A table has `heads` and `rows` instead of a value."""

    key: str
    label: str
    value: str
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class FrozenSlot:
    """One contribution as it was frozen. `clean` is None once its texts were erased."""

    slot: Slot
    n: int
    side: str
    author: str
    clean: CleanSlot | None
    erased_at: datetime | None

    @property
    def lines(self) -> tuple[Line, ...]:
        """What stands in it, in the order of the playbook; empty fields are left out."""
        clean = self.clean
        if clean is None:
            return ()
        lines = (_line(field, clean) for field in self.slot.fields if field.type != "evidence")
        return tuple(line for line in lines if line.value or line.rows)


@dataclass(frozen=True)
class FrozenCopy:
    """The copy of what a link led to, as it was frozen."""

    sha256: str
    fetched_at: datetime
    scan: str


@dataclass(frozen=True)
class FrozenEvidence:
    """One piece of evidence as it was frozen."""

    id: str
    slot: str
    criterion: str
    kind: str
    title: str
    note: str
    url: str
    sha256: str
    side: str
    author: str
    scan: str
    valid_until: date | None
    erased_at: datetime | None
    copy: FrozenCopy | None = None

    @property
    def name(self) -> str:
        """How it is called, also after its words were erased."""
        return self.title or f"{KIND_WORDS[self.kind]} whose title was erased"

    @property
    def is_scanned(self) -> bool:
        """Whether a scanner has looked at the file or copy, or there is nothing to scan."""
        scan = self.copy.scan if self.copy else self.scan
        return scan == "clean" or (self.kind != "file" and self.copy is None)


@dataclass(frozen=True)
class FrozenCriterion:
    """One criterion as it stood, and what shows it."""

    criterion: Criterion
    slots: tuple[Slot, ...]
    state: str
    by: str
    value: str
    note: str
    valid_until: date | None
    erased_at: datetime | None
    evidence: tuple[FrozenEvidence, ...]
    excuse: str = ""


@dataclass(frozen=True)
class FrozenText:
    """Everything a decision rests on, read from the bytes."""

    fingerprint: str
    name: str
    unit: str
    fields: tuple[Line, ...]
    leads: Names
    seats: Names
    slots: tuple[FrozenSlot, ...]
    evidence: tuple[FrozenEvidence, ...]
    facts: tuple[Line, ...]
    criteria: tuple[FrozenCriterion, ...]
    previous: str | None
    is_true: bool

    @property
    def sides(self) -> tuple[tuple[str, tuple[FrozenCriterion, ...]], ...]:
        """The criteria by side, technology first; a side without any is left out."""
        found = (
            (side, tuple(one for one in self.criteria if one.criterion.side == side))
            for side in SIDES
        )
        return tuple(one for one in found if one[1])

    @property
    def slot_keys(self) -> frozenset[str]:
        """The contributions that stand in the text; what is still empty stands nowhere."""
        return frozenset(one.slot.key for one in self.slots)

    @property
    def met(self) -> int:
        return sum(one.state == "met" for one in self.criteria)

    def runs_out(self, at: datetime) -> date | None:
        """Return the last good day of what it rests on, where that comes soon."""
        days = [one.valid_until for one in self.evidence]
        return next_end([*days, *(one.valid_until for one in self.criteria)], home_day(at))

    def slots_of(self, stage: int | None) -> tuple[FrozenSlot, ...]:
        return tuple(one for one in self.slots if one.slot.stage == stage)


def _line(field: Field, clean: CleanSlot) -> Line:
    if field.type != "table":
        return Line(field.key, field.label, printed(field, clean.value(field.key)))
    columns = [column for column in field.columns if column.type != "evidence"]
    return Line(
        field.key,
        field.label,
        "",
        heads=tuple(column.label for column in columns),
        rows=tuple(
            tuple(printed(column, row.get(column.key, "")) for column in columns)
            for row in clean.rows(field.key)
        ),
    )


def printed(field: Field, value: str) -> str:
    """Return a value the way a person reads it."""
    if field.type == "date" and value:
        return f"{date.fromisoformat(value):%-d %B %Y}"
    if field.type == "money" and value:
        founded = installation()
        return money(value, founded.currency if founded else "")
    return said(field, value)
