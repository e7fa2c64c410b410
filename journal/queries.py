"""Reads of the journal: who we are, what happened, in one thread or in all."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import QuerySet

from journal.installations import the_installation
from journal.kinds import Kind
from journal.models import MOST_ATTEMPTS, Delivery, Entry, Head, Installation
from journal.rows import label, reference


@dataclass(frozen=True)
class Happened:
    """One entry, opened for people to read. `private` is None once erased."""

    entry: Entry

    @property
    def seq(self) -> int:
        return self.entry.seq

    @property
    def at(self) -> datetime:
        return self.entry.at

    @property
    def kind(self) -> Kind:
        return Kind(self.entry.kind)

    @property
    def title(self) -> str:
        return str(self.kind.label)

    @property
    def actor_key(self) -> UUID | None:
        return self.entry.actor_key

    @cached_property
    def said(self) -> Mapping[str, Any]:
        said: Mapping[str, Any] = json.loads(bytes(self.entry.body))
        return said

    @property
    def data(self) -> Mapping[str, Any]:
        data: Mapping[str, Any] = self.said["data"]
        return data

    @property
    def system(self) -> str:
        """The system that acted, or "" where a person did."""
        return str(self.said["actor"].get("system", ""))

    @cached_property
    def private(self) -> Mapping[str, Any] | None:
        sealed = self.entry.private
        if sealed is None:
            return {}
        return json.loads(sealed.text) if sealed.text is not None else None

    @property
    def fingerprint(self) -> str:
        return bytes(self.entry.hash).hex()


def installation() -> Installation | None:
    """Return the organisation of this database, or None before it is founded."""
    return the_installation()


def head() -> Head | None:
    """Return where the chain ends."""
    return Head.objects.first()


def entries() -> QuerySet[Entry]:
    """Return all entries, newest first, with their private texts at hand."""
    return Entry.objects.select_related("private").order_by("-seq")


def history(thread: models.Model) -> QuerySet[Entry]:
    """Return what happened in the thread of one initiative, newest first."""
    return entries().filter(thread=reference(thread))


def opened(rows: QuerySet[Entry]) -> list[Happened]:
    """Return the entries opened for reading."""
    return [Happened(entry) for entry in rows]


def is_worked_on(subject: models.Model) -> bool:
    """Tell whether some subscriber will still be told of what happened to `subject`."""
    debts = Delivery.objects.filter(settled_at=None, attempts__lt=MOST_ATTEMPTS)
    return debts.filter(
        entry__subject_type=label(subject), entry__subject_id=str(subject.pk)
    ).exists()
