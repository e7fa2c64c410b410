"""What both sides set out to do, with what lists need of it."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from initiatives.choices import ENDED, Needs, RiskTier, Stage, Standing
from kernel.fulltext import words_in
from workforce.models import OrgUnit

NAME_LENGTH = 300
REFERENCE_LENGTH = 120
TAG_LENGTH = 30
NOT_STATED = "not stated"

_UNRATED = Q(
    about_people=None,
    ranks_people=None,
    touches_jobs=None,
    acts_alone=None,
    watches_people=None,
    risk_tier="",
)
_RATED = Q(
    about_people__isnull=False,
    ranks_people__isnull=False,
    touches_jobs__isnull=False,
    acts_alone__isnull=False,
    watches_people__isnull=False,
    risk_tier__in=RiskTier.values,
)


class InitiativeQuerySet(models.QuerySet["Initiative"]):
    def under_way(self) -> Self:
        """Keep what is neither closed nor declined; paused ones count."""
        return self.exclude(standing__in=ENDED)

    def shown(self) -> Self:
        """Leave out what was archived: it is hidden, and nothing more."""
        return self.filter(archived_at=None)

    def in_use(self) -> Self:
        """Keep what is launched and still running: what employees may read of."""
        return self.under_way().filter(stage=Stage.MEASUREMENT)


class Initiative(models.Model):
    """One AI initiative. `name`, `problem` and `affected` are copies of its problem statement.

    `reference` and `claimed_stage` are what the list said that it was brought in with: what the
    company calls it, and how far it says it is. A claim passes no gate.

    `version` moves with every change of the row, so that a form can say what it was made from.
    """

    number = models.PositiveIntegerField(unique=True)
    name = models.CharField(max_length=NAME_LENGTH)
    problem = models.TextField()
    affected = models.TextField()
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="initiatives")
    stage = models.PositiveSmallIntegerField(choices=Stage, default=Stage.PROBLEM)
    stage_since = models.DateTimeField()
    standing = models.CharField(max_length=16, choices=Standing, default=Standing.ACTIVE)
    standing_since = models.DateTimeField()
    operating_model = models.CharField(max_length=32, blank=True)
    about_people = models.BooleanField(null=True)
    ranks_people = models.BooleanField(null=True)
    touches_jobs = models.BooleanField(null=True)
    acts_alone = models.BooleanField(null=True)
    watches_people = models.BooleanField(null=True)
    risk_tier = models.CharField(max_length=8, choices=RiskTier, blank=True)
    planned_month = models.DateField(null=True)
    budget_ask = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    budget_currency = models.CharField(max_length=3, blank=True)
    duplicate_reason = models.TextField(blank=True)
    reference = models.CharField(max_length=REFERENCE_LENGTH, blank=True)
    claimed_stage = models.PositiveSmallIntegerField(choices=Stage, null=True)
    needs = models.CharField(max_length=16, choices=Needs, blank=True)
    tags = ArrayField(models.CharField(max_length=TAG_LENGTH), default=list, blank=True)
    archived_at = models.DateTimeField(null=True)
    search = models.TextField()
    version = models.PositiveIntegerField(default=1)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="proposals"
    )
    proposed_at = models.DateTimeField()

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="numbers_start_at_one"),
            models.CheckConstraint(condition=~Q(name=""), name="initiative_has_a_name"),
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values), name="initiative_is_in_one_of_four_stages"
            ),
            models.CheckConstraint(
                condition=Q(standing__in=Standing.values), name="standing_is_one_we_have"
            ),
            models.CheckConstraint(
                condition=Q(needs="") | Q(needs__in=Needs.values), name="needs_are_ones_we_have"
            ),
            models.CheckConstraint(
                condition=_UNRATED | _RATED, name="risk_is_rated_by_all_five_answers"
            ),
            models.CheckConstraint(
                condition=Q(planned_month=None) | Q(planned_month__day=1),
                name="planned_month_is_a_first",
            ),
            models.CheckConstraint(
                condition=Q(budget_ask=None, budget_currency="")
                | Q(budget_ask__gt=0, budget_currency__regex=r"^[A-Z]{3}$"),
                name="budget_ask_has_a_currency",
            ),
        ]
        indexes = [
            models.Index(Lower("name"), "number", name="initiative_by_name"),
            models.Index(fields=["stage", "stage_since", "number"], name="initiative_by_wait"),
            models.Index(fields=["unit"], name="initiative_by_unit"),
            GinIndex(words_in("search"), name="initiative_by_words"),
            GinIndex(words_in("name"), name="initiative_by_name_words"),
            GinIndex(
                words_in("problem"),
                name="initiative_by_purpose_words",
                condition=Q(stage=Stage.MEASUREMENT),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def code(self) -> str:
        """Return AI-007: how the initiative is printed everywhere."""
        return f"AI-{self.number:03d}"

    @property
    def is_over(self) -> bool:
        return self.standing in ENDED

    @property
    def is_paused(self) -> bool:
        return self.standing == Standing.PAUSED

    @property
    def is_in_use_ungated(self) -> bool:
        """Whether people are said to work with it although the gates before were not passed."""
        is_ahead = self.claimed_stage == Stage.MEASUREMENT and self.stage < Stage.MEASUREMENT
        return is_ahead and not self.is_over

    @property
    def who_is_affected(self) -> str:
        return self.affected or NOT_STATED

    @property
    def risk_answers(self) -> dict[str, bool]:
        """The five answers by question, or nothing before they are given."""
        answers = {
            "about_people": self.about_people,
            "ranks_people": self.ranks_people,
            "touches_jobs": self.touches_jobs,
            "acts_alone": self.acts_alone,
            "watches_people": self.watches_people,
        }
        return {key: answer for key, answer in answers.items() if answer is not None}

    @property
    def statement(self) -> dict[str, str]:
        """What lists show of the problem, also while neither side has written it down."""
        return {"name": self.name, "problem": self.problem, "affected": self.affected}

    def describe(self, *, name: str, problem: str, affected: str) -> None:
        """Take over what lists show and search of the problem statement; `keep` saves it."""
        self.name, self.problem, self.affected = name, problem, affected
        said = (self.code, name, problem, affected, self.unit.name, self.reference)
        self.search = " ".join(" ".join(said).split()).casefold()

    def keep(self, *fields: str) -> None:
        """Save the named fields as the row's next version."""
        self.version += 1
        self.save(update_fields=[*fields, "version"])
