"""How buffered entries become rows at the end of the chain. Only `journal.acts` calls it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from journal.chain import GENESIS, commitment, leaf, new_key
from journal.installations import the_installation
from journal.kinds import Kind
from journal.models import Delivery, Entry, Head, Installation, Sealed
from journal.rows import label, reference, row_digest
from journal.subscriptions import Happening, subscribers_on
from kernel.canonical import canonical, clean_text, moment
from kernel.compiled import compiled

ENTRY_VERSION = 1


@dataclass
class Draft:
    """An entry to be: everything but its place in the chain."""

    happening: Happening
    private: Mapping[str, Any]
    rows: list[models.Model] = field(default_factory=list)


def write_entries(drafts: Sequence[Draft]) -> None:
    """Append `drafts` in order, under the head lock, which is the last lock of every act."""
    org = str((the_installation() or Installation.objects.get()).org)
    private = [_sealed(draft) for draft in drafts]
    head = _locked_head()
    entries = []
    for draft, sealed in zip(drafts, private, strict=True):
        entry = _entry(draft, sealed, head, org)
        head.seq, head.hash = entry.seq, entry.hash
        entries.append(entry)
    Entry.objects.bulk_create(entries)
    Delivery.objects.bulk_create(
        Delivery(entry=entry, subscriber=name, due_at=entry.at)
        for entry in entries
        for name in subscribers_on(Kind(entry.kind))
    )
    head.save(update_fields=["seq", "hash"])


def sealed_text(text: str, person: models.Model | None) -> Sealed:
    """Store `text` erasable, beside its keyed commitment."""
    sealed = _committed(text, person)
    sealed.save(force_insert=True)
    return sealed


def sealed_texts(texts: Iterable[str], person: models.Model | None) -> list[Sealed]:
    """Store each text as `sealed_text` does, all of them at once."""
    return Sealed.objects.bulk_create(_committed(text, person) for text in texts)


def _committed(text: str, person: models.Model | None) -> Sealed:
    key = new_key()
    text = clean_text(text)
    return Sealed(
        commitment=commitment(key=key, text=text),
        key=key,
        text=text,
        person_key=getattr(person, "person_key", None),
    )


def _sealed(draft: Draft) -> Sealed | None:
    if not draft.private:
        return None
    actor = draft.happening.actor
    text = canonical(_cleaned(dict(draft.private))).decode("utf-8")
    return sealed_text(text, actor if isinstance(actor, models.Model) else None)


def _cleaned(value: Any) -> Any:  # noqa: ANN401  # any JSON
    """Return what people typed as it may be kept, however deep it lies."""
    match value:
        case str():
            return clean_text(value)
        case dict():
            return {key: _cleaned(item) for key, item in value.items()}
        case list() | tuple():
            return [_cleaned(item) for item in value]
    return value


def _locked_head() -> Head:
    for head in _head_held():
        return head
    return Head.objects.create(pk=1, seq=0, hash=GENESIS)


@compiled
def _head_held() -> models.QuerySet[Head]:
    return Head.objects.select_for_update().filter(pk=1)


def _entry(draft: Draft, sealed: Sealed | None, head: Head, org: str) -> Entry:
    """Build the entry that follows `head`."""
    happening = draft.happening
    seq, prev = head.seq + 1, bytes(head.hash)
    thread = reference(happening.thread) if happening.thread else ""
    actor = happening.actor
    body = canonical(
        {
            "v": ENTRY_VERSION,
            "org": org,
            "seq": seq,
            "at": moment(happening.at),
            "kind": str(happening.kind),
            "actor": {"system": actor} if isinstance(actor, str) else {"person": _key(actor)},
            "object": {"type": label(happening.subject), "id": str(happening.subject.pk)},
            "thread": thread,
            "data": dict(happening.data),
            "rows": [[label(row), str(row.pk), row_digest(row)] for row in draft.rows],
            "private": sealed.pk if sealed else None,
        }
    )
    return Entry(
        seq=seq,
        prev=prev,
        hash=leaf(prev=prev, seq=seq, body=body),
        body=body,
        kind=happening.kind,
        at=happening.at,
        actor_key=None if isinstance(actor, str) else _key(actor),
        subject_type=label(happening.subject),
        subject_id=str(happening.subject.pk),
        thread=thread,
        private=sealed,
    )


def _key(actor: models.Model) -> str:
    return str(actor.person_key)  # type: ignore[attr-defined]  # every acting model is a person
