"""Writing several slots at once: all of what was typed is saved, or nothing is."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from initiatives.models import ArtefactVersion, Initiative
from initiatives.operations.artefacts import Writing, cleaned, write_version
from initiatives.queries.artefacts import SlotText, current_text, opened, slot_named
from initiatives.queries.initiatives import locked
from initiatives.queries.memberships import side_to_write_for
from initiatives.rules.slots import (
    EMPTY,
    CleanSlot,
    SlotRefusedError,
    clean_slot,
    is_same,
    starting_content,
)
from journal.acts import act
from kernel.refusals import Blocker, StaleError
from people.models import User
from people.queries import authority_of
from playbook.editions import current
from playbook.shapes import Slot

_STALE = "“{}” was saved by somebody since you opened this. Compare both texts, and choose."


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """What was typed into one slot, and the number of the version that was shown, 0 for none."""

    slot: str
    raw: Mapping[str, object]
    expected_version: int


@dataclass(frozen=True, kw_only=True)
class Clash:
    """A slot that two people wrote at once: both texts."""

    slot: Slot
    mine: CleanSlot
    current: SlotText | None


class StaleContributionsError(StaleError):
    """Somebody else saved first. Carries every pair of texts: nothing is overwritten or lost."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        """Carry the clashes, one for each slot."""
        self.clashes = tuple(clashes)
        said = (
            Blocker("stale", _STALE.format(clash.slot.label), clash.slot.key) for clash in clashes
        )
        super().__init__(*said)


def to_write(
    *, actor: User, initiative: Initiative, contributions: Iterable[Contribution], at: datetime
) -> list[Writing]:
    """Return what was really written: a slot that reads as it was shown is left alone.

    :raises NotVisibleError, ForbiddenError: when a slot is not the actor's to see, or to write.
    :raises SlotRefusedError: when values cannot be kept; each reason names slot and field.
    """
    playbook, authority = current(), authority_of(actor, at)
    versions = _versions(initiative, [one.slot for one in contributions])
    writings: list[Writing] = []
    blockers: list[Blocker] = []
    for one in contributions:
        slot = slot_named(playbook, one.slot)
        side_to_write_for(initiative, authority, side=slot.side)
        start = starting_content(slot, playbook, statement=initiative.statement)
        if slot.key not in versions and _is_left(slot, one.raw, start):
            continue
        try:
            clean = cleaned(slot, one.raw)
        except SlotRefusedError as refused:
            blockers += [replace(it, field=f"{slot.key}.{it.field}") for it in refused.blockers]
            continue
        known = versions.get(slot.key, {})
        shown = known.get(one.expected_version)
        before = start if shown is None else shown.clean or EMPTY
        there = known[max(known)].clean if known else None
        if not any(text and is_same(text, clean) for text in (before, there)):
            writings.append(
                Writing(slot=slot, clean=clean, author=actor, expected_version=one.expected_version)
            )
    if blockers:
        raise SlotRefusedError(*blockers)
    return writings


@act
def write_contributions(
    *,
    initiative: Initiative,
    writings: Sequence[Writing],
    at: datetime,
    accepts_voids: Collection[int] = (),
) -> list[ArtefactVersion]:
    """Store each as its slot's next version.

    :raises SavingRefusedError: when a slot is not open.
    :raises StaleContributionsError: when somebody saved other words since; with all the texts.
    """
    playbook, initiative = current(), locked(initiative.pk)
    known = _versions(initiative, [one.slot.key for one in writings])
    clashes = []
    for one in writings:
        numbers = known.get(one.slot.key, {})
        last = max(numbers, default=0)
        if last != one.expected_version:
            clashes.append(Clash(slot=one.slot, mine=one.clean, current=numbers.get(last)))
    if clashes:
        raise StaleContributionsError(clashes)
    return [
        write_version(
            initiative=initiative,
            writing=replace(one, accepts_voids=accepts_voids),
            playbook=playbook,
            at=at,
        )
        for one in writings
    ]


def are_written(initiative: Initiative, writings: Iterable[Writing]) -> bool:
    """Tell whether each of the slots reads by now as it would be written."""
    texts = ((current_text(initiative, one.slot.key), one.clean) for one in writings)
    return all(text and text.clean and is_same(text.clean, clean) for text, clean in texts)


def _is_left(slot: Slot, raw: Mapping[str, object], start: CleanSlot) -> bool:
    """Tell whether a slot that nobody has written yet still reads as its form began.

    What a list said may lack what a person has to say: left alone, it need not be whole.
    """
    try:
        return is_same(clean_slot(slot, raw), start)
    except SlotRefusedError:
        return False


def _versions(initiative: Initiative, slots: Collection[str]) -> dict[str, dict[int, SlotText]]:
    """Return every version of these slots, by slot and number."""
    rows = initiative.versions.filter(slot__in=slots)
    found: dict[str, dict[int, SlotText]] = {}
    for row in rows.select_related("sealed", "author", "asked_for_by"):
        found.setdefault(row.slot, {})[row.n] = opened(row)
    return found
