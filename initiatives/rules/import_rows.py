"""What will become of each row of a list: it comes, it is here already, it is left out, it cannot.

Nothing is done here: the page that shows it and the act that does it judge by the same words.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from initiatives.rules.imports import Listed, Matching, blockers_of_row, listed, repeated
from initiatives.rules.slots import SlotRefusedError, clean_slot
from kernel.canonical import canonical, clean_text, digest
from kernel.refusals import Blocker
from kernel.sheets.shapes import Row, Sheet
from playbook.shapes import Slot


class Fate(StrEnum):
    """What becomes of a row."""

    COMES = "comes"
    HERE = "here"
    LEFT_OUT = "left"
    WRONG = "wrong"


@dataclass(frozen=True)
class Judged:
    """One row, what it says, and what will become of it. `alike` names what it looks like."""

    row: Row
    one: Listed
    key: str
    blockers: tuple[Blocker, ...] = ()
    is_here: bool = False
    is_left_out: bool = False
    alike: tuple[str, ...] = ()

    @property
    def fate(self) -> Fate:
        """What becomes of it: what is wrong with a row counts before what is wished for it."""
        if self.is_here:
            return Fate.HERE
        if self.blockers:
            return Fate.WRONG
        return Fate.LEFT_OUT if self.is_left_out else Fate.COMES

    @property
    def why(self) -> str:
        """Why it cannot come, in one line."""
        return " ".join(blocker.message for blocker in self.blockers)


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of a list besides its rows: keys that are here, wishes, likenesses."""

    here: Collection[str] = ()
    left_out: Collection[int] = ()
    alike: Mapping[str, Sequence[str]]


def key_of(one: Listed) -> str:
    """Return what names a row for ever, in this list and in the next one.

    With a reference, the same row may move to another unit; without one, name and unit tell.
    """
    words = [one.reference, one.name, "" if one.reference else one.unit]
    return digest(canonical([clean_text(word.casefold()) for word in words]))


def listed_rows(sheet: Sheet, matching: Matching) -> list[Listed]:
    """Return what every row says, in the order of the file."""
    return [listed(row, sheet.header, matching) for row in sheet.rows]


def judge(sheet: Sheet, matching: Matching, *, statement: Slot, known: Known) -> list[Judged]:
    """Return what will become of every row, in the order of the file."""
    ones = listed_rows(sheet, matching)
    again = repeated(ones)
    judged = []
    for row, one in zip(sheet.rows, ones, strict=True):
        key = key_of(one)
        judged.append(
            Judged(
                row=row,
                one=one,
                key=key,
                blockers=tuple(_blockers(row, one, again.get(one.line), statement)),
                is_here=key in known.here and one.line not in again,
                is_left_out=one.line in known.left_out,
                alike=tuple(known.alike.get(str(one.line), ())),
            )
        )
    return judged


def new_units(judged: Sequence[Judged], known: Collection[str]) -> list[str]:
    """Return the units that are added with what comes, in the order of the alphabet."""
    have = {name.casefold() for name in known}
    named = {one.one.unit.casefold(): one.one.unit for one in judged if one.fate == Fate.COMES}
    return sorted((unit for key, unit in named.items() if key not in have), key=str.casefold)


def _blockers(row: Row, one: Listed, before: int | None, statement: Slot) -> Iterator[Blocker]:
    found = [*blockers_of_row(row, one)]
    yield from found
    if before is not None:
        what = f"“{one.reference}”" if one.reference else "the same name and unit"
        yield Blocker("again", f"Line {one.line}: {what} stands in line {before} already.")
    if not found:
        yield from _unkeepable(one, statement)


def _unkeepable(one: Listed, statement: Slot) -> Iterator[Blocker]:
    """Yield what the form of a proposal would refuse in these texts."""
    typed = {"name": one.name, "problem": one.problem, "affected": one.affected}
    try:
        clean_slot(statement, typed)
    except SlotRefusedError as refused:
        for blocker in refused.blockers:
            yield Blocker(blocker.code, f"Line {one.line}, {blocker.message}", blocker.field)
