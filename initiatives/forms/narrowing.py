"""The filters of the table, with those on gates, which are known above initiatives."""

from dataclasses import replace

from django.db.models import Q

from governance.queries.marks import is_waiting
from initiatives.forms.portfolio import filters_of
from initiatives.queries.table_filters import TableFilters
from people.choices import Side


def narrowed(chosen: dict[str, str | int]) -> TableFilters:
    """Return what is chosen as the table's filters."""
    word = str(chosen.get("waiting", ""))
    return replace(filters_of(chosen), waiting=_waiting(word), is_waiting=word != "none")


def _waiting(word: str) -> Q | None:
    if not word:
        return None
    return is_waiting(Side(word) if word in Side.values else None)
