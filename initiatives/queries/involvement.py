"""When the people side was first in it, against the vendor's dates."""

from collections.abc import Collection
from datetime import tzinfo

from django.db.models import OuterRef, QuerySet, Subquery

from initiatives.choices import FactKind
from initiatives.models import ArtefactVersion, Evidence, Fact, Initiative
from initiatives.queries.days import home_zone
from initiatives.rules.involvement import Involvement
from people.choices import Side

VENDOR_KINDS = (FactKind.SHORTLIST, FactKind.VENDOR_COMMITMENT)


def people_first_involved(initiative_ids: Collection[int]) -> dict[int, Involvement]:
    """Return since when the people side has contributed to each initiative.

    Contributing is writing a version of a slot or adding evidence for that side. The vendor date
    is that of the commitment, or of the shortlist while nothing is committed.
    """
    zone = home_zone()
    return {
        row.pk: _involvement(row, zone)
        for row in _dated(Initiative.objects.filter(pk__in=initiative_ids))
    }


def _dated(initiatives: QuerySet[Initiative]) -> QuerySet[Initiative]:
    mine = {"initiative": OuterRef("pk"), "side": Side.PEOPLE}
    vendor = Fact.objects.filter(initiative=OuterRef("pk"), kind__in=VENDOR_KINDS)
    return initiatives.annotate(
        wrote_at=Subquery(_first(ArtefactVersion.objects.filter(**mine), "created_at")),
        proved_at=Subquery(_first(Evidence.objects.filter(**mine), "added_at")),
        # "vendor_commitment" stands before "shortlist" when the order is turned round.
        vendor_on=Subquery(vendor.order_by("-kind", "happened_on").values("happened_on")[:1]),
        vendor_kind=Subquery(vendor.order_by("-kind", "happened_on").values("kind")[:1]),
    )


def _first(rows: QuerySet[ArtefactVersion] | QuerySet[Evidence], field: str) -> QuerySet[Evidence]:
    return rows.order_by(field).values(field)[:1]


def _involvement(row: Initiative, zone: tzinfo) -> Involvement:
    moments = [at for at in (row.wrote_at, row.proved_at) if at is not None]
    return Involvement(
        proposed_on=row.proposed_at.astimezone(zone).date(),
        first_on=min(moments).astimezone(zone).date() if moments else None,
        vendor_on=row.vendor_on,
        vendor_kind=row.vendor_kind or "",
    )
