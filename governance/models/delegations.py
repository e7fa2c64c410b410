"""Somebody signs for a seat holder for a while: written, answered, and perhaps revoked."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from governance.choices import UNDECIDED_STATES
from governance.models.recusals import Recusal
from journal.models import InsertOnly, InsertOnlyQuerySet, Sealed
from people.choices import Side
from people.models import OfficeTerm

# Ninety days, and the hour that a change of the clocks may add.
LONGEST = timedelta(days=90, hours=1)


class DelegationQuerySet(InsertOnlyQuerySet["Delegation"]):
    def accepted(self) -> Self:
        """Those that the delegate took on and nobody revoked; they may be over, or yet to come."""
        return self.filter(answer__is_accepted=True, revocation=None)

    def undecided(self) -> Self:
        """Those for any round, and those for one that may still wait for a signature."""
        return self.filter(Q(recusal=None) | Q(recusal__round__state__in=UNDECIDED_STATES))

    def resting(self, at: datetime) -> Self:
        """Those whose office has not changed hands, and whose round is open if it was for one."""
        return self.undecided().filter(Q(term__ends_at=None) | Q(term__ends_at__gt=at))

    def standing(self) -> Self:
        """Those that are accepted, or still wait for a word of the delegate."""
        return self.filter(~Q(answer__is_accepted=False), revocation=None)


class Delegation(InsertOnly):
    """The holder of a key lets somebody sign for the side. An empty scope is no limit.

    It rests on the term of office named, and ends with that at the latest. Of a holder who stepped
    back from a round, the sponsor writes it, for that round alone.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_key = models.UUIDField()
    term = models.ForeignKey(OfficeTerm, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="delegations"
    )
    to_key = models.UUIDField()
    side = models.CharField(max_length=16, choices=Side)
    gates = models.JSONField()
    initiatives = models.JSONField()
    risks = models.JSONField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    sealed = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    recusal = models.ForeignKey(
        Recusal, on_delete=models.PROTECT, related_name="substitutes", null=True
    )
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    objects = DelegationQuerySet.as_manager()  # type: ignore[misc]  # more filters

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="delegation_has_a_side"),
            models.CheckConstraint(
                condition=~Q(by_key=F("to_key")), name="nobody_delegates_to_themselves"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")) & Q(ends_at__lte=F("starts_at") + LONGEST),
                name="delegation_lasts_ninety_days_at_most",
            ),
            models.CheckConstraint(
                condition=Q(recusal=None, named_by=None)
                | Q(recusal__isnull=False, named_by__isnull=False),
                name="a_substitute_has_a_recusal_and_who_named_them",
            ),
        ]
        indexes = [models.Index(fields=["to", "ends_at"], name="delegation_by_delegate")]

    def __str__(self) -> str:
        return f"delegation {self.pk} of {self.side}"

    @property
    def round_id(self) -> int | None:
        """The one round it is for, if the holder stepped back from that."""
        return self.recusal.round_id if self.recusal else None

    @property
    def is_decided(self) -> bool:
        """Whether it was for a round that waits for no signature any more."""
        return self.recusal is not None and self.recusal.round.state not in UNDECIDED_STATES


class DelegationAnswer(InsertOnly):
    """What the delegate said: taken on, or not.

    `reply_until` of whoever judges in the place of who stepped back: should the sponsor have been
    asked before, the side may answer until then.
    """

    delegation = models.OneToOneField(Delegation, on_delete=models.PROTECT, related_name="answer")
    is_accepted = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()
    reply_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"answer to delegation {self.delegation_id}"


class Revocation(InsertOnly):
    """A delegation ended before its day: what is undecided under it counts no more."""

    delegation = models.OneToOneField(
        Delegation, on_delete=models.PROTECT, related_name="revocation"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sealed = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"revocation of delegation {self.delegation_id}"
