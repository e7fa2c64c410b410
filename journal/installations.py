"""Whose register this is: one row, which a page that is only read, and an act, reads once.

Where the chain ends is read with it. It moves with every act, so it tells whether a page that
was made before still shows what is.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import Subquery

from journal.models import Head, Installation

_kept: ContextVar[list[Installation | None] | None] = ContextVar("kept_installation", default=None)


@contextmanager
def reading_once() -> Iterator[None]:
    """Keep the row until the block ends. An act has a block of its own, from its own moment on."""
    token = _kept.set([])
    try:
        yield
    finally:
        _kept.reset(token)


def the_installation() -> Installation | None:
    """Return the organisation of this database, or None before it is founded."""
    kept = _kept.get()
    if kept is None:
        return _read()
    if not kept:
        kept.append(_read())
    return kept[0]


def head_seen() -> int:
    """Return the number of the newest entry as it was when the installation was read."""
    ours = the_installation()
    return ours.head_seq or 0 if ours else 0  # type: ignore[attr-defined]  # annotated in _read()


def _read() -> Installation | None:
    head = Subquery(Head.objects.values("seq")[:1])
    return Installation.objects.annotate(head_seq=head).first()
