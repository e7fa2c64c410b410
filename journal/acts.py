"""The only way to write: an act is one transaction, and at least one entry written last.

    @act
    def end_term(*, term_id: int, actor: User, at: datetime) -> None: ...

`record()` calls are buffered and written under the head lock when the outermost act ends, so
that the chain has no gap and its lock is held for the shortest time.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from inspect import signature
from typing import Any, ParamSpec, TypeVar, overload

from django.db import connection, models, transaction

from journal.installations import reading_once
from journal.kinds import Kind
from journal.models import Installation, Sealed, noting
from journal.subscriptions import Happening, handlers_within
from journal.writing import Draft, sealed_text, sealed_texts, write_entries
from kernel.canonical import canonical
from kernel.refusals import RefusedError

P = ParamSpec("P")
ResultT = TypeVar("ResultT")
Actor = models.Model | str

AUTHORITY_LOCK = 7_291_001


class ActError(RuntimeError):
    """An act broke the rules of acting: a mistake in the program, never the user's."""


@dataclass(frozen=True)
class _Refused:
    name: str
    refusal: RefusedError
    arguments: Mapping[str, Any]


@dataclass
class _Act:
    drafts: list[Draft] = field(default_factory=list)
    born: list[models.Model] = field(default_factory=list)
    refused: _Refused | None = None


_open: ContextVar[_Act | None] = ContextVar("open_act", default=None)


@overload
def act(operation: Callable[P, ResultT]) -> Callable[P, ResultT]: ...
@overload
def act(*, refusals: bool) -> Callable[[Callable[P, ResultT]], Callable[P, ResultT]]: ...
def act(
    operation: Callable[P, ResultT] | None = None, *, refusals: bool = False
) -> Callable[P, ResultT] | Callable[[Callable[P, ResultT]], Callable[P, ResultT]]:
    """Make `operation` an act; called within another act it joins that one.

    With `refusals`, a refusal is journalled after the roll-back, in a transaction of its own.

    :raises ActError: at import, when `refusals` lacks the arguments `actor` and `at`.
    """

    def decorate(operation: Callable[P, ResultT]) -> Callable[P, ResultT]:
        parameters = signature(operation)
        if refusals and not {"actor", "at"} <= set(parameters.parameters):
            raise ActError(f"{operation.__name__}: an entry of refusal needs `actor` and `at`")

        @wraps(operation)
        def acted(*args: P.args, **kwargs: P.kwargs) -> ResultT:
            joined = _open.get()
            current = joined or _Act()
            try:
                with _joining() if joined else _acting(current):
                    return operation(*args, **kwargs)
            except RefusedError as refusal:
                if refusals and current.refused is None:
                    arguments = parameters.bind(*args, **kwargs).arguments
                    current.refused = _Refused(operation.__name__, refusal, arguments)
                if current.refused and not joined:
                    _record_refusal(current.refused)
                raise

        acted.is_act = True  # type: ignore[attr-defined]  # read by tests/architecture/test_acts.py
        return acted

    return decorate if operation is None else decorate(operation)


def record(
    kind: Kind,
    *,
    actor: Actor,
    subject: models.Model,
    at: datetime,
    thread: models.Model | None = None,
    data: Mapping[str, Any] | None = None,
    private: Mapping[str, Any] | None = None,
    accepts_voids: Collection[int] = (),
) -> None:
    """Say what happened; the entry names every insert-only row born since the one before.

    `data` is hashed in clear and holds no personal text; `private` is sealed beside the entry.

    :raises ActError: outside an act, or about a row that is not stored yet.
    :raises NotCanonicalError: for `data` that cannot be hashed.
    :raises RefusedError: when a `within` handler refuses.
    """
    current = _current()
    if subject.pk is None:
        raise ActError(f"{kind}: store the {type(subject).__name__} before you record it")
    data = dict(data or {})
    canonical(data)  # here, where the mistake can be seen, and not when the act ends
    happening = Happening(
        kind=kind,
        actor=actor,
        subject=subject,
        thread=thread,
        at=at,
        data=data,
        accepts_voids=accepts_voids,
    )
    rows, current.born[:] = [*current.born], []
    current.drafts.append(Draft(happening, private or {}, rows))
    for handler in handlers_within(kind):
        handler(happening)


def seal(text: str, *, person: models.Model | None = None) -> Sealed:
    """Keep `text` erasable: return the row whose primary key is its keyed commitment."""
    _current()
    return sealed_text(text, person)


def seal_all(texts: Iterable[str], *, person: models.Model | None = None) -> list[Sealed]:
    """Keep many texts erasable, each by itself, in the order given."""
    _current()
    return sealed_texts(texts, person)


def hold_authority() -> None:
    """Keep offices and playbook as they are until this act ends (shared with other gate acts)."""
    _advisory("pg_advisory_xact_lock_shared")


def change_authority() -> None:
    """Wait until no gate act is under way, and let none begin until this act ends."""
    _advisory("pg_advisory_xact_lock")


def _advisory(function: str) -> None:
    _current()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [AUTHORITY_LOCK])


def _current() -> _Act:
    current = _open.get()
    if current is None:
        raise ActError("record(), seal() and locks belong inside an @act")
    return current


@contextmanager
def _acting(current: _Act) -> Iterator[None]:
    opened = _open.set(current)
    noted = noting.set(current.born.append)
    try:
        with reading_once(), transaction.atomic(durable=True):
            yield
            if not current.drafts:
                raise ActError("an act that records nothing leaves no trace: record() it")
            current.drafts[-1].rows.extend(current.born)
            write_entries(current.drafts)
    finally:
        noting.reset(noted)
        _open.reset(opened)


@contextmanager
def _joining() -> Iterator[None]:
    """Fail with the outer act as a whole: who swallows this act's error cannot commit any more."""
    with transaction.atomic(savepoint=False):
        yield


def _record_refusal(refused: _Refused) -> None:
    """Write one `act.refused` entry in a transaction of its own."""
    with _acting(_Act()):
        record(
            Kind.ACT_REFUSED,
            actor=refused.arguments["actor"],
            subject=Installation.objects.get(),
            thread=getattr(refused.refusal, "thread", None),
            at=refused.arguments["at"],
            data={"act": refused.name, "reasons": list(refused.refusal.codes)},
        )
