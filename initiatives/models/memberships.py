"""Who works on an initiative, for which side. The two leads are its accountable pair."""

from datetime import datetime
from typing import Self
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When

from initiatives.choices import MemberRole
from initiatives.models.initiatives import Initiative
from people.choices import Side


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> Self:
        return self.filter(until=None)

    def of_person(self, person_key: UUID | None) -> Self:
        return self.none() if person_key is None else self.filter(person_key=person_key)

    def leads(self) -> Self:
        return self.current().filter(role=MemberRole.LEAD)

    def leads_here(self) -> Self:
        """Keep the leads who have not left the organisation."""
        return self.leads().filter(user__is_active=True)


def _same(value: F | Func) -> Func:
    """Return a range that overlaps only that of an equal value: `=` without btree_gist."""
    return Func(value, value, Value("[]"), function="int8range")


# Two neighbouring ranges: "adjacent" is then the word for "the other side".
_SIDE = Case(
    When(side=Side.TECHNOLOGY, then=Func(Value(0), Value(1), function="int8range")),
    default=Func(Value(1), Value(2), function="int8range"),
)
_PERSON = _same(Func(F("person_key"), Value(0), function="uuid_hash_extended"))


class Membership(models.Model):
    """A person's part in an initiative, from `since` until `until` (empty while it lasts)."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    person_key = models.UUIDField(editable=False)
    side = models.CharField(max_length=16, choices=Side)
    role = models.CharField(max_length=16, choices=MemberRole)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="member_has_a_side"),
            models.CheckConstraint(
                condition=Q(role__in=MemberRole.values), name="member_leads_or_contributes"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="membership_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["initiative", "side"],
                condition=Q(role=MemberRole.LEAD, until=None),
                name="one_lead_a_side",
            ),
            models.UniqueConstraint(
                fields=["initiative", "person_key"],
                condition=Q(until=None),
                name="one_part_a_person",
            ),
            ExclusionConstraint(
                name="nobody_is_on_both_sides",
                expressions=[
                    (_same(F("initiative")), RangeOperators.OVERLAPS),
                    (_PERSON, RangeOperators.OVERLAPS),
                    (_SIDE, RangeOperators.ADJACENT_TO),
                ],
            ),
        ]
        indexes = [models.Index(fields=["person_key", "initiative"], name="member_by_person")]

    def __str__(self) -> str:
        return f"{self.get_role_display()} for {self.get_side_display()}: {self.user_id}"

    @property
    def is_lead(self) -> bool:
        return self.role == MemberRole.LEAD

    def end(self, at: datetime) -> None:
        self.until = at
        self.save(update_fields=["until"])
