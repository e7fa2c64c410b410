"""The table as rows of texts: what the reader sees of each initiative, and no more."""

from collections.abc import Iterator, Sequence
from itertools import islice

from governance.queries.marks import GateMark, marks_of
from governance.queries.stops import drills_among
from initiatives.queries.table_filters import TableFilters
from initiatives.queries.tables import TableRow, every_row, table_row
from people.choices import Side
from people.rules import Authority

PIECE = 500
HEADS = (
    *("Code", "Name", "Stage", "Unit", "Standing", "Waits for", "Technology lead", "People lead"),
    *("Planned", "Risk", "Whose work", "Tags", "Problem", "Who is affected"),
)


def sheet_rows(
    authority: Authority, *, filters: TableFilters, sort: str
) -> Iterator[Sequence[str]]:
    """Yield the heads and then every row. Four queries for each five hundred rows.

    And one more where some of them are paused.
    """
    yield HEADS
    rows = every_row(authority, filters=filters, sort=sort).iterator(PIECE)
    while piece := [table_row(row) for row in islice(rows, PIECE)]:
        whole = [row.initiative for row in piece if row.reads_whole]
        marks = marks_of([one.pk for one in whole])
        drills = drills_among([one.pk for one in whole if one.is_paused])
        for row in piece:
            pk = row.initiative.pk
            yield _cells(row, marks.get(pk), is_drill=pk in drills)


def _cells(row: TableRow, mark: GateMark | None, *, is_drill: bool) -> Sequence[str]:
    one = row.initiative
    shown = (one.code, one.name, one.get_stage_display(), one.unit.name)
    if not row.reads_whole:
        hidden = [""] * (len(HEADS) - len(shown))
        hidden[HEADS.index("Problem") - len(shown)] = one.problem if row.reads_purpose else ""
        return (*shown, *hidden)
    leads = [row.leads[side].user.name if side in row.leads else "" for side in Side]
    return (
        *shown,
        "Archived"
        if one.archived_at
        else _standing(
            one.get_standing_display(),
            is_drill=is_drill,
            is_conditional=mark is not None and mark.is_conditional,
        ),
        " and ".join(side.label for side in mark.waits_for) if mark else "",
        *leads,
        f"{one.planned_month:%Y-%m}" if one.planned_month else "",
        one.get_risk_tier_display() if one.risk_tier else "",
        one.get_needs_display() if one.needs else "",
        ", ".join(one.tags),
        one.problem,
        one.affected,
    )


def _standing(word: str, *, is_drill: bool, is_conditional: bool) -> str:
    said = f"{word} for a drill" if is_drill else word
    return f"{said}, passed on condition" if is_conditional else said
