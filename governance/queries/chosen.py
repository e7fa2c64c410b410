"""The rows that somebody chose in the table, as far as they are theirs to read."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Prefetch

from initiatives.models import Initiative, Membership
from initiatives.queries.memberships import leads_among
from initiatives.queries.visibility import readable_by
from people.choices import Side
from people.rules import Authority

MOST = 100


@dataclass(frozen=True)
class ChosenRow:
    """One initiative, and who leads it for each side."""

    initiative: Initiative
    leads: dict[Side, str]


def chosen_rows(numbers: Collection[int], authority: Authority) -> list[ChosenRow]:
    """Return the initiatives of these numbers that the person reads whole, by number."""
    leads = Membership.objects.leads().select_related("user")
    rows = (
        readable_by(authority)
        .filter(number__in=[*numbers][:MOST])
        .select_related("unit")
        .prefetch_related(Prefetch("memberships", queryset=leads, to_attr="lead_rows"))
        .order_by("number")
    )
    return [ChosenRow(row, _names(row)) for row in rows]


def _names(row: Initiative) -> dict[Side, str]:
    found = leads_among(row.lead_rows)  # type: ignore[attr-defined]  # prefetched above
    return {side: lead.user.name for side, lead in found.items()}
