"""A person's word that a criterion is met. The latest word for a criterion counts."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from governance.choices import Excuse
from initiatives.models import Initiative
from journal.models import InsertOnly, Sealed


class Proof(InsertOnly):
    """An attestation: met or not, with its number where the criterion has a unit.

    With an `excuse` it is a waiver, or says that the criterion does not apply (C4); a waiver is
    good until `valid_until`.
    """

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="proofs")
    gate = models.CharField(max_length=16)
    criterion = models.CharField(max_length=64)
    is_met = models.BooleanField()
    excuse = models.CharField(max_length=16, choices=Excuse, null=True)  # noqa: DJ001  # older rows keep their digests
    value = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    sealed = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    valid_until = models.DateField(null=True)
    attested_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(excuse=None)
                | Q(excuse=Excuse.WAIVED, is_met=False, valid_until__isnull=False)
                | Q(excuse=Excuse.NOT_APPLICABLE, is_met=False, valid_until=None),
                name="an_excuse_is_no_proof_and_a_waiver_ends",
            ),
        ]
        indexes = [models.Index(fields=["initiative", "gate", "criterion"], name="proof_latest")]

    def __str__(self) -> str:
        return f"{self.criterion} of {self.initiative_id}"
