"""What the files of the demonstration hold: a company, and the tale of each initiative."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

Said = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody of the company. `office` is "" for whoever holds none."""

    key: str
    name: str
    title: str
    zone: str
    office: str = ""
    here_for: str = ""


@dataclass(frozen=True, kw_only=True)
class Company:
    """The organisation and what it consists of."""

    organisation: str
    zone: str
    currency: str
    founded: int
    people: tuple[Person, ...]
    units: tuple[str, ...]
    locations: tuple[str, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of a tale, `day` working days before (a negative number) the day of loading."""

    place: str
    day: int
    at: time | None
    do: str
    said: Said


@dataclass(frozen=True, kw_only=True)
class Tale:
    """An initiative: its texts by slot, its evidence, the words for criteria, and the steps."""

    file: str
    code: str
    name: str
    problem: str
    affected: str
    unit: str
    lead: str
    side: str
    writers: Mapping[str, tuple[str, ...]]
    slots: Mapping[str, Said]
    evidence: Mapping[str, tuple[Said, ...]]
    words: Mapping[str, Said]
    steps: tuple[Step, ...]


class StoryError(Exception):
    """A file of the demonstration does not fit the product; says where and why."""
