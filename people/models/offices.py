"""OfficeTerm: who held which office when."""

from datetime import datetime, timedelta
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from people.choices import KEY_OFFICE, SINGLE_OFFICES, Holding, Office
from people.models.users import User


class OfficeTermQuerySet(models.QuerySet["OfficeTerm"]):
    def held_at(self, at: datetime) -> Self:
        """Terms running at that moment, of people who may act at all."""
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at)).filter(
            starts_at__lte=at, user__is_active=True
        )

    def not_over(self, at: datetime) -> Self:
        """Terms that run at that moment or will."""
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at))


def _same(value: Func | F) -> Func:
    """Return a range that overlaps only that of an equal value: `=` without btree_gist."""
    return Func(value, value, Value("[]"), function="int8range")


_PERSON = _same(Func(F("person_key"), Value(0), function="uuid_hash_extended"))
_OFFICE = _same(Func(F("office"), Value(0), function="hashtextextended"))
_PERIOD = Func(
    F("starts_at"), F("ends_at"), function="tstzrange", output_field=DateTimeRangeField()
)
_OVERLAPS = RangeOperators.OVERLAPS
# Ninety days, and the hour that a change of the clocks may add.
_KEYS = tuple(KEY_OFFICE.values())
LONGEST_ACTING = timedelta(days=90, hours=1)


class OfficeTerm(models.Model):
    """Who held which office, from when to when. `ends_at` is the first moment without it."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="terms")
    person_key = models.UUIDField(editable=False)
    office = models.CharField(max_length=24, choices=Office)
    title = models.CharField(max_length=200)
    capacity = models.CharField(
        max_length=16, choices=Holding, default=Holding.SEAT, db_default=Holding.SEAT
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    objects = OfficeTermQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="term_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(office__in=Office.values), name="office_is_one_we_have"
            ),
            models.CheckConstraint(
                condition=~Q(office=Office.AUDITOR) | Q(ends_at__isnull=False),
                name="an_auditor_comes_for_a_time",
            ),
            models.CheckConstraint(
                condition=Q(capacity=Holding.SEAT)
                | Q(capacity=Holding.COUNTER_SIGNER, office__in=_KEYS)
                | Q(capacity=Holding.ACTING, office__in=_KEYS)
                & Q(ends_at__lte=F("starts_at") + LONGEST_ACTING),
                name="only_a_key_is_held_otherwise_than_in_office",
            ),
            ExclusionConstraint(
                name="one_holder_of_a_key_at_a_time",
                expressions=[(_OFFICE, _OVERLAPS), (_PERIOD, _OVERLAPS)],
                condition=Q(office__in=SINGLE_OFFICES),
            ),
            ExclusionConstraint(
                name="nobody_holds_two_keys_at_once",
                expressions=[(_PERSON, _OVERLAPS), (_PERIOD, _OVERLAPS)],
                condition=Q(office__in=SINGLE_OFFICES),
            ),
            ExclusionConstraint(
                name="nobody_holds_an_office_twice",
                expressions=[
                    (_PERSON, _OVERLAPS),
                    (_OFFICE, _OVERLAPS),
                    (_PERIOD, _OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["user", "office"], name="term_of_user")]

    def __str__(self) -> str:
        return f"{self.get_office_display()}: {self.user_id}"

    def is_running(self, at: datetime) -> bool:
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)
