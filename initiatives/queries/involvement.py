"""When the people side was first in it, against the vendor's dates."""

from datetime import date, datetime, tzinfo
from typing import Protocol, cast

from django.db.models import OuterRef, Subquery

from initiatives.choices import FactKind
from initiatives.models import ArtefactVersion, Evidence, Fact, Initiative
from initiatives.models.initiatives import InitiativeQuerySet
from initiatives.queries.days import home_zone
from initiatives.rules.involvement import Involvement
from people.choices import Side

VENDOR_KINDS = (FactKind.SHORTLIST, FactKind.VENDOR_COMMITMENT)


class Dated(Protocol):
    """An initiative with the days of its involvement beside it."""

    proposed_at: datetime
    wrote_at: datetime | None
    proved_at: datetime | None
    vendor_on: date | None
    vendor_kind: str | None


def involvement_of(initiative: Initiative) -> Involvement:
    """Return since when the people side has contributed to an initiative `with_involvement`.

    Contributing is writing a version of a slot or adding evidence for that side. The vendor date
    is that of the commitment, or of the shortlist while nothing is committed.
    """
    return _involvement(cast(Dated, initiative), home_zone())


def with_involvement(initiatives: InitiativeQuerySet) -> InitiativeQuerySet:
    """Add to each the days that its involvement is told by."""
    mine = {"initiative": OuterRef("pk"), "side": Side.PEOPLE}
    wrote = ArtefactVersion.objects.filter(**mine).order_by("created_at").values("created_at")
    proved = Evidence.objects.filter(**mine).order_by("added_at").values("added_at")
    # "vendor_commitment" stands before "shortlist" when the order is turned round.
    vendor = Fact.objects.filter(initiative=OuterRef("pk"), kind__in=VENDOR_KINDS).order_by(
        "-kind", "happened_on"
    )
    return initiatives.annotate(
        wrote_at=Subquery(wrote[:1]),
        proved_at=Subquery(proved[:1]),
        vendor_on=Subquery(vendor.values("happened_on")[:1]),
        vendor_kind=Subquery(vendor.values("kind")[:1]),
    )


def _involvement(row: Dated, zone: tzinfo) -> Involvement:
    moments = [at for at in (row.wrote_at, row.proved_at) if at is not None]
    return Involvement(
        proposed_on=row.proposed_at.astimezone(zone).date(),
        first_on=min(moments).astimezone(zone).date() if moments else None,
        vendor_on=row.vendor_on,
        vendor_kind=row.vendor_kind or "",
    )
