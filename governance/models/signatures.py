"""What a person does with a key: the intent, the signature, and what made it void."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from governance.choices import Capacity, SigningAct, VoidCause
from governance.models.delegations import Delegation
from governance.models.rounds import Round
from journal.models import InsertOnly, Sealed
from people.choices import Side
from people.models import OfficeTerm


class Intent(InsertOnly):
    """A statement made ready for one person in one session, to be confirmed within minutes.

    `statement` is what the person signs; `terms_body` holds the new offer of an act that
    carries one. Using the intent is inserting a Signature: a unique key lets it happen once.
    """

    nonce = models.CharField(max_length=64, unique=True)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="intents")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    session_ref = models.CharField(max_length=64)
    side = models.CharField(max_length=16, choices=Side)
    term = models.ForeignKey(OfficeTerm, on_delete=models.PROTECT, related_name="+")
    delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, related_name="+", null=True
    )
    act = models.CharField(max_length=24, choices=SigningAct)
    statement = models.BinaryField()
    terms_body = models.BinaryField(null=True)
    sealed = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(act__in=SigningAct.values), name="intent_act_known")
        ]

    def __str__(self) -> str:
        return f"intent {self.pk}"


class Signature(InsertOnly):
    """One person's signed act on exactly one snapshot, one set of terms and one edition.

    `term` is the tenure it rests on: the signer's own, or that of whoever delegated.
    """

    intent = models.OneToOneField(Intent, on_delete=models.PROTECT, related_name="signature")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=16, choices=Side)
    act = models.CharField(max_length=24, choices=SigningAct)
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="signatures"
    )
    person_key = models.UUIDField()
    capacity = models.CharField(max_length=16, choices=Capacity)
    term = models.ForeignKey(OfficeTerm, on_delete=models.PROTECT, related_name="+")
    delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, related_name="signatures", null=True
    )
    statement_digest = models.CharField(max_length=64)
    snapshot_digest = models.CharField(max_length=64)
    terms_digest = models.CharField(max_length=64)
    edition = models.CharField(max_length=64)
    step_up = models.JSONField()
    sealed = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    server_key = models.CharField(max_length=16)
    server_signature = models.BinaryField(max_length=64)
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(act__in=SigningAct.values), name="signature_act_known"
            ),
            models.CheckConstraint(
                condition=Q(capacity__in=Capacity.values), name="signature_capacity_known"
            ),
            models.CheckConstraint(
                condition=Q(Q(side__in=Side.values) & ~Q(capacity=Capacity.SPONSOR))
                | Q(side="", capacity=Capacity.SPONSOR),
                name="signature_side_known",
            ),
            models.CheckConstraint(
                condition=Q(capacity=Capacity.DELEGATE, delegation__isnull=False)
                | (~Q(capacity=Capacity.DELEGATE) & Q(delegation__isnull=True)),
                name="a_delegate_signs_by_a_delegation",
            ),
        ]
        indexes = [models.Index(fields=["round", "side"], name="signature_by_round")]

    def __str__(self) -> str:
        return f"{self.side} {self.act} on round {self.round_id}"

    @property
    def in_place(self) -> dict[str, Any]:
        """What an entry says of a signature in another's place; of any other, nothing."""
        if self.delegation is None:
            return {}
        return {
            "capacity": self.capacity,
            "delegation": self.delegation_id,
            "instead_of": str(self.delegation.by_key),
        }

    def is_of(self, person_key: UUID) -> bool:
        """Tell whether the person signed it, or let somebody sign it.

        Who stepped back let nobody: the sponsor did.
        """
        given = self.delegation
        given_by = given.by_key if given and given.recusal_id is None else None
        return person_key in (self.person_key, given_by)


class Decline(InsertOnly):
    """What a declining signature says besides: about what, for good or not.

    `reply_until` where the sides disagree at once: until when its side may answer the sponsor.
    """

    signature = models.OneToOneField(Signature, on_delete=models.PROTECT, related_name="decline")
    code = models.CharField(max_length=40)
    is_final = models.BooleanField()
    reply_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"decline {self.signature_id}: {self.code}"


class Contest(InsertOnly):
    """The other side does not accept a decline, whose side may answer until `reply_until`."""

    decline = models.OneToOneField(Decline, on_delete=models.PROTECT, related_name="contest")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sealed = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    contested_at = models.DateTimeField()
    reply_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"contest of decline {self.decline_id}"


class Void(InsertOnly):
    """Why and when a signature stopped counting."""

    signature = models.OneToOneField(Signature, on_delete=models.PROTECT, related_name="void")
    cause = models.CharField(max_length=24, choices=VoidCause)
    caused_by = models.CharField(max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    sealed = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+", null=True)
    voided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(cause__in=VoidCause.values), name="void_cause_known")
        ]

    def __str__(self) -> str:
        return f"void of {self.signature_id}"
