"""What home says of delegations: in whose place one signs, and who asks for it."""

from dataclasses import dataclass
from datetime import date, datetime

from governance.models import Delegation
from governance.queries.delegation_facts import last_day
from people.choices import Side
from people.models import User
from people.rules import Authority
from people.warrants import asks_known


@dataclass(frozen=True, kw_only=True)
class InPlace:
    """In whose place somebody signs, and until which day."""

    id: int
    name: str
    until: date
    named_by: str = ""


def signing_side(authority: Authority) -> Side | None:
    """Return the side whose gates wait for this person: in office, or in its place."""
    if authority.key_side is not None:
        return authority.key_side
    return authority.warrants[0].side if authority.warrants else None


def in_places(user: User, authority: Authority, at: datetime) -> dict[str, tuple[InPlace, ...]]:
    """Return in whose place this person signs now, and who asks for it. Nearly nobody: no query."""
    return {
        "in_place_of": _named([one.id for one in authority.warrants]),
        "asked": _named(asks_known(user, at)),
    }


def _named(ids: list[int]) -> tuple[InPlace, ...]:
    if not ids:
        return ()
    rows = Delegation.objects.filter(pk__in=ids).select_related("by", "named_by").order_by("pk")
    return tuple(
        InPlace(
            id=row.pk,
            name=row.by.name,
            until=last_day(row),
            named_by=row.named_by.name if row.named_by else "",
        )
        for row in rows
    )
