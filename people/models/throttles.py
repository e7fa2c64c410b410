"""Throttle: who has to wait."""

from django.db import models


class Throttle(models.Model):
    """Tries of one thing by one subject: `key` is a fingerprint, nothing personal."""

    key = models.CharField(max_length=64, unique=True)
    tries = models.PositiveSmallIntegerField()
    since = models.DateTimeField()
    last = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["last"], name="throttle_by_age")]

    def __str__(self) -> str:
        return f"{self.tries} tries"
