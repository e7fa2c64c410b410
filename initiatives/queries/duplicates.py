"""Which initiatives seem to be about the same problem as the one being typed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from initiatives.choices import Stage
from initiatives.models import Initiative, Membership
from initiatives.rules.duplicates import Corpus
from people.choices import Side

SHOWN = 3


@dataclass(frozen=True)
class Duplicate:
    """What anyone may see of an initiative like theirs; `led` are the sides that have a lead."""

    id: int
    number: int
    code: str
    name: str
    unit: str
    stage: Stage
    is_over: bool
    led: frozenset[Side]
    score: int


# The prepared texts and the state of the table they were prepared from, once per process.
_kept: tuple[tuple[int, ...], Corpus] = ((), Corpus([]))


def likely_duplicates(*, name: str, problem: str, limit: int = SHOWN) -> tuple[Duplicate, ...]:
    """Return the initiatives most like this name and problem, over all, the likest first."""
    scores = {
        match.id: match.score for match in _corpus().likely(name=name, problem=problem, limit=limit)
    }
    if not scores:
        return ()
    rows = Initiative.objects.filter(pk__in=scores).select_related("unit")
    led = _led(scores)
    found = [_duplicate(row, led[row.pk], scores[row.pk]) for row in rows]
    return tuple(sorted(found, key=lambda one: (-one.score, one.number)))


def corpus_with(rows: Iterable[tuple[int, str, str]]) -> Corpus:
    """Return all that is here together with rows that are not; theirs are ids below zero."""
    here = Initiative.objects.order_by("pk").values_list("id", "name", "problem")
    return Corpus([*here, *rows], earlier=_corpus())


def _led(initiatives: Iterable[int]) -> dict[int, frozenset[Side]]:
    leads = Membership.objects.leads().filter(initiative__in=initiatives)
    sides = set(leads.values_list("initiative", "side"))
    return {pk: frozenset(Side(side) for one, side in sides if one == pk) for pk in initiatives}


def _corpus() -> Corpus:
    global _kept  # noqa: PLW0603  # one assignment of one tuple: safe among threads
    state = _state()
    if _kept[0] != state:
        rows = Initiative.objects.order_by("pk").values_list("id", "name", "problem")
        _kept = (state, Corpus(rows, earlier=_kept[1]))
    return _kept[1]


def _state() -> tuple[int, ...]:
    """Return what moves with every change of any initiative: how many, how often, which last.

    Both the sum of versions and the newest transaction are needed: of two transactions that
    overlap, the older one may be the last to become visible.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), coalesce(sum(version), 0), coalesce(max(xmin::text::bigint), 0)"
            " FROM initiatives_initiative"
        )
        state: tuple[int, ...] = cursor.fetchone()
    return state


def _duplicate(row: Initiative, led: frozenset[Side], score: int) -> Duplicate:
    return Duplicate(
        id=row.pk,
        number=row.number,
        code=row.code,
        name=row.name,
        unit=row.unit.name,
        stage=Stage(row.stage),
        is_over=row.is_over,
        led=led,
        score=score,
    )
