"""What changed between two frozen texts, or two offers, in words a signer can read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from governance.queries.frozen import FrozenSlot, FrozenText, Line, printed
from initiatives.rules.differences import Change, describe_difference
from initiatives.rules.slots import EMPTY
from playbook.shapes import Slot

STATE_WORDS = {"met": "met", "unmet": "not met", "unknown": "not answered"}
ERASED = "its words were erased"


@dataclass(frozen=True)
class TextChange:
    """One thing that reads differently: `anchor` is its place in the text, `side` who wrote it."""

    what: str
    before: str
    now: str
    side: str
    anchor: str = ""
    field: str = ""


@dataclass(frozen=True)
class Condition:
    """One condition of an offer, opened for reading."""

    key: str
    text: str
    evidence: str
    owner: str
    due_on: date
    kind: str
    kind_words: str
    breach_words: str
    asked_by: str
    is_erased: bool

    def __str__(self) -> str:
        return f"{self.text or ERASED} ({self.owner}, {self.due_on:%-d %B %Y})"


def changes_between(old: FrozenText, new: FrozenText) -> tuple[TextChange, ...]:
    """Return every change from one frozen text to the next, in the order of the page."""
    return (
        *_line_changes(old.fields, new.fields, "fields"),
        *_named_changes(old.leads, new.leads, "lead"),
        *_named_changes(old.seats, new.seats, "signer"),
        *_slot_changes(old.slots, new.slots),
        *_evidence_changes(old, new),
        *_line_changes(old.facts, new.facts, "facts"),
        *_criterion_changes(old, new),
    )


def changes_of_offer(
    old: Sequence[Condition], new: Sequence[Condition], verdicts: tuple[str, str] = ("", "")
) -> tuple[TextChange, ...]:
    """Return what an offer changes in the one before it."""
    before = {one.key: one for one in old}
    after = {one.key: one for one in new}
    come = [
        TextChange("Condition", "", str(one), one.asked_by, "conditions")
        for key, one in after.items()
        if key not in before
    ]
    gone = [
        TextChange("Condition", str(one), "", one.asked_by, "conditions")
        for key, one in before.items()
        if key not in after
    ]
    was, now = verdicts
    chosen = [TextChange("Proposed", was, now, "", "conditions")] if was != now else []
    return (*chosen, *come, *gone)


def _line_changes(old: Iterable[Line], new: Iterable[Line], anchor: str) -> Iterator[TextChange]:
    before = {line.key: line for line in old}
    for line in new:
        was = before.pop(line.key, None)
        if was is None or was.value != line.value:
            yield TextChange(line.label, was.value if was else "", line.value, "", anchor)
    for line in before.values():
        yield TextChange(line.label, line.value, "", "", anchor)


def _named_changes(
    old: Mapping[str, str], new: Mapping[str, str], role: str
) -> Iterator[TextChange]:
    for side in sorted({*old, *new}, reverse=True):
        was, now = old.get(side, ""), new.get(side, "")
        if was != now:
            yield TextChange(f"{side.capitalize()} {role}", was, now, side, "fields")


def _slot_changes(old: Sequence[FrozenSlot], new: Sequence[FrozenSlot]) -> Iterator[TextChange]:
    before = {one.slot.key: one for one in old}
    for one in new:
        yield from _changes_of(before.pop(one.slot.key, None), one)
    for gone in before.values():
        yield TextChange(gone.slot.label, "was part of the text", "", gone.side)


def _changes_of(was: FrozenSlot | None, now: FrozenSlot) -> Iterator[TextChange]:
    anchor = f"slot-{now.slot.key}"
    if was is not None and was.n == now.n:
        return
    if now.clean is None or (was is not None and was.clean is None):
        before = f"version {was.n}" if was else ""
        yield TextChange(now.slot.label, before, f"version {now.n}, {ERASED}", now.side, anchor)
        return
    earlier = was.clean if was else EMPTY
    for change in describe_difference(earlier, now.clean, now.slot):
        yield TextChange(
            f"{now.slot.label}: {change.label}",
            _printed(change, change.before, now.slot),
            _printed(change, change.after, now.slot),
            now.side,
            anchor,
            change.field,
        )


def _printed(change: Change, value: str, slot: Slot) -> str:
    if change.type not in ("date", "money"):
        return value
    return printed(slot.field(change.field.partition(".")[0]), value) if value else ""


def _evidence_changes(old: FrozenText, new: FrozenText) -> Iterator[TextChange]:
    before = {one.id: one for one in old.evidence}
    for one in new.evidence:
        known = before.pop(one.id, None)
        if known is None:
            yield TextChange("Evidence", "", one.name, one.side, "evidence")
        elif one.copy and not known.copy:
            yield TextChange("Copy of a link", "", one.name, one.side, "evidence")
    for gone in before.values():
        yield TextChange("Evidence", gone.name, "", gone.side, "evidence")


def _criterion_changes(old: FrozenText, new: FrozenText) -> Iterator[TextChange]:
    before = {one.criterion.key: one for one in old.criteria}
    for one in new.criteria:
        was = before.get(one.criterion.key)
        if was is None:
            continue
        said, says = (
            " · ".join(filter(None, (STATE_WORDS[each.state], each.value, each.note)))
            for each in (was, one)
        )
        if said != says:
            anchor = f"point-{one.criterion.key}"
            yield TextChange(one.criterion.text, said, says, one.criterion.side, anchor)
