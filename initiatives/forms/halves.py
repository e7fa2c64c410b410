"""One half on one page: the forms of several slots, each with the lines that show its sources."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from initiatives.forms.artefacts import Asked, AskedTable, Registers, SlotForm
from initiatives.rules.slots import CleanSlot
from kernel.numbers import whole_number
from kernel.refusals import Blocker, RefusedError
from playbook.shapes import Field, Slot

MOST_SOURCES = 9
MOST_DIGITS = 9


@dataclass
class SourceLine:
    """One line for a source: an address, or a sentence about what somebody saw."""

    name: str
    text: str = ""
    errors: list[str] = field(default_factory=list)


class SlotSection:
    """A slot among others on one page; its fields, its version and its sources bear its key."""

    def __init__(
        self,
        slot: Slot,
        data: Mapping[str, Any] | None = None,
        *,
        clean: CleanSlot | None = None,
        version: int = 0,
        missing: Iterable[Blocker] = (),
        sources: int = 0,
        registers: Registers,
        grows: str = "",
    ) -> None:
        self.slot = slot
        self._missing = {blocker.field.partition(".")[0] for blocker in missing}
        self.form = SlotForm(
            slot, data, clean=clean, registers=registers, grows=grows, prefix=slot.key
        )
        self.version = version if data is None else version_sent(data, slot)
        self.sources = list(_source_lines(slot, data or {}, sources))

    @property
    def needed(self) -> list[Asked | AskedTable]:
        """What the gate asks for and does not have, and what was typed wrongly."""
        return [one for one in self._asked() if self._is_needed(one)]

    @property
    def more(self) -> list[Asked | AskedTable]:
        """What is there already, and what one may add."""
        return [one for one in self._asked() if not self._is_needed(one)]

    def refuse(self, blockers: list[Blocker]) -> None:
        """Show each reason at the field or the source that it is about."""
        lines = {line.name: line for line in self.sources}
        rest = []
        for blocker in blockers:
            if blocker.field in lines:
                lines[blocker.field].errors.append(blocker.message)
            else:
                rest.append(blocker)
        if rest:
            self.form.refuse(RefusedError(*rest))

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Return every reason with the place on the page that it is about."""
        place = f"id_{self.slot.key}"
        found = [(place, str(message)) for message in self.form.non_field_errors()]
        for bound in self.form:
            found += [(bound.auto_id, f"{bound.label}: {message}") for message in bound.errors]
        for line in self.sources:
            found += [(f"id_{line.name}", message) for message in line.errors]
        return found

    def _is_needed(self, one: Asked | AskedTable) -> bool:
        return one.field.key in self._missing or one.has_errors

    def _asked(self) -> list[Asked | AskedTable]:
        return [one for one in self.form.asked() if not isinstance(one, Field)]


def _source_lines(slot: Slot, data: Mapping[str, Any], wanted: int) -> Iterator[SourceLine]:
    """Yield a line for each source that is wanted, and for each that was typed."""
    for number in range(MOST_SOURCES):
        name = f"source-{slot.key}-{number}"
        text = str(data.get(name, ""))
        if number < wanted or text:
            yield SourceLine(name, text)


def version_field(slot: Slot) -> str:
    """Return the name under which a page sends the version that it showed."""
    return f"version-{slot.key}"


def version_sent(data: Mapping[str, Any], slot: Slot) -> int:
    """Return the version that the page had shown, 0 for none."""
    return whole_number(str(data.get(version_field(slot), "")), MOST_DIGITS) or 0
