"""Early thinking, for both sides to read."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject

from initiatives.models import Initiative, Note, NoteUse
from initiatives.models.initiatives import InitiativeQuerySet
from initiatives.models.notes import NoteQuerySet
from initiatives.queries.memberships import reads_early
from kernel.refusals import NotVisibleError
from people.choices import Side
from people.models import User
from people.rules import Authority

ON_A_PAGE = 100
ERASED = "The words were erased"


@dataclass(frozen=True)
class NoteView:
    """A note opened for reading, with the codes of the proposals that began with it."""

    id: int
    title: str
    text: str
    is_erased: bool
    side: Side
    author: User
    shared_at: datetime
    codes: tuple[str, ...]


@dataclass(frozen=True)
class NoteLine:
    """A note as the initiative names it that began with it."""

    id: int
    title: str
    side: Side


def notes_for(authority: Authority) -> NoteQuerySet:
    """Return what stands and is this person's to read.

    Offices and whoever works on an initiative read all notes, everybody else their own.
    """
    rows = Note.objects.standing()
    if reads_early(authority):
        return rows
    if authority.person_key is None:
        return rows.none()
    return rows.filter(author_key=authority.person_key)


def notes_read(authority: Authority) -> list[NoteView]:
    """Return the notes a person reads, the newest first."""
    rows = _whole(notes_for(authority)).order_by("-shared_at", "-pk")
    return [note_view(row) for row in rows[:ON_A_PAGE]]


def get_note(note_id: int, authority: Authority) -> Note:
    """Return one note that is this person's to read.

    :raises NotVisibleError: when there is none, or it was taken back.
    """
    found = _whole(notes_for(authority)).filter(pk=note_id).first()
    if found is None:
        raise NotVisibleError
    return found


def note_view(row: Note) -> NoteView:
    """Return a note opened for reading."""
    words = _words(row.sealed.text)
    return NoteView(
        id=row.pk,
        title=words.get("title", ERASED),
        text=words.get("text", ""),
        is_erased=row.sealed.text is None,
        side=Side(row.side),
        author=row.author,
        shared_at=row.shared_at,
        codes=tuple(Initiative(number=number).code for number in vars(row)["numbers"]),
    )


def with_note(initiatives: InitiativeQuerySet) -> InitiativeQuerySet:
    """Add to each the note that it began with, for `note_of`."""
    rows = NoteUse.objects.filter(initiative=OuterRef("pk"))
    said = JSONObject(id=F("note_id"), side=F("note__side"), words=F("note__sealed__text"))
    return initiatives.annotate(began_with=ArraySubquery(rows.values(said=said)))


def note_of(initiative: Initiative) -> NoteLine | None:
    """Return the note that an initiative read `with_note` began with."""
    said: Mapping[str, Any] | None = next(iter(vars(initiative)["began_with"]), None)
    if said is None:
        return None
    return NoteLine(said["id"], _words(said["words"]).get("title", ERASED), Side(said["side"]))


def _whole(rows: NoteQuerySet) -> NoteQuerySet:
    uses = NoteUse.objects.filter(note=OuterRef("pk")).order_by("initiative__number")
    return rows.select_related("sealed", "author").annotate(
        numbers=ArraySubquery(uses.values("initiative__number"))
    )


def _words(text: str | None) -> dict[str, str]:
    words: dict[str, str] = json.loads(text) if text else {}
    return words
