"""What a playbook is made of: frozen shapes that the rest of the product reads and never changes.

`line` is where the thing stands in its file; 0 when it was rebuilt from the bytes of an edition.
"""

from dataclasses import dataclass
from decimal import Decimal

SIDES = ("technology", "people", "joint")
TEXT_TYPES = frozenset({"text", "long_text"})
DECIMAL_TYPES = frozenset({"number", "money", "percentage"})
OTHER_TYPES = ("date", "choice", "person", "role", "evidence", "table")
FIELD_TYPES = (*sorted(TEXT_TYPES), *sorted(DECIMAL_TYPES), *OTHER_TYPES)
KINDS = ("must", "should", "hard")
AXES = ("technical", "workforce", "ethics", "change")
PROOFS = ("artefact", "attested", "computed")
OUTCOMES = ("technical", "human", "business")
DIRECTIONS = ("higher", "lower", "band")
# What the product can work out by itself: to another proof nothing could give an answer.
BLIND_SCORES = "blind_scores"
COMPUTED = frozenset(
    {"no_vendor_commitment", "accountable_pair", "operating_model_chosen", BLIND_SCORES}
)
CUSTOM_METRIC = "custom"


class PlaybookError(Exception):
    """The playbook is wrong: in which file, on which line, and why."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        place = f"{file}:{line}" if line else file
        super().__init__(f"{place}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Option:
    """One answer of a choice."""

    value: str
    label: str
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class Field:
    """One typed question of a slot, or one column of a table."""

    key: str
    label: str
    type: str
    help: str = ""
    required: bool = False
    unit: str = ""
    decimals: int = 0
    min_value: Decimal | None = None
    max_value: Decimal | None = None
    min_items: int = 0
    max_items: int = 0
    options: tuple[Option, ...] = ()
    settled_by: tuple[str, ...] = ()
    goes_with: str = ""
    empty_when: tuple[str, ...] = ()
    columns: tuple["Field", ...] = ()
    line: int = 0

    @property
    def is_text(self) -> bool:
        """Whether the value is free text, which is sealed instead of standing in the clear."""
        return self.type in TEXT_TYPES

    def option_label(self, value: str) -> str:
        """Return the words for a stored answer; an answer no longer offered stands as it is."""
        return next((option.label for option in self.options if option.value == value), value)

    def column(self, key: str) -> "Field":
        """Return one column of the table, or raise KeyError."""
        return _by_key(self.columns, key)


@dataclass(frozen=True, kw_only=True)
class Slot:
    """One artefact that a side, or both together, bring to a stage."""

    key: str
    stage: int | None
    gate: str
    side: str
    label: str
    help: str
    fields: tuple[Field, ...]
    line: int = 0

    def field(self, key: str) -> Field:
        """Return one field, or raise KeyError."""
        return _by_key(self.fields, key)

    @property
    def evidence_field(self) -> Field | None:
        """The field that asks for evidence, attached to the slot as a whole."""
        return next((field for field in self.fields if field.type == "evidence"), None)


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One of the four stages, with the questions that open with it."""

    number: int
    key: str
    name: str
    help: str
    questions: tuple[str, ...]
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class Ending:
    """The answers in a slot by which a gate ends the initiative, and the criteria it asks then."""

    slot: str
    field: str
    answers: tuple[str, ...]
    asks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Gate:
    """What both sides sign: the end of a stage, or the way out of a pause."""

    key: str
    stage: int | None
    name: str
    help: str
    ready_at: int | None = None
    verdicts: tuple[Option, ...] = ()
    launch_date: tuple[str, str] | None = None
    ending: Ending | None = None
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """What must or should be so before a gate is signed, and how it is shown to be so."""

    key: str
    gate: str
    side: str
    kind: str
    axis: str
    text: str
    proof: str
    help: str = ""
    weight: int = 1
    slots: tuple[str, ...] = ()
    computed: str = ""
    stands_for: str = ""
    unit: str = ""
    met_at: Decimal | None = None
    stop_below: Decimal | None = None
    verdicts: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class Level:
    """How far an AI may go by itself."""

    code: str
    name: str
    human: str
    controls: str
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class OperatingModel:
    """How the two sides share the work."""

    key: str
    name: str
    idea: str
    roles: str
    cadence: str
    gates: str
    best_when: str
    watch: str
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class RiskQuestion:
    """One plain yes-or-no question behind the risk tier."""

    key: str
    text: str
    help: str
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class Metric:
    """One number that sides can agree to be measured by."""

    key: str
    name: str
    side: str
    unit: str
    direction: str
    outcome: str
    logins: bool = False
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One code of the closed list behind a decline or a request for changes."""

    code: str
    label: str
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A rule of the house, shown where it matters."""

    key: str
    title: str
    text: str
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class Success:
    """Where the shared success statement stands, and how many measures it takes."""

    slot: str
    table: str
    least: int
    most: int
    login_words: tuple[str, ...]
    suggested: tuple[str, ...] = ()
    line: int = 0


def _by_key(fields: tuple[Field, ...], key: str) -> Field:
    return {field.key: field for field in fields}[key]
