"""What others can hold the journal to: its checkpoints, the keys that signed them, notes outside.

Whoever owns the database and rewrites all of it consistently is found by nothing inside. A note
that was kept elsewhere still says what the journal came to then.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from journal import keys
from journal.checkpoints import leaves, public_keys
from journal.installations import the_installation
from journal.models import Checkpoint, Entry, Head, KeyChange, ServerKey
from journal.notes import Note, notes_in, origin_of
from journal.operations import KEY_CHANGE
from journal.rows import label
from journal.tree import Frontier
from journal.verification import Finding, further_check
from kernel.canonical import wrapped

BATCH = 2_000
LARGEST_FILE = 64 * 1024 * 1024


class NoNotesError(LookupError):
    """Nothing that was given from outside is a note about this journal."""


@dataclass(frozen=True, order=True)
class _Claim:
    """That the first `size` entries have this root."""

    size: int
    root: bytes
    by: str


@further_check
def check_checkpoints() -> Iterator[Finding]:
    """Yield what is wrong with the history of keys, and with the checkpoints that are stored."""
    yield from _keys()
    yield from _notes()
    rows = Checkpoint.objects.order_by("size").only("size", "root").iterator(BATCH)
    yield from _against(_Claim(row.size, bytes(row.root), f"checkpoint {row.size}") for row in rows)


def check_outside(given: Iterable[tuple[str, Note]]) -> Iterator[Finding]:
    """Yield where the journal does not continue the notes that are given, each with its place.

    :raises NoNotesError: when none of them is about this journal.
    """
    ours = the_installation()
    origin = origin_of(ours.org) if ours else ""
    about = [(place, note) for place, note in given if note.origin == origin]
    if not about:
        raise NoNotesError("no note about this journal was found there")
    public = public_keys()
    for place, note in about:
        if not any(_is_signed(note, key) for key in public.values()):
            yield Finding(
                note.size, f"the note over {note.size} entries in {place} has no key of this record"
            )
    claims = (_Claim(note.size, note.root, f"the note in {place}") for place, note in about)
    yield from _against(sorted(claims))


def read_notes(folder: Path) -> Iterator[tuple[str, Note]]:
    """Yield each note in a file, or in the files of a folder, with the name of its file.

    :raises OSError: when it cannot be read.
    """
    files = sorted(one for one in folder.iterdir() if one.is_file()) if folder.is_dir() else None
    for file in [folder] if files is None else files:
        with file.open("rb") as opened:
            text = opened.read(LARGEST_FILE).decode(errors="replace")
        for note in notes_in(text):
            yield file.name, note


def _is_signed(note: Note, public: bytes) -> bool:
    signature = note.signature_of(public)
    return keys.is_signed(message=note.text.encode(), signature=signature, public=public)


def _against(claims: Iterable[_Claim]) -> Iterator[Finding]:
    """Hold claims, the smallest first, to the tree over the entries as they stand."""
    grown = Frontier()
    head = Head.objects.first()
    hashes = leaves(head.seq if head else 0)
    for claim in claims:
        while grown.size < claim.size and (leaf := next(hashes, None)) is not None:
            grown.add(leaf)
        if grown.size < claim.size:
            what = f"{claim.by} covers {claim.size} entries, but there are only {grown.size}"
            yield Finding(grown.size, what)
        elif grown.root() != claim.root:
            what = f"the first {claim.size} entries are not those of {claim.by}"
            yield Finding(claim.size, what, claim.root.hex(), grown.root().hex())


def _notes() -> Iterator[Finding]:
    """Yield each checkpoint whose note does not say what its row says, or is not rightly signed."""
    ours = the_installation()
    origin = origin_of(ours.org) if ours else ""
    replaced = _replaced()
    for row in Checkpoint.objects.select_related("key").order_by("size").iterator(BATCH):
        said = [(note.origin, note.size, note.root) for note in notes_in(row.note)]
        if said != [(origin, row.size, bytes(row.root))]:
            yield Finding(row.size, f"checkpoint {row.size} says other than its note")
        elif not _is_signed(next(notes_in(row.note)), bytes(row.key.public)):
            yield Finding(row.size, f"checkpoint {row.size} was not signed by this installation")
        elif row.size >= replaced.get(row.key_id, row.size + 1):
            yield Finding(
                row.size, f"checkpoint {row.size} was signed with a key that was replaced"
            )


def _replaced() -> dict[int, int]:
    """Return from which entry on a key was no longer in force."""
    changes = {str(change.pk): change.old_id for change in KeyChange.objects.all()}
    said = Entry.objects.filter(subject_type=label(KeyChange), subject_id__in=changes)
    return {changes[key]: seq for seq, key in said.values_list("seq", "subject_id")}


def _keys() -> Iterator[Finding]:
    """Yield where the history of keys is no single line, each signed by the one before."""
    followed = {change.new_id for change in KeyChange.objects.all()}
    first = [key for key in ServerKey.objects.order_by("pk") if key.pk not in followed]
    for key in first[1:]:
        yield Finding(0, f"the key {key.key_id} follows no other")
    for change in KeyChange.objects.select_related("old", "new").order_by("pk"):
        yield from _change(change)


def _change(change: KeyChange) -> Iterator[Finding]:
    message = wrapped(KEY_CHANGE, bytes(change.statement))
    for key, signature in ((change.old, change.old_signature), (change.new, change.new_signature)):
        public = bytes(key.public)
        if not keys.is_signed(message=message, signature=bytes(signature), public=public):
            yield Finding(0, f"the change of keys {change} was not signed by {key.key_id}")
    said = json.loads(bytes(change.statement))
    if [said["old"], said["new"]] != [bytes(k.public).hex() for k in (change.old, change.new)]:
        yield Finding(0, f"the change of keys {change} is about other keys")
