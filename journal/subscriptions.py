"""Who wants to hear of what: inside the transaction (`within`) or after the commit (`on`)."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models

from journal.kinds import Kind
from journal.models import Entry


@dataclass(frozen=True)
class Happening:
    """What a `within` handler is told: the entry to be, and what the actor had agreed to void."""

    kind: Kind
    actor: models.Model | str
    subject: models.Model
    thread: models.Model | None
    at: datetime
    data: Mapping[str, Any]
    accepts_voids: Collection[int] = field(default_factory=tuple)


WithinHandler = Callable[[Happening], None]
OnHandler = Callable[[Entry], None]

_within: defaultdict[Kind, list[WithinHandler]] = defaultdict(list)
_on: defaultdict[Kind, dict[str, OnHandler]] = defaultdict(dict)


def within(*kinds: Kind) -> Callable[[WithinHandler], WithinHandler]:
    """Run the handler inside the act's transaction, at the record() call.

    It may write, record and refuse; it does no input or output.
    """

    def subscribe(handler: WithinHandler) -> WithinHandler:
        for kind in kinds:
            if handler not in _within[kind]:
                _within[kind].append(handler)
        return handler

    return subscribe


def on(*kinds: Kind) -> Callable[[OnHandler], OnHandler]:
    """Run the handler after the commit, by the worker, at least once and maybe twice."""

    def subscribe(handler: OnHandler) -> OnHandler:
        for kind in kinds:
            _on[kind][subscriber_name(handler)] = handler
        return handler

    return subscribe


def subscriber_name(handler: OnHandler) -> str:
    """Return the name a debt is kept under: module and function."""
    return f"{handler.__module__}.{handler.__name__}"


def handlers_within(kind: Kind) -> tuple[WithinHandler, ...]:
    """Return the handlers that run inside the transaction, in order of subscription."""
    return tuple(_within[kind])


def subscribers_on(kind: Kind) -> tuple[str, ...]:
    """Return the names of those who hear of `kind` after the commit."""
    return tuple(_on[kind])


def handler_named(kind: Kind, name: str) -> OnHandler | None:
    """Return the handler kept under `name`, or None when it is gone from the code."""
    return _on[kind].get(name)
