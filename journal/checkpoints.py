"""Checkpoints: what the whole journal came to at a moment, signed, to be kept by others.

Each is made over the hashes as they stand, and only where the one before is a beginning of it;
else nothing is signed, and an entry says so. What proves an entry to others is read here too.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from journal import keys, tree
from journal.acts import act, record
from journal.kinds import Kind
from journal.models import Checkpoint, Entry, Head, Installation, KeyChange, ServerKey
from journal.notes import Note, origin_of, signed
from journal.rows import as_hex
from kernel.refusals import Blocker, RefusedError

EVERY = timedelta(hours=1)
MAILED_EVERY = timedelta(days=1)
MOST_IN_A_MAIL = 24
BATCH = 20_000
# What the journal says of itself is no news that another checkpoint would have to cover.
NO_NEWS = frozenset({Kind.CHECKPOINT_MADE, Kind.CHECKPOINT_REFUSED, Kind.RECORD_VERIFIED})
CLOCK = "clock"
IN_THE_RECORD = "record"


class NothingNewError(RefusedError):
    """A checkpoint covers this already, perhaps one that was made a moment ago."""


class KeyNotInForceError(RefusedError):
    """The key that this process signs with is not the newest of the record."""


def checkpoints() -> "QuerySet[Checkpoint]":
    """Return all checkpoints, the newest first, each with its key."""
    return Checkpoint.objects.select_related("key").order_by("-size")


def newest() -> Checkpoint | None:
    """Return the newest checkpoint."""
    return checkpoints().first()


def covering(seq: int) -> Checkpoint | None:
    """Return the first checkpoint that covers entry `seq`, which a receipt names for ever."""
    return checkpoints().filter(size__gte=seq).order_by("size").first()


def mailed_with(made: Checkpoint) -> list[Checkpoint]:
    """Return what a mail brings: this checkpoint, and the newest of those since the last mail."""
    before = checkpoints().filter(is_mailed=True, size__lt=made.size).first()
    since = checkpoints().filter(size__lte=made.size, size__gt=before.size if before else 0)
    return list(reversed(since[:MOST_IN_A_MAIL]))


def inclusion(seq: int, checkpoint: Checkpoint) -> list[bytes]:
    """Return the proof that entry `seq` is under the root of `checkpoint`; its index is seq - 1.

    :raises ValueError: when the checkpoint does not cover it.
    """
    size = checkpoint.size
    return tree.inclusion_proof(leaves(size), seq - 1, size=size)


def leaves(size: int) -> Iterator[bytes]:
    """Yield the hashes of the first `size` entries in order, a batch at a time."""
    rows = Entry.objects.filter(seq__lte=size).order_by("seq")
    return map(bytes.fromhex, rows.values_list(as_hex("hash"), flat=True).iterator(BATCH))


def is_continued(note: Note, *, by: Checkpoint) -> bool:
    """Tell whether what a note said once is a beginning of what `by` says, by their proof."""
    size, root = by.size, bytes(by.root)
    if note.size > size:
        return False
    proof = tree.consistency_proof(leaves(size), note.size, size=size)
    return tree.verify_consistency(
        old=note.size, size=size, proof=proof, old_root=note.root, root=root
    )


def public_keys() -> dict[str, bytes]:
    """Return every key that ever signed here, by its name."""
    return {key.key_id: bytes(key.public) for key in ServerKey.objects.all()}


def key_in_force() -> ServerKey:
    """Return the newest key of the record, which new things are signed with.

    :raises KeyNotInForceError: when this process signs with another one.
    """
    replaced = KeyChange.objects.values("old")
    key = ServerKey.objects.exclude(pk__in=replaced).filter(key_id=keys.key_id()).first()
    if key is None:
        raise KeyNotInForceError(
            Blocker("key", "SERVER_SIGNING_KEY is not the newest key of this record.")
        )
    return key


def checkpoint_due(*, at: datetime) -> Checkpoint | None:
    """Make the hourly checkpoint, where there is news since the last one."""
    last = newest()
    if last and last.made_at > at - EVERY:
        return None
    news = Entry.objects.filter(seq__gt=last.size if last else 0).exclude(kind__in=NO_NEWS)
    found = news.order_by("seq").first()
    return checkpoint_over(seq=found.seq, is_mailed=_is_mail_due(at), at=at) if found else None


def checkpoint_over(*, seq: int, is_mailed: bool, at: datetime) -> Checkpoint | None:
    """Make a checkpoint over everything up to now, unless one covers entry `seq` already."""
    try:
        return make_checkpoint(seq=seq, is_mailed=is_mailed, at=at)
    except NothingNewError:
        return None


@act
def make_checkpoint(*, seq: int, is_mailed: bool, at: datetime) -> Checkpoint | None:
    """Sign what the journal comes to; None where it does not continue what was signed before.

    :raises NothingNewError: when a checkpoint covers entry `seq`.
    :raises KeyNotInForceError: when this process signs with a key that is not in force.
    """
    ours = Installation.objects.select_for_update().get()
    last = newest()
    if last and seq <= last.size:
        raise NothingNewError(Blocker("nothing_new", "A checkpoint covers this already."))
    key = key_in_force()
    size = Head.objects.get().seq
    root = _root_continuing(last, size)
    if root is None:
        sizes = {"size": size, "last": last.size if last else 0}
        refuse(ours, place=IN_THE_RECORD, said=sizes, at=at)
        return None
    note = Note(origin_of(ours.org), size, root)
    signature = keys.sign(note.text.encode())
    made = Checkpoint.objects.create(
        size=size,
        root=root,
        key=key,
        note=signed(note, public=bytes(key.public), signature=signature),
        is_mailed=is_mailed,
        made_at=at,
    )
    said = {"size": size, "root": root.hex(), "mailed": is_mailed}
    record(Kind.CHECKPOINT_MADE, actor=CLOCK, subject=made, at=at, data=said)
    return made


@act
def refuse_checkpoint(*, place: str, said: Mapping[str, Any], at: datetime) -> None:
    """Say that a checkpoint was not published, because a place outside holds another history."""
    refuse(Installation.objects.get(), place=place, said=said, at=at)


def refuse(ours: Installation, *, place: str, said: Mapping[str, Any], at: datetime) -> None:
    """Record a refusal; the first of a day is told by mail."""
    lately = Entry.objects.filter(kind=Kind.CHECKPOINT_REFUSED, at__gt=at - MAILED_EVERY)
    record(
        Kind.CHECKPOINT_REFUSED,
        actor=CLOCK,
        subject=ours,
        at=at,
        data={**said, "place": place, "mailed": not lately.exists()},
    )


def _is_mail_due(at: datetime) -> bool:
    """Tell whether a day has passed since a checkpoint was mailed."""
    return not Checkpoint.objects.filter(is_mailed=True, made_at__gt=at - MAILED_EVERY).exists()


def _root_continuing(last: Checkpoint | None, size: int) -> bytes | None:
    """Return the root over the first `size` entries if the last checkpoint is a beginning of it."""
    grown, before = tree.Frontier(), b""
    for leaf in leaves(size):
        grown.add(leaf)
        if last and grown.size == last.size:
            before = grown.root()
    is_whole = grown.size == size and (last is None or before == bytes(last.root))
    return grown.root() if is_whole else None
