"""The joint order as it stands, and who may settle it."""

from collections.abc import Iterable

from django.db.models import OuterRef, Subquery

from initiatives.models import (
    Initiative,
    Placing,
    Reveal,
)
from initiatives.queries.visibility import reads_anything
from initiatives.rules.rankings import Candidate, joint_order
from kernel.refusals import Blocker, ForbiddenError, NotVisibleError
from people.choices import Side
from people.rules import Authority


def candidates() -> list[Candidate]:
    """Return everything that is ranked: under way, not archived, scored by both. One query."""
    moves = Placing.objects.filter(initiative=OuterRef("scoring__initiative")).order_by("-pk")
    rows = (
        Reveal.objects.filter(scoring__initiative__in=Initiative.objects.under_way().shown())
        .order_by("scoring__initiative", "-scoring__n")
        .distinct("scoring__initiative")
        .values_list(
            "scoring__initiative",
            "scoring__initiative__number",
            "priority",
            "gap",
            Subquery(moves.values("place")[:1]),
            Subquery(moves.values("pk")[:1]),
        )
    )
    return [
        Candidate(key=key, number=number, priority=priority, gap=gap, move=move, moved=moved or 0)
        for key, number, priority, gap, move, moved in rows
    ]


def places() -> dict[int, int]:
    """Return the place of every ranked initiative in the joint order."""
    return {one.key: place for place, one in enumerate(joint_order(candidates()), start=1)}


def current_move(initiative: Initiative) -> int | None:
    """Return the place the initiative was moved to by hand; None where the scores put it."""
    last = initiative.placings.order_by("-pk").values_list("place", flat=True)
    return last.first()


def must_settle(authority: Authority) -> Side:
    """Return the side whose key the person holds: it proposes and answers shortlists.

    :raises ForbiddenError: for other offices, and NotVisibleError for everybody else.
    """
    if authority.key_side is not None:
        return authority.key_side
    if not reads_anything(authority):
        raise NotVisibleError
    raise ForbiddenError(Blocker("no_key", "Only the CIO or the CHRO settles a shortlist."))


def named(keys: Iterable[int]) -> dict[int, Initiative]:
    """Return the initiatives of a list, with their units."""
    rows = Initiative.objects.filter(pk__in=[*keys]).select_related("unit")
    return {row.pk: row for row in rows}
