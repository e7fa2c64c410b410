"""The memory: entries, erasable texts, the head they hang from, and debts to subscribers."""

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from datetime import timedelta
from typing import Any, Never, TypeVar
from uuid import uuid4

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from kernel.calendars import JANUARY, MONDAY_TO_FRIDAY
from kernel.fulltext import words_in_json

RowT = TypeVar("RowT", bound=models.Model)

# The open act notes every insert-only row here, so that no row exists without an entry.
noting: ContextVar[Callable[[models.Model], None] | None] = ContextVar("noting", default=None)


class UnrecordedRowError(RuntimeError):
    """An insert-only row was saved outside an act, or changed: a mistake in the program."""


class InsertOnlyQuerySet(models.QuerySet[RowT]):
    """Rows that are written once. The database refuses the rest too (`journal.guards`)."""

    def update(self, **_: Any) -> Never:  # noqa: ANN401  # Django's signature
        raise UnrecordedRowError(f"{self.model.__name__} rows are never changed")

    def delete(self) -> Never:
        raise UnrecordedRowError(f"{self.model.__name__} rows are never deleted")

    def bulk_create(self, objs: Iterable[RowT], **options: Any) -> list[RowT]:  # type: ignore[override]  # noqa: ANN401
        note = noting_act(self.model)
        rows = super().bulk_create(objs, **options)
        for row in rows:
            note(row)
        return rows


def noting_act(model: type[models.Model]) -> Callable[[models.Model], None]:
    """Return how to tell the open act that a row was born in it; asked before the row is stored.

    :raises UnrecordedRowError: outside an act.
    """
    note = noting.get()
    if note is None:
        raise UnrecordedRowError(f"{model.__name__} is insert-only: save it inside an act")
    return note


class InsertOnly(models.Model):
    """Base of every table whose rows are evidence: written once, named by a journal entry."""

    insert_only = True
    objects = InsertOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, **options: Any) -> None:  # noqa: ANN401
        if not self._state.adding:
            raise UnrecordedRowError(f"{type(self).__name__} rows are never changed")
        note = noting_act(type(self))
        super().save(**{**options, "force_insert": True})
        note(self)

    def delete(self, **_: Any) -> Never:  # type: ignore[override]  # noqa: ANN401
        raise UnrecordedRowError(f"{type(self).__name__} rows are never deleted")


class Installation(models.Model):
    """The one organisation this database belongs to."""

    org = models.UUIDField(default=uuid4, editable=False, unique=True)
    name = models.CharField(max_length=200)
    zone = models.CharField(max_length=64)
    currency = models.CharField(max_length=3)
    working_days = models.CharField(max_length=7, default=MONDAY_TO_FRIDAY)
    fiscal_month = models.PositiveSmallIntegerField(default=JANUARY)
    is_demo = models.BooleanField(default=False)
    clock_offset = models.DurationField(default=timedelta())
    founded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="one_organisation_per_installation"),
            models.CheckConstraint(
                condition=Q(is_demo=True) | Q(clock_offset=timedelta()),
                name="only_a_demonstration_moves_its_clock",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Head(models.Model):
    """Where the chain ends. Locked last in every act, so that entries have no gap."""

    seq = models.PositiveBigIntegerField(default=0)
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_head")]

    def __str__(self) -> str:
        return f"head at {self.seq}"


class Sealed(models.Model):
    """Personal text beside its keyed commitment. Erasing drops text and key, never the row.

    The primary key is the commitment itself, so that every foreign key to a sealed text holds
    the commitment and row digests stay true after an erasure.
    """

    commitment = models.CharField(max_length=64, primary_key=True)
    key = models.BinaryField(max_length=32, null=True)
    text = models.TextField(null=True)  # noqa: DJ001  # erased is not the same as empty
    person_key = models.UUIDField(null=True, db_index=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(text__isnull=False, key__isnull=False, erased_at__isnull=True)
                | Q(text__isnull=True, key__isnull=True, erased_at__isnull=False),
                name="sealed_text_and_key_live_and_die_together",
            )
        ]
        # What is erased is not found: the index knows nothing but the text itself.
        indexes = [
            GinIndex(words_in_json("text"), name="sealed_by_words", gin_pending_list_limit=256)
        ]

    def __str__(self) -> str:
        return self.commitment[:12]


class Entry(models.Model):
    """One thing that happened. Append-only, hash-chained; `body` is what is hashed."""

    insert_only = True

    seq = models.PositiveBigIntegerField(primary_key=True)
    prev = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)
    body = models.BinaryField()
    kind = models.CharField(max_length=64)
    at = models.DateTimeField()
    actor_key = models.UUIDField(null=True)
    subject_type = models.CharField(max_length=64)
    subject_id = models.CharField(max_length=64)
    thread = models.CharField(max_length=64, blank=True)
    private = models.ForeignKey(Sealed, on_delete=models.PROTECT, null=True)

    class Meta:
        indexes = [
            models.Index(fields=["thread", "-seq"], name="entry_by_thread"),
            models.Index(fields=["subject_type", "subject_id"], name="entry_by_subject"),
            models.Index(fields=["kind", "-seq"], name="entry_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"


MOST_ATTEMPTS = 10


class Delivery(models.Model):
    """A debt: one subscriber has still to hear of one entry. After MOST_ATTEMPTS it waits on."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)
    subscriber = models.CharField(max_length=120)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "subscriber"], name="one_debt_per_subscriber")
        ]
        indexes = [
            models.Index(
                fields=["due_at"], name="delivery_open", condition=Q(settled_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.subscriber} of {self.entry_id}"


class ServerKey(InsertOnly):
    """A public Ed25519 key of this installation; its private half never enters the database."""

    key_id = models.CharField(max_length=16, unique=True)
    public = models.BinaryField(max_length=32)
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key_id


class KeyChange(InsertOnly):
    """One key follows another: `statement` says so, and both of them sign it."""

    old = models.OneToOneField(ServerKey, on_delete=models.PROTECT, related_name="+")
    new = models.OneToOneField(ServerKey, on_delete=models.PROTECT, related_name="+")
    statement = models.BinaryField()
    old_signature = models.BinaryField(max_length=64)
    new_signature = models.BinaryField(max_length=64)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.old} to {self.new}"


class Checkpoint(InsertOnly):
    """The root over the first `size` entries, as the signed note that is given to others."""

    size = models.PositiveBigIntegerField(unique=True)
    root = models.BinaryField(max_length=32)
    key = models.ForeignKey(ServerKey, on_delete=models.PROTECT)
    note = models.TextField()
    is_mailed = models.BooleanField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.size} entries"
