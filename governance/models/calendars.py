"""When a signer's clock runs: public holidays by country, own days, and absences."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Holidays(models.Model):
    """Which public holidays a person has: those of a country, and of a region in it."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="holidays"
    )
    country = models.CharField(max_length=2, blank=True)
    region = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(country="") | Q(region=""), name="a_region_lies_in_a_country"
            )
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.region}".strip() or "none"


class Absence(models.Model):
    """A person is away from one day to another, both included; `back_on` ends it earlier."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="absences"
    )
    starts_on = models.DateField()
    ends_on = models.DateField()
    back_on = models.DateField(null=True)
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="absence_ends_after_it_starts"
            ),
        ]
        indexes = [models.Index(fields=["user", "ends_on"], name="absence_of_user")]

    def __str__(self) -> str:
        return f"{self.user_id} away {self.starts_on} to {self.ends_on}"


class OwnDay(models.Model):
    """A day that the organisation keeps off, or works on, whatever calendar and week say."""

    day = models.DateField(unique=True)
    is_worked = models.BooleanField()
    name = models.CharField(max_length=80)

    def __str__(self) -> str:
        return f"{self.day}: {self.name}"
