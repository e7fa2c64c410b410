"""What a person narrows the table to again and again, under a name of their own."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

VIEW_NAME_LENGTH = 60
QUERY_LENGTH = 2_000


class SavedView(models.Model):
    """An address of the table. Nobody else sees it; the address itself can be shared."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=VIEW_NAME_LENGTH)
    query = models.CharField(max_length=QUERY_LENGTH)

    class Meta:
        constraints = [
            models.UniqueConstraint("user", Lower("name"), name="one_view_per_name_and_person")
        ]

    def __str__(self) -> str:
        return self.name
