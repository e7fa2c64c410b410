"""The portfolio: a board of the four stages, and a table of everything."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from governance.queries.marks import GateMark, marks_of, waiting_since
from governance.queries.stops import drills_among
from initiatives.forms.narrowing import narrowed
from initiatives.forms.portfolio import TableForm, address
from initiatives.queries.boards import Card, Column, board
from initiatives.queries.days import home_day
from initiatives.queries.memberships import may_import, only_reads
from initiatives.queries.rows import Initiative
from initiatives.queries.saved_views import table_choices
from initiatives.queries.shortlists import shortlisted
from initiatives.queries.tables import SORTS, TableRow, table
from initiatives.queries.tags import may_sort_some
from initiatives.queries.visibility import reads_anything
from journal.clock import this_hour
from kernel.pages import page
from people.http import Request, kept_by_browser
from playbook.editions import current
from playbook.shapes import Gate, Stage

HEADS = {
    "name": "Initiative",
    "stage": "Stage",
    "wait": "Waiting for",
    "technology": "Technology",
    "people": "People",
    "unit": "Unit",
    "month": "Planned",
}
LOW = frozenset({"stage", "technology", "people", "unit", "month"})


@dataclass(frozen=True)
class Wait:
    """Whom an initiative waits for and how long, for a reader who may know."""

    mark: GateMark | None
    days: int

    @property
    def side(self) -> str:
        """The one side that has to sign, joint for both, "" for nobody."""
        sides = self.mark.waits_for if self.mark else ()
        return "" if not sides else str(sides[0]) if len(sides) == 1 else "joint"


@dataclass(frozen=True)
class BoardColumn:
    """A stage with its words and its cards."""

    stage: Stage
    gate: Gate
    column: Column
    in_work: list[tuple[Card, Wait]]
    at_gate: list[tuple[Card, Wait]]
    more_in_work: str
    more_at_gate: str


@dataclass(frozen=True)
class Head:
    """A column of the table; the one it is sorted by says so."""

    word: str
    url: str
    sorted: str
    klass: str


@login_required
@require_safe
@kept_by_browser
def portfolio_list(request: Request) -> HttpResponse:
    if request.GET.get("view") == "table":
        return _table_page(request)
    columns = board(request.authority, waiting_since=waiting_since())
    cards = [card for column in columns for card in (*column.in_work, *column.at_gate)]
    whole = [card for card in cards if card.reads_whole]
    marks = marks_of([card.initiative.pk for card in whole])
    book, at = current(), this_hour()
    waits = {
        card.initiative.pk: _wait(card.initiative, marks, card.waits_since, at) for card in cards
    }
    return page(
        request,
        "initiatives/portfolio/list.html",
        {
            "columns": [
                _column(column, book.stage(column.stage), book.gate_of(column.stage), waits)
                for column in columns
            ],
            "total": sum(column.total for column in columns),
            "waiting": sum(column.total_at_gate for column in columns),
            "paused": sum(card.initiative.is_paused for card in cards if card.reads_whole),
            "told": _told(columns, waits.values()),
            "is_reader": request.authority.reads_everything,
            "drills": drills_among([c.initiative.pk for c in whole if c.initiative.is_paused]),
            "may_propose": not only_reads(request.authority),
            "may_import": may_import(request.authority),
            "over": address({"standing": "declined"}),
            "may_rank": bool(whole) or reads_anything(request.authority),
            "shortlisted": shortlisted([card.initiative.pk for card in whole], home_day(at)),
        },
    )


def _column(column: Column, stage: Stage, gate: Gate, waits: dict[int, Wait]) -> BoardColumn:
    here = {"stage": int(column.stage)}
    return BoardColumn(
        stage=stage,
        gate=gate,
        column=column,
        in_work=[(card, waits[card.initiative.pk]) for card in column.in_work],
        at_gate=[(card, waits[card.initiative.pk]) for card in column.at_gate],
        more_in_work=address({**here, "waiting": "none"}),
        more_at_gate=address({**here, "waiting": "any"}),
    )


def _told(columns: Iterable[Column], waits: Iterable[Wait]) -> dict[str, int] | None:
    """Return how many wait for one signature and for both, when all of them are in sight."""
    if any(column.more_at_gate for column in columns):
        return None
    sides = [wait.side for wait in waits if wait.side]
    both = sides.count("joint")
    return {"one": len(sides) - both, "both": both}


def _wait(
    initiative: Initiative, marks: dict[int, GateMark], since: datetime, at: datetime
) -> Wait:
    mark = marks.get(initiative.pk)
    begun = mark.waiting_since if mark and mark.waiting_since else since
    return Wait(mark, max((at - begun).days, 0))


def _table_page(request: Request) -> HttpResponse:
    offered = table_choices(request.authority)
    form = TableForm(request.GET, units=offered.units, tags=offered.tags)
    chosen = form.chosen()
    found = table(
        request.authority,
        filters=narrowed(chosen),
        sort=request.GET.get("sort", ""),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    whole = [row.initiative for row in found.rows if row.reads_whole]
    marks = marks_of([one.pk for one in whole])
    at = this_hour()
    return page(
        request,
        "initiatives/portfolio/table.html",
        {
            "form": form,
            "found": found,
            "rows": [(row, _row_wait(row, marks, at)) for row in found.rows],
            "drills": drills_among([one.pk for one in whole if one.is_paused]),
            "heads": [_head(key, found.sort, chosen) for key in HEADS],
            "previous": found.before and address(chosen, sort=found.sort, before=found.before),
            "next": found.after and address(chosen, sort=found.sort, after=found.after),
            "is_filtered": bool(chosen),
            "here": address(chosen, sort=found.sort),
            "views": offered.views,
            "may_sort": may_sort_some(request.authority),
            "may_rank": any(row.reads_whole for row in found.rows)
            or reads_anything(request.authority),
            "may_propose": not only_reads(request.authority),
            "may_import": may_import(request.authority),
        },
        parts=("initiatives",),
    )


def _row_wait(row: TableRow, marks: dict[int, GateMark], at: datetime) -> Wait:
    return _wait(row.initiative, marks, row.initiative.stage_since, at)


def _head(key: str, sort: str, chosen: dict[str, str | int]) -> Head:
    """Return a column head; choosing the one that sorts already turns the order round."""
    word = "ascending" if sort == key else "descending" if sort == f"-{key}" else ""
    next_sort = f"-{key}" if sort == key else key
    return Head(
        word=HEADS[key],
        url=address(chosen, sort=next_sort) if key in SORTS else "",
        sorted=word,
        klass="lo" if key in LOW else "",
    )
