"""What happened outside: vendors, money and launch dates, in order or out of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from initiatives.choices import Breach, FactKind
from initiatives.models.initiatives import Initiative
from journal.models import InsertOnly, Sealed

_MONEY = (FactKind.VENDOR_COMMITMENT, FactKind.BUDGET_RELEASE)


class Fact(InsertOnly):
    """`happened_on` is the day it happened; of a launch date, the day that was agreed.

    Vendor names and notes are sealed. `breach` says how the fact stands to the gate that
    authorises it, as judged when it was recorded.
    """

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="facts")
    kind = models.CharField(max_length=24, choices=FactKind)
    happened_on = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    sealed = models.ForeignKey(Sealed, on_delete=models.PROTECT, null=True, related_name="+")
    breach = models.CharField(max_length=16, choices=Breach, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_key = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=FactKind.values), name="fact_is_of_a_kind_we_have"
            ),
            models.CheckConstraint(
                condition=Q(amount=None, currency="")
                | Q(amount__gt=0, currency__regex=r"^[A-Z]{3}$", kind__in=_MONEY),
                name="fact_amount_has_a_currency",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.happened_on}"

    @property
    def is_breach(self) -> bool:
        return bool(self.breach)
