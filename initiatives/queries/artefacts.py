"""What stands in the slots, opened for reading."""

import json
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from initiatives.models import ArtefactVersion, Initiative
from initiatives.rules.differences import Change, describe_difference
from initiatives.rules.slots import CleanSlot
from kernel.refusals import NotVisibleError
from people.choices import Side
from people.models import User
from playbook.playbooks import Playbook
from playbook.shapes import Slot


@dataclass(frozen=True)
class SlotText:
    """One version of a slot with its texts. `clean` is None once the texts were erased."""

    version_id: int
    slot: str
    n: int
    side: Side
    clean: CleanSlot | None
    commitment: str
    edition_digest: str
    author: User
    author_key: UUID
    asked_for_by: User | None
    created_at: datetime


@dataclass(frozen=True)
class VersionView:
    """A version and what it changed in the one before it."""

    text: SlotText
    changes: tuple[Change, ...]


def slot_named(playbook: Playbook, key: str) -> Slot:
    """Return the slot of this key.

    :raises NotVisibleError: when the playbook has none.
    """
    if not playbook.has_slot(key):
        raise NotVisibleError
    return playbook.slot(key)


def current_texts(initiative: Initiative) -> dict[str, SlotText]:
    """Return the current version of each slot that has one, by slot."""
    versions = ArtefactVersion.objects.filter(initiative=initiative).current()
    return {
        version.slot: opened(version)
        for version in versions.select_related("sealed", "author", "asked_for_by")
    }


def current_text(initiative: Initiative, slot: str) -> SlotText | None:
    """Return the current version of one slot."""
    versions = initiative.versions.filter(slot=slot).order_by("-n")
    version = versions.select_related("sealed", "author", "asked_for_by").first()
    return None if version is None else opened(version)


def versions(initiative: Initiative, slot: Slot) -> list[VersionView]:
    """Return every version of the slot with what it changed, the newest first."""
    rows = initiative.versions.filter(slot=slot.key).order_by("n")
    texts = [opened(row) for row in rows.select_related("sealed", "author", "asked_for_by")]
    views = [
        VersionView(text=later, changes=_changes(earlier, later, slot))
        for earlier, later in pairwise([None, *texts])
        if later is not None
    ]
    return views[::-1]


def opened(version: ArtefactVersion) -> SlotText:
    """Return the version with its texts read from beside their commitment."""
    return SlotText(
        version_id=version.pk,
        slot=version.slot,
        n=version.n,
        side=Side(version.side),
        clean=_clean(version),
        commitment=version.sealed_id,
        edition_digest=version.edition_id,
        author=version.author,
        author_key=version.author_key,
        asked_for_by=version.asked_for_by,
        created_at=version.created_at,
    )


def _clean(version: ArtefactVersion) -> CleanSlot | None:
    texts = version.sealed.text
    return None if texts is None else CleanSlot(open=version.open, texts=json.loads(texts))


def _changes(earlier: SlotText | None, later: SlotText, slot: Slot) -> tuple[Change, ...]:
    if later.clean is None or (earlier is not None and earlier.clean is None):
        return ()
    return describe_difference(earlier.clean if earlier else None, later.clean, slot)
