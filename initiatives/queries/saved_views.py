"""What the table may be narrowed to, and the views of it that a person keeps."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Func, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from initiatives.models import SavedView
from initiatives.queries.visibility import readable_by
from kernel.refusals import NotVisibleError
from people.models import User
from people.rules import Authority
from workforce.models import OrgUnit

UNIT, TAG, VIEW = "unit", "tag", "view"
NOTHING = Value("")


@dataclass(frozen=True)
class TableChoices:
    """Units and tags to choose from, and one's views as (name, address)."""

    units: Sequence[str]
    tags: Sequence[str]
    views: Sequence[tuple[str, str]]


def table_choices(authority: Authority) -> TableChoices:
    """Return what the filters of the table offer this person. One query for all of it.

    A tag is offered to those who read an initiative that has it.
    """
    tag = Func(F("tags"), function="unnest", output_field=TextField())
    rows = [
        *_rows(OrgUnit.objects.all(), UNIT, F("name"))
        .union(
            _rows(readable_by(authority).exclude(tags=[]), TAG, tag),
            _rows(SavedView.objects.filter(user=authority.user_id), VIEW, F("name"), F("query")),
        )
        .order_by("kind", "said")
    ]
    of = {kind: [row for row in rows if row[0] == kind] for kind in (UNIT, TAG, VIEW)}
    return TableChoices(
        units=[said for _, said, _ in of[UNIT]],
        tags=[said for _, said, _ in of[TAG]],
        views=[(said, more) for _, said, more in of[VIEW]],
    )


def _rows(
    rows: QuerySet[Any], kind: str, said: Combinable, more: Combinable = NOTHING
) -> QuerySet[Any, Any]:
    """Return rows of one shape, so that three tables are read as one."""
    shaped: QuerySet[Any, Any] = rows.order_by().annotate(
        kind=Value(kind), said=_text(said), more=_text(more)
    )
    return shaped.values_list("kind", "said", "more")


def _text(expression: Combinable) -> Cast:
    return Cast(expression, TextField())


def views_of(user: User) -> QuerySet[SavedView]:
    """Return the views that a person keeps, by name."""
    return SavedView.objects.filter(user=user).order_by("name", "pk")


def get_view(view_id: int, user: User) -> SavedView:
    """Return one of a person's own views.

    :raises NotVisibleError: when there is none of this number, or it is somebody else's.
    """
    view = views_of(user).filter(pk=view_id).first()
    if view is None:
        raise NotVisibleError
    return view
