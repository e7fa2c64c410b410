"""What happened outside, and which gates were passed."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from initiatives.choices import Breach, FactKind
from initiatives.models import Fact, Initiative, StageAdvance
from people.models import User


@dataclass(frozen=True)
class FactView:
    """One recorded fact with its words."""

    id: int
    kind: FactKind
    happened_on: date
    amount: Decimal | None
    currency: str
    text: str
    breach: Breach | None
    recorded_by: User | None
    recorded_at: datetime


def facts_of(initiative: Initiative) -> tuple[FactView, ...]:
    """Return every fact in the order of its days."""
    rows = Fact.objects.filter(initiative=initiative).select_related("sealed", "recorded_by")
    return tuple(_opened(row) for row in rows.order_by("happened_on", "pk"))


def passed_gates(initiative: Initiative) -> dict[int, datetime]:
    """Return when each gate that is passed now was passed."""
    standing = StageAdvance.objects.standing().filter(initiative=initiative)
    return dict(standing.values_list("gate", "at"))


def _opened(row: Fact) -> FactView:
    return FactView(
        id=row.pk,
        kind=FactKind(row.kind),
        happened_on=row.happened_on,
        amount=row.amount,
        currency=row.currency,
        text=(row.sealed.text or "") if row.sealed else "",
        breach=Breach(row.breach) if row.breach else None,
        recorded_by=row.recorded_by,
        recorded_at=row.recorded_at,
    )
