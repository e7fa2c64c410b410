"""The table: filtered, sorted, page by page in both directions, by an address one can share."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol, cast

from django.db.models import F, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Lower

from initiatives.choices import Stage
from initiatives.models import Initiative, Membership
from initiatives.queries.boards import LAST_MOMENT
from initiatives.queries.memberships import leads_among
from initiatives.queries.table_filters import TableFilters, filtered
from initiatives.queries.visibility import if_read_whole
from initiatives.rules.keysets import LARGEST, Place, moment_of, place_of, token_of
from people.choices import Side
from people.rules import Authority

PAGE = 50
LEAD = ("initiative", "side", "role", "user__name")
LAST_DAY = date(9999, 12, 31)


@dataclass(frozen=True)
class TableRow:
    """One initiative in the table. Without `reads_whole`, show name, stage and unit only."""

    initiative: Initiative
    leads: dict[Side, Membership]
    reads_whole: bool

    @property
    def reads_purpose(self) -> bool:
        """Whether the problem may be shown: of what is in use, to everyone."""
        return self.reads_whole or (
            self.initiative.stage == Stage.MEASUREMENT and not self.initiative.is_over
        )


class _TableRow(Protocol):
    """An initiative as the table reads it."""

    lead_rows: list[Membership]
    reads_whole: bool


@dataclass(frozen=True)
class TablePage:
    """A page of rows; `before` and `after` are words for the address, "" at either end."""

    rows: tuple[TableRow, ...]
    before: str
    after: str
    total: int
    sort: str


@dataclass(frozen=True)
class _Order:
    by: Any
    read: type[str] | type[int] | type[date] | type[datetime]


_ORDERS: Mapping[str, _Order] = {
    "wait": _Order(if_read_whole(F("stage_since"), otherwise=LAST_MOMENT), datetime),
    "name": _Order(Lower("name"), str),
    "number": _Order(F("number"), int),
    "stage": _Order(F("stage"), int),
    "unit": _Order(Lower("unit__name"), str),
    "month": _Order(
        if_read_whole(Coalesce("planned_month", Value(LAST_DAY)), otherwise=LAST_DAY), date
    ),
}
SORTS = tuple(_ORDERS)
USUAL_SORT = "wait"


def table(
    authority: Authority,
    *,
    filters: TableFilters,
    sort: str = USUAL_SORT,
    after: str = "",
    before: str = "",
    size: int = PAGE,
) -> TablePage:
    """Return the page of rows after (or before) a place; "-" before the sort key reverses it.

    An unknown sort key or place is read as the usual one and as the beginning.
    """
    key, is_down = _order(sort)
    rows = filtered(authority, filters)
    total = rows.count()
    rows = rows.annotate(sort_value=_ORDERS[key].by)
    place, is_back = (_place(before, key), True) if before else (_place(after, key), False)
    found = _slice(rows, place, is_down=is_down != is_back, size=size)
    shown = found[:size][::-1] if is_back else found[:size]
    more = len(found) > size
    return TablePage(
        rows=tuple(_row(row) for row in shown),
        before=_token(shown[0]) if shown and (more if is_back else place) else "",
        after=_token(shown[-1]) if shown and (place if is_back else more) else "",
        total=total,
        sort=f"-{key}" if is_down else key,
    )


def every_row(authority: Authority, *, filters: TableFilters, sort: str) -> QuerySet[Initiative]:
    """Return all rows in their order, with unit and leads, for reading them in pieces."""
    key, is_down = _order(sort)
    rows = filtered(authority, filters).annotate(sort_value=_ORDERS[key].by)
    return _with_leads(_ordered(rows, is_down=is_down))


def table_row(row: Initiative) -> TableRow:
    """Return an initiative that `every_row` read as the table shows it."""
    return _row(row)


def _order(sort: str) -> tuple[str, bool]:
    """Return the key that is sorted by, and whether it is turned round."""
    key = sort.removeprefix("-") if sort.removeprefix("-") in _ORDERS else USUAL_SORT
    return key, sort == f"-{key}"


def _ordered(rows: QuerySet[Initiative], *, is_down: bool) -> QuerySet[Initiative]:
    order = ("-sort_value", "-number") if is_down else ("sort_value", "number")
    return rows.order_by(*order)


def _place(token: str, key: str) -> tuple[Any, int] | None:
    place = place_of(token)
    value = None if place is None else _value(place.value, _ORDERS[key].read)
    return None if place is None or value is None else (value, place.number)


def _value(text: str, read: type) -> Any:  # noqa: ANN401  # any sortable value
    """Return what the text stands for; None when it is no such value."""
    if read is datetime:
        return moment_of(text)
    try:
        value = date.fromisoformat(text) if read is date else read(text)
    except ValueError:
        return None
    return None if isinstance(value, int) and abs(value) > LARGEST else value


def _slice(
    rows: QuerySet[Initiative], place: tuple[Any, int] | None, *, is_down: bool, size: int
) -> list[Initiative]:
    """Return up to one row more than a page, in the direction of reading."""
    if place is not None:
        value, number = place
        step = "lt" if is_down else "gt"
        rows = rows.filter(
            Q(**{f"sort_value__{step}": value}) | Q(sort_value=value, **{f"number__{step}": number})
        )
    return list(_with_leads(_ordered(rows, is_down=is_down))[: size + 1])


def _with_leads(rows: QuerySet[Initiative]) -> QuerySet[Initiative]:
    """Add unit and leads by name, in one query more however many rows there are."""
    leads = Membership.objects.leads().select_related("user").only(*LEAD)
    return rows.select_related("unit").prefetch_related(
        Prefetch("memberships", queryset=leads, to_attr="lead_rows")
    )


def _token(row: Initiative) -> str:
    value = row.sort_value  # type: ignore[attr-defined]  # annotated in table()
    text = value.isoformat() if isinstance(value, date) else str(value)
    return token_of(Place(text, row.number))


def _row(row: Initiative) -> TableRow:
    listed = cast(_TableRow, row)
    return TableRow(
        initiative=row, leads=leads_among(listed.lead_rows), reads_whole=listed.reads_whole
    )
