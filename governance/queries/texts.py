"""Sealed texts behind the commitments of frozen bytes: opened, and each checked on the way."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from journal.chain import commitment
from journal.models import Sealed

Body = Mapping[str, Any]


@dataclass(frozen=True)
class Opened:
    """One text. Without `text` it was erased; without `is_true` it is not what was frozen."""

    text: str | None
    erased_at: datetime | None
    is_true: bool

    @property
    def parts(self) -> dict[str, str]:
        """The text read as JSON, as those of slots, evidence and conditions are."""
        if self.text is None:
            return {}
        read: dict[str, str] = json.loads(self.text)
        return read


MISSING = Opened(text=None, erased_at=None, is_true=False)
NO_TEXT = Opened(text="", erased_at=None, is_true=True)


class Vault:
    """Texts by commitment, fetched in one query."""

    def __init__(self, commitments: Collection[str]) -> None:
        self._asked = frozenset(commitments)
        rows = Sealed.objects.filter(pk__in=self._asked) if self._asked else []
        self._texts = {row.pk: opened(row) for row in rows}

    def open(self, name: str | None) -> Opened:
        """Return the text behind a commitment; one that is gone counts as untrue."""
        return NO_TEXT if name is None else self._texts.get(name, MISSING)

    @property
    def is_true(self) -> bool:
        """Whether every text that was asked for gives its commitment, or was erased."""
        return all(self.open(name).is_true for name in self._asked)


def opened(row: Sealed) -> Opened:
    """Return a sealed row as text, held to its commitment unless it was erased."""
    if row.text is None:
        return Opened(text=None, erased_at=row.erased_at, is_true=row.erased_at is not None)
    is_true = commitment(key=bytes(row.key or b""), text=row.text) == row.pk
    return Opened(text=row.text, erased_at=None, is_true=is_true)


def commitments_in(body: Body) -> Iterator[str]:
    """Yield every commitment that a snapshot's bytes hold."""
    content = body["content"]
    for slot in content["slots"]:
        yield slot["texts"]
    for one in [*content["evidence"], *content["facts"]]:
        if one["words"]:
            yield one["words"]
    for criterion in body["criteria"]:
        if criterion["stated"]:
            yield criterion["stated"]["note"]


def people_in(body: Body) -> Iterator[str]:
    """Yield every person key that a snapshot's bytes hold."""
    content = body["content"]
    yield from content["leads"].values()
    for one in [*content["slots"], *content["evidence"]]:
        yield one["author"]
    for criterion in body["criteria"]:
        if criterion["stated"]:
            yield criterion["stated"]["by"]
    for seat in body["seats"].values():
        yield seat["person"]
