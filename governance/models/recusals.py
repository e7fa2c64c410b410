"""The holder of a key steps back from one round: somebody else signs for the side."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from governance.models.rounds import Round
from journal.models import InsertOnly, Sealed
from people.choices import Side
from people.models import OfficeTerm


class Recusal(InsertOnly):
    """Who should not judge a round says so, once and for the whole of it; the reason is sealed."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="recusals")
    side = models.CharField(max_length=16, choices=Side)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    person_key = models.UUIDField()
    term = models.ForeignKey(OfficeTerm, on_delete=models.PROTECT, related_name="+")
    sealed = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    recused_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="recusal_has_a_side"),
            models.UniqueConstraint(
                fields=["round", "person_key"], name="one_recusal_per_round_and_person"
            ),
        ]

    def __str__(self) -> str:
        return f"recusal of {self.side} from round {self.round_id}"
