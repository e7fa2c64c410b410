"""A list of AI projects as companies keep it: which column is what, and what its stages mean."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from initiatives.rules.proposals import LIMITS
from kernel.refusals import Blocker
from kernel.sheets.shapes import Row, Sheet


class Part(StrEnum):
    """What we take over from a list; the rest of it stays where it is."""

    NAME = "name"
    PROBLEM = "problem"
    AFFECTED = "affected"
    UNIT = "unit"
    STAGE = "stage"
    REFERENCE = "reference"


NOT_STATED = "not stated"
LONGEST_UNIT = 120
LONGEST_REFERENCE = 120
ALIKE = 88.0
# How lists in the field call their columns, the likeliest first.
CALLED: Mapping[Part, tuple[str, ...]] = {
    Part.NAME: (
        "name", "title", "use case name", "use case", "project name", "initiative", "project",
        "use case title", "ai system", "system name", "bezeichnung", "titel", "nom",
    ),
    Part.PROBLEM: (
        "problem", "summary", "description", "purpose", "problem statement", "what it does",
        "business need", "objective", "use case description", "details", "beschreibung", "résumé",
    ),
    Part.AFFECTED: (
        "affected", "who is affected", "users", "user group", "audience", "impacted groups",
        "stakeholders", "target group", "end users", "betroffene",
    ),
    Part.UNIT: (
        "unit", "business unit", "department", "team", "division", "function", "organisation",
        "organization", "agency", "office", "area", "abteilung", "bereich", "service",
    ),
    Part.STAGE: (
        "stage", "status", "phase", "development stage", "lifecycle stage", "state", "maturity",
        "project status", "stand", "statut",
    ),
    Part.REFERENCE: (
        "id", "reference", "ref", "use case id", "project id", "number", "key", "ticket", "nr",
        "code",
    ),
}  # fmt: skip

NOT_PLACED = ""
IN_USE = "4"
PLACES = ("1", "2", "3", IN_USE)
MOST_WORDS = 100
# Read in this order: what is not in production is not in use, whatever else it says.
STAGE_WORDS: Sequence[tuple[str, str]] = (
    (r"not in (production|use)|pilot|proof of concept|poc|tested|acceptance|prototype", "2"),
    (r"(completed|retired|cancel+ed|stopped|archived|transfer)", NOT_PLACED),
    (r"in (production|use|mission|operation)|operation|maintenance|live|running|launched", IN_USE),
    (r"future", "2"),
    (r"deploy|implement|roll ?-?out|launch|release", "3"),
    (r"develop|design|acqui|build|procure|refin", "2"),
    (r"initiat|idea|plan|propos|intake|concept|investigat|explor|research|discover|backlog", "1"),
)


@dataclass(frozen=True)
class Matching:
    """What the person who brings the list has settled: columns, and stages for their words."""

    columns: Mapping[str, str]
    stages: Mapping[str, str]

    def cell(self, row: Row, header: Sequence[str], part: Part) -> str:
        """Return what a row says of one part, or "" where no column is it."""
        name = self.columns.get(part, "")
        return row.cells[header.index(name)] if name in header else ""


@dataclass(frozen=True)
class Listed:
    """One row as it would become an initiative. `stage` is what the list claims, or ""."""

    line: int
    name: str
    problem: str
    affected: str
    unit: str
    stage: str
    reference: str

    @property
    def identity(self) -> tuple[str, str]:
        """What makes it the row it is within its list."""
        if self.reference:
            return self.reference.casefold(), ""
        return self.name.casefold(), self.unit.casefold()

    @property
    def is_in_use(self) -> bool:
        """Whether the list claims that people work with it already."""
        return self.stage == IN_USE


def guessed_columns(header: Sequence[str]) -> dict[str, str]:
    """Return the likeliest column for each part; no column is taken twice."""
    found: dict[str, str] = {}
    choices = sorted(
        (
            (-_likeness(name, word) + rank / 100, part, name)
            for part, words in CALLED.items()
            for rank, word in enumerate(words)
            for name in header
            if _likeness(name, word) >= ALIKE
        ),
        key=lambda one: one[0],
    )
    for _, part, name in choices:
        if part not in found and name not in found.values():
            found[part] = name
    return found


def _likeness(name: str, word: str) -> float:
    return fuzz.ratio(_plain(name), word)


def _plain(name: str) -> str:
    return " ".join(re.sub(r"[_\W]+", " ", name.casefold()).split())


def guessed_stage(word: str) -> str:
    """Return the stage, "1" to "4", that a word of a list seems to mean, or "" for not placed."""
    plain = _plain(word)
    return next((stage for told, stage in STAGE_WORDS if re.search(told, plain)), NOT_PLACED)


def listed(row: Row, header: Sequence[str], matching: Matching) -> Listed:
    """Return what a row says, part by part."""
    said = {part: matching.cell(row, header, part) for part in Part}
    return Listed(
        line=row.line,
        name=" ".join(said[Part.NAME].split()),
        problem=said[Part.PROBLEM],
        affected=said[Part.AFFECTED],
        unit=" ".join(said[Part.UNIT].split()) or NOT_STATED,
        stage=matching.stages.get(said[Part.STAGE], NOT_PLACED),
        reference=said[Part.REFERENCE],
    )


def words_of(sheet: Sheet, column: str) -> list[tuple[str, int]]:
    """Return the different words of a column, the most frequent first; what is empty is none."""
    if column not in sheet.header:
        return []
    place = sheet.column(column)
    counts = Counter(row.cells[place] for row in sheet.rows if row.cells[place])
    return sorted(counts.items(), key=lambda one: (-one[1], one[0].casefold()))


def blockers_to_match(matching: Matching, sheet: Sheet) -> Iterator[Blocker]:
    """Yield why the columns as matched cannot be taken over."""
    if not matching.columns.get(Part.NAME):
        yield Blocker("missing", "Choose the column that holds the name.", Part.NAME)
    taken: set[str] = set()
    for part, name in matching.columns.items():
        if name and name not in sheet.header:
            yield Blocker("unknown", f"The file has no column “{name}”.", part)
        elif name in taken:
            yield Blocker("twice", f"“{name}” is taken for another part already.", part)
        elif name:
            taken.add(name)
    if has_too_many_words(sheet, matching.columns.get(Part.STAGE, "")):
        yield Blocker(
            "words",
            f"It holds more than {MOST_WORDS} different words, so it names no stages. Choose"
            " another column, or none.",
            Part.STAGE,
        )
    if set(matching.stages.values()) - {NOT_PLACED, *PLACES}:
        yield Blocker("stage", "Choose one of our four stages, or none.", Part.STAGE)


def has_too_many_words(sheet: Sheet, column: str) -> bool:
    """Tell whether a column says too many different things to be words for stages."""
    return len(words_of(sheet, column)) > MOST_WORDS


def blockers_of_row(row: Row, one: Listed) -> Iterator[Blocker]:
    """Yield what is wrong with one row, in words that name its line."""
    if row.problem:
        yield Blocker("row", row.problem)
        return
    if not one.name:
        yield Blocker("name_missing", f"Line {one.line} has no name.", Part.NAME)
    lengths = {
        Part.NAME: (one.name, LIMITS["name"]),
        Part.PROBLEM: (one.problem, LIMITS["problem"]),
        Part.AFFECTED: (one.affected, LIMITS["affected"]),
        Part.UNIT: (one.unit, LONGEST_UNIT),
        Part.REFERENCE: (one.reference, LONGEST_REFERENCE),
    }
    for part, (text, most) in lengths.items():
        if len(text) > most:
            yield Blocker(
                "too_long",
                f"Line {one.line}, {part}: {len(text):,} characters, {most:,} at most.",
                part,
            )


def repeated(rows: Sequence[Listed]) -> dict[int, int]:
    """Return the line of each row that stood before, with the line where it did.

    A reference tells two rows apart; without one, name and unit do.
    """
    first: dict[tuple[str, str], int] = {}
    again: dict[int, int] = {}
    for one in rows:
        if one.name and first.setdefault(one.identity, one.line) != one.line:
            again[one.line] = first[one.identity]
    return again
