"""Whose register this is: one row, which a page that is only read, and an act, reads once.

Where the chain ends is read with it. It moves with every act, so it tells whether a page that
was made before still shows what is.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db.models import QuerySet, Subquery

from journal.models import Head, Installation
from kernel.compiled import compiled


@dataclass
class _Reading:
    """What was read, if it was; whether an act within makes it old."""

    until_act: bool
    found: list[Installation | None] = field(default_factory=list)


_kept: ContextVar[_Reading | None] = ContextVar("kept_installation", default=None)


@contextmanager
def reading_once(*, until_act: bool = False) -> Iterator[None]:
    """Keep the row until the block ends. An act has a block of its own, from its own moment on.

    With `until_act` the row is read anew after an act: a page that was only read is as of one
    moment, and what answers a form is as of after it.
    """
    around = _kept.get()
    token = _kept.set(_Reading(until_act))
    try:
        yield
    finally:
        _kept.reset(token)
        if around is not None and around.until_act:
            around.found.clear()


def the_installation() -> Installation | None:
    """Return the organisation of this database, or None before it is founded."""
    kept = _kept.get()
    if kept is None:
        return _read()
    if not kept.found:
        kept.found.append(_read())
    return kept.found[0]


def head_seen() -> int:
    """Return the number of the newest entry as it was when the installation was read."""
    ours = the_installation()
    return ours.head_seq or 0 if ours else 0  # type: ignore[attr-defined]  # annotated in _read()


def _read() -> Installation | None:
    return next(iter(_with_head()), None)


@compiled
def _with_head() -> QuerySet[Installation]:
    return Installation.objects.annotate(head_seq=Subquery(Head.objects.values("seq")[:1]))
