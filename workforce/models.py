"""Where work happens and which work it is. Never a person: those who act live in `people`."""

from django.db import models
from django.db.models.functions import Lower

NAME_LENGTH = 120


class OrgUnit(models.Model):
    """A team or department that a proposal or an import names."""

    name = models.CharField(max_length=NAME_LENGTH)

    class Meta:
        constraints = [models.UniqueConstraint(Lower("name"), name="one_unit_per_name")]

    def __str__(self) -> str:
        return self.name


class Location(models.Model):
    """A place of work."""

    name = models.CharField(max_length=NAME_LENGTH)

    class Meta:
        constraints = [models.UniqueConstraint(Lower("name"), name="one_location_per_name")]

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """A kind of job, however many people do it."""

    name = models.CharField(max_length=NAME_LENGTH)

    class Meta:
        constraints = [models.UniqueConstraint(Lower("name"), name="one_role_per_name")]

    def __str__(self) -> str:
        return self.name
