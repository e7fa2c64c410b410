"""Places outside the database that keep checkpoints, so that nobody can rewrite it unseen.

CHECKPOINT_PLACES names them, several at once: `file:/path` is a file that is only added to,
`folder:/path` gets a file for each note and suits a mount that keeps what was once written.
A new kind of place is a class with a line in KINDS.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from journal import keys
from journal.checkpoints import is_continued, public_keys, refuse_checkpoint
from journal.installations import the_installation
from journal.models import Checkpoint
from journal.notes import Note, notes_in, origin_of

TAIL = 64 * 1024
DIGITS = 12


class Place(Protocol):
    """Where notes are kept: it tells the newest it holds, and takes another."""

    @property
    def name(self) -> str: ...
    def texts(self) -> Iterator[str]: ...
    def put(self, *, size: int, note: str) -> None: ...


@dataclass(frozen=True)
class FilePlace:
    """One file, each note behind the one before."""

    name: str
    path: Path

    def texts(self) -> Iterator[str]:
        """Yield the end of the file, where the newest notes stand."""
        if self.path.exists():
            with self.path.open("rb") as file:
                file.seek(max(0, self.path.stat().st_size - TAIL))
                yield file.read().decode(errors="replace")

    def put(self, *, size: int, note: str) -> None:  # noqa: ARG002  # what every place is given
        """Add a note, behind an empty line that also ends a torn one."""
        with self.path.open("ab") as file:
            file.write(f"\n{note}".encode())
            file.flush()
            os.fsync(file.fileno())


@dataclass(frozen=True)
class FolderPlace:
    """One folder, a file for each note, never written twice."""

    name: str
    path: Path

    def texts(self) -> Iterator[str]:
        """Yield the note with the highest number."""
        newest = max(self.path.glob("[0-9]*.txt"), default=None)
        if newest is not None:
            yield newest.read_text(encoding="utf-8", errors="replace")

    def put(self, *, size: int, note: str) -> None:
        """Write a note under its number of entries."""
        with (self.path / f"{size:0{DIGITS}d}.txt").open("x", encoding="utf-8") as file:
            file.write(note)
            file.flush()
            os.fsync(file.fileno())


KINDS: dict[str, Callable[[str, Path], Place]] = {"file": FilePlace, "folder": FolderPlace}


def places() -> list[Place]:
    """Return the places outside that are set.

    :raises ImproperlyConfigured: for a kind of place that there is not.
    """
    return [_place(word) for word in settings.CHECKPOINT_PLACES]


def _place(word: str) -> Place:
    kind, _, path = word.partition(":")
    if kind not in KINDS or not path:
        known = " or ".join(f"{name}:/path" for name in KINDS)
        raise ImproperlyConfigured(f"CHECKPOINT_PLACES: “{word}” is not {known}.")
    return KINDS[kind](word, Path(path))


def publish(checkpoint: Checkpoint, *, at: datetime) -> None:
    """Give a checkpoint to every place, each only if it continues what that place holds.

    Where it does not, nothing is written there, and an entry says so.

    :raises OSError: when a place cannot be reached, after all others were served.
    """
    problems = []
    for place in places():
        try:
            _publish(place, checkpoint, at)
        except OSError as problem:
            problems.append(f"{place.name}: {problem}")
    if problems:
        raise OSError("; ".join(problems))


def _publish(place: Place, checkpoint: Checkpoint, at: datetime) -> None:
    held = newest_of(place)
    if held is None or (held.size < checkpoint.size and _goes_on(held, checkpoint)):
        place.put(size=checkpoint.size, note=checkpoint.note)
    elif not _is_ours(held, checkpoint):
        said = {"size": checkpoint.size, "last": held.size}
        refuse_checkpoint(place=place.name, said=said, at=at)


def newest_of(place: Place) -> Note | None:
    """Return the newest note about this journal that a place holds."""
    ours = the_installation()
    origin = origin_of(ours.org) if ours else ""
    notes = [note for text in place.texts() for note in notes_in(text) if note.origin == origin]
    return notes[-1] if notes else None


def is_signed(note: Note) -> bool:
    """Tell whether a note was signed with a key of this record."""
    return any(
        keys.is_signed(
            message=note.text.encode(), signature=note.signature_of(public), public=public
        )
        for public in public_keys().values()
    )


def _is_ours(held: Note, checkpoint: Checkpoint) -> bool:
    """Tell whether a place holds this checkpoint already, or a later one of ours."""
    known = Checkpoint.objects.filter(size=held.size, root=held.root)
    return held.size >= checkpoint.size and known.exists()


def _goes_on(held: Note, checkpoint: Checkpoint) -> bool:
    return is_signed(held) and is_continued(held, by=checkpoint)
