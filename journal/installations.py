"""Whose register this is: one row, which a page that is only read, and an act, reads once."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from journal.models import Installation

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
        return Installation.objects.first()
    if not kept:
        kept.append(Installation.objects.first())
    return kept[0]
