"""Which editions of the playbook this organisation has adopted."""

from django.db import models
from django.db.models import Q

from journal.models import InsertOnly


class PlaybookEdition(InsertOnly):
    """One adopted edition, kept as the exact bytes its digest is taken of.

    The newest number is the one in force. An older edition comes back as a new revision of its
    own, so that a digest never names two adoptions.
    """

    number = models.PositiveIntegerField(unique=True)
    digest = models.CharField(max_length=64, unique=True)
    bytes = models.BinaryField()
    adopted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="edition_digest_is_sha256"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="editions_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"edition {self.number} ({self.digest[:8]})"
