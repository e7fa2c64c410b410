"""Sharing early thinking, taking it back, and beginning a proposal with it."""

from datetime import datetime
from typing import Any

from initiatives.models import Initiative, Note, NoteUse, NoteWithdrawal
from initiatives.operations.initiatives import ProposalRefusedError, propose
from initiatives.queries.memberships import only_reads
from initiatives.queries.notes import get_note
from initiatives.queries.twins import note_of_author, one_note_at_a_time
from initiatives.rules.notes import NoteFacts, blockers_to_share, blockers_to_take_back
from journal.acts import act, hold_authority, record, seal
from journal.kinds import Kind
from kernel.canonical import canonical, clean_name, clean_text
from kernel.refusals import Blocker, NotVisibleError, RefusedError
from people.choices import Side
from people.models import User
from people.queries import authority_of

NOTE_GONE = Blocker(
    "note_gone", "The note was taken back meanwhile. Send this again to propose without it."
)


class NoteRefusedError(RefusedError):
    """The note cannot be shared as it is, or is not this person's to take back."""


class SharedAlreadyError(NoteRefusedError):
    """The same person shared just this before, and it stands."""

    def __init__(self, note_id: int) -> None:
        """Carry the note of the first time."""
        super().__init__(Blocker("shared", "You shared this already."))
        self.note_id = note_id


@act
def share_note(*, actor: User, side: Side | None, title: str, text: str, at: datetime) -> Note:
    """Share what one thinks, before there is a proposal.

    :raises NoteRefusedError: for whoever speaks for no side, or when words are missing.
    :raises SharedAlreadyError: the second time, with the note of the first.
    """
    hold_authority()
    authority = authority_of(actor, at)
    try:
        title, text = clean_name(title), clean_text(text).strip()
    except ValueError as broken:
        raise NoteRefusedError(Blocker("broken", str(broken), "text")) from broken
    facts = NoteFacts(
        title=title,
        text=text,
        side=side,
        key_side=authority.key_side,
        only_reads=only_reads(authority),
    )
    blockers = [*blockers_to_share(facts)]
    if blockers or side is None:
        raise NoteRefusedError(*blockers)
    words = canonical({"title": title, "text": text}).decode("utf-8")
    one_note_at_a_time()
    if (twin := note_of_author(actor, side, words)) is not None:
        raise SharedAlreadyError(twin)
    note = Note.objects.create(
        sealed=seal(words, person=actor),
        side=side,
        author=actor,
        author_key=actor.person_key,
        shared_at=at,
    )
    record(Kind.NOTE_SHARED, actor=actor, subject=note, at=at, data={"side": side.value})
    return note


@act
def withdraw_note(*, actor: User, note_id: int, at: datetime) -> NoteWithdrawal:
    """Take a note back; it stays stored, and is shown no longer.

    :raises NotVisibleError: when it is not the actor's to read, or was taken back.
    :raises NoteRefusedError: for anybody but its author, or when a proposal began with it.
    """
    note = _held(note_id, actor, at)
    is_author = note.author_key == actor.person_key
    is_used = NoteUse.objects.filter(note=note).exists()
    if blockers := [*blockers_to_take_back(is_author=is_author, is_used=is_used)]:
        raise NoteRefusedError(*blockers)
    withdrawal = NoteWithdrawal.objects.create(note=note, withdrawn_at=at)
    record(Kind.NOTE_WITHDRAWN, actor=actor, subject=note, at=at)
    return withdrawal


@act
def propose_with_note(
    *,
    actor: User,
    note_id: int,
    at: datetime,
    **proposal: Any,  # noqa: ANN401  # whatever `propose` takes
) -> Initiative:
    """Start an initiative that remembers the note it began with.

    :raises ProposalRefusedError: as `propose` does, or when the note is not there any more.
    """
    initiative = propose(actor=actor, at=at, **proposal)
    try:
        note = _held(note_id, actor, at)
    except NotVisibleError as gone:
        raise ProposalRefusedError(NOTE_GONE) from gone
    NoteUse.objects.create(note=note, initiative=initiative)
    record(
        Kind.NOTE_USED,
        actor=actor,
        subject=note,
        thread=initiative,
        at=at,
        data={"note": note.pk, "side": note.side},
    )
    return initiative


def _held(note_id: int, actor: User, at: datetime) -> Note:
    """Return the note; nobody takes one back or begins with one until this act ends."""
    one_note_at_a_time()
    return get_note(note_id, authority_of(actor, at))
