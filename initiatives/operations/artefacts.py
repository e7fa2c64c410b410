"""Saving what stands in a slot: every save that changes something is a version for good."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from initiatives.models import ArtefactVersion, Initiative
from initiatives.queries.artefacts import SlotText, current_text, slot_named
from initiatives.queries.initiatives import locked
from initiatives.queries.memberships import side_to_write_for
from initiatives.rules.artefacts import OpenFacts, blockers_to_write
from initiatives.rules.proposals import LIMITS, STATEMENT, blockers_to_name
from initiatives.rules.slots import CleanSlot, SlotRefusedError, clean_slot, is_same
from journal.acts import act, record, seal
from journal.kinds import Kind
from kernel.canonical import canonical
from kernel.refusals import Blocker, RefusedError, StaleError
from people.choices import Side
from people.models import User
from people.queries import active_people, authority_of
from playbook.editions import current
from playbook.playbooks import Playbook
from playbook.shapes import Slot
from workforce.queries import role_ids

_STALE = Blocker(
    "stale",
    "Somebody saved this since you opened it. Compare both texts and save the one you choose.",
)


class SavingRefusedError(RefusedError):
    """The slot cannot be written now."""


class StaleVersionError(StaleError):
    """Somebody else saved first. Carries both texts: nothing is overwritten, nothing is lost."""

    def __init__(self, *, slot: Slot, mine: CleanSlot, current: SlotText | None) -> None:
        """Carry what the person typed and what stands there now."""
        super().__init__(_STALE)
        self.slot = slot
        self.mine = mine
        self.current = current


@dataclass(frozen=True, kw_only=True)
class Writing:
    """What one author writes into one slot."""

    slot: Slot
    clean: CleanSlot
    author: User
    asked_for_by: User | None = None
    expected_version: int = 0
    accepts_voids: Collection[int] = ()


def save_slot(
    *,
    actor: User,
    initiative: Initiative,
    slot: str,
    raw: Mapping[str, object],
    expected_version: int,
    at: datetime,
    asked_for_by: User | None = None,
    accepts_voids: Collection[int] = (),
) -> ArtefactVersion:
    """Save a slot as its next version; what reads the same as before makes none.

    `expected_version` is the number of the version the author saw, 0 for none.

    :raises NotVisibleError, ForbiddenError: when it is not the actor's to see, or to write.
    :raises SlotRefusedError: when a value cannot be kept.
    :raises SavingRefusedError: when the slot is not open.
    :raises StaleVersionError: when somebody saved since; with both texts.
    """
    playbook = current()
    found = slot_named(playbook, slot)
    side_to_write_for(initiative, authority_of(actor, at), side=found.side)
    clean = cleaned(found, raw)
    now_there = current_text(initiative, slot)
    if now_there and now_there.clean is not None and is_same(now_there.clean, clean):
        return initiative.versions.get(pk=now_there.version_id)
    writing = Writing(
        slot=found,
        clean=clean,
        author=actor,
        asked_for_by=asked_for_by,
        expected_version=expected_version,
        accepts_voids=accepts_voids,
    )
    return write_version(initiative=initiative, writing=writing, playbook=playbook, at=at)


def cleaned(slot: Slot, raw: Mapping[str, object]) -> CleanSlot:
    """Return what was typed into a slot as exact values.

    :raises SlotRefusedError: when a value cannot be kept.
    """
    clean = clean_slot(slot, raw, people=_people(slot), roles=_roles(slot))
    if slot.key == STATEMENT and (blockers := [*blockers_to_name(clean.texts)]):
        raise SlotRefusedError(*blockers)
    return clean


@act
def write_version(
    *, initiative: Initiative, writing: Writing, playbook: Playbook, at: datetime
) -> ArtefactVersion:
    """Store clean content as the slot's next version.

    :raises SavingRefusedError: when the slot is not open.
    :raises StaleVersionError: when somebody saved since; with both texts.
    """
    initiative = locked(initiative.pk)
    side = _judged(initiative, writing, at)
    slot = writing.slot
    version = ArtefactVersion.objects.create(
        initiative=initiative,
        slot=slot.key,
        n=writing.expected_version + 1,
        edition_id=playbook.digest,
        open=writing.clean.open,
        sealed=seal(_sealed(writing.clean.texts), person=writing.author),
        side=side,
        author=writing.author,
        author_key=writing.author.person_key,
        asked_for_by=writing.asked_for_by,
        created_at=at,
    )
    if slot.key == STATEMENT:
        _copy_statement(initiative, writing.clean.texts)
    record(
        Kind.SLOT_SAVED,
        actor=writing.author,
        subject=version,
        thread=initiative,
        at=at,
        data={"slot": slot.key, "n": version.n, "side": version.side, "signed": True},
        accepts_voids=writing.accepts_voids,
    )
    return version


def _judged(initiative: Initiative, writing: Writing, at: datetime) -> Side:
    """Return the side the author writes for; refuse what is stale, or not to be written now."""
    slot = writing.slot
    side = side_to_write_for(initiative, authority_of(writing.author, at), side=slot.side)
    now_there = current_text(initiative, slot.key)
    if (now_there.n if now_there else 0) != writing.expected_version:
        raise StaleVersionError(slot=slot, mine=writing.clean, current=now_there)
    facts = OpenFacts(slot.stage, initiative.stage, initiative.standing)
    if blockers := [*blockers_to_write(facts)]:
        raise SavingRefusedError(*blockers)
    return side


def _copy_statement(initiative: Initiative, texts: Mapping[str, str]) -> None:
    """Keep beside the initiative what lists show of its problem statement."""
    copies = {field: texts[field] for field in LIMITS}
    if any(getattr(initiative, field) != text for field, text in copies.items()):
        initiative.describe(**copies)
        initiative.keep(*copies, "search")


def _sealed(texts: Mapping[str, Any]) -> str:
    return canonical(dict(texts)).decode("utf-8")


def _people(slot: Slot) -> frozenset[str] | None:
    """Return whom a reference may name, where the slot has any."""
    if not _refers(slot, "person"):
        return None
    return frozenset(str(key) for key in active_people().values_list("pk", flat=True))


def _roles(slot: Slot) -> frozenset[str] | None:
    return role_ids() if _refers(slot, "role") else None


def _refers(slot: Slot, kind: str) -> bool:
    return any(
        kind in (field.type, *(column.type for column in field.columns)) for field in slot.fields
    )
