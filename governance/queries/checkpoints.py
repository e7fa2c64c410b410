"""The page of checkpoints: what was signed, where it went, and whether anything is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from journal import checkpoints as kept
from journal.kinds import Kind
from journal.models import MOST_ATTEMPTS, Checkpoint, Delivery, Entry
from journal.notes import origin_of, verifier
from journal.queries import Happened, installation

PAGE = 50


@dataclass(frozen=True)
class CheckpointView:
    """One checkpoint as it is listed."""

    size: int
    root: str
    made_at: datetime
    is_mailed: bool


@dataclass(frozen=True, kw_only=True)
class CheckpointPage:
    """A page of checkpoints; `before` is the size that the next page begins before."""

    rows: tuple[CheckpointView, ...]
    newest: CheckpointView | None
    total: int
    before: int | None
    places: tuple[str, ...]
    keys: tuple[str, ...]
    refused: Happened | None
    problem: str


def checkpoint_page(*, before: int | None = None) -> CheckpointPage:
    """Return the checkpoints, the newest first, and what stands in the way of the next."""
    found = kept.checkpoints()
    newest = found.first()
    older = found if before is None else found.filter(size__lt=before)
    rows = list(older[: PAGE + 1])
    return CheckpointPage(
        rows=tuple(map(_view, rows[:PAGE])),
        newest=_view(newest) if newest else None,
        total=found.count(),
        before=rows[PAGE - 1].size if rows[PAGE:] else None,
        places=tuple(settings.CHECKPOINT_PLACES),
        keys=_keys(),
        refused=_refused(newest),
        problem=_problem(),
    )


def note_over(size: int) -> str | None:
    """Return the note over the first `size` entries, None where there is no such checkpoint."""
    return kept.checkpoints().filter(size=size).values_list("note", flat=True).first()


def all_notes() -> Iterator[str]:
    """Yield every note, the oldest first, as one file that `verify_journal` takes."""
    for note in kept.checkpoints().reverse().values_list("note", flat=True).iterator():
        yield f"{note}\n"


def _view(row: Checkpoint) -> CheckpointView:
    return CheckpointView(row.size, bytes(row.root).hex(), row.made_at, row.is_mailed)


def _keys() -> tuple[str, ...]:
    ours = installation()
    name = origin_of(ours.org) if ours else ""
    return tuple(verifier(name, public) for public in kept.public_keys().values())


def _refused(newest: Checkpoint | None) -> Happened | None:
    """Return the last refusal, if no checkpoint was made since."""
    rows = Entry.objects.filter(kind=Kind.CHECKPOINT_REFUSED, seq__gt=newest.size if newest else 0)
    last = rows.order_by("-seq").first()
    return Happened(last) if last else None


def _problem() -> str:
    """Return why a checkpoint could not be given to a place, while that is not settled."""
    debts = Delivery.objects.filter(
        entry__kind=Kind.CHECKPOINT_MADE, settled_at=None, attempts__gt=0
    ).exclude(problem="")
    last = debts.order_by("-entry").first()
    if last is None:
        return ""
    return f"{last.problem}{' (given up)' if last.attempts >= MOST_ATTEMPTS else ''}"
