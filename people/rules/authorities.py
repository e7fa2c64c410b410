"""Who speaks for a side at a moment, and what a login may do by its terms of office."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from people.choices import SIDE_OF_KEY, Office, Side
from people.warrants import Warrant


@dataclass(frozen=True)
class TermFacts:
    """A term of office as the rules see it."""

    term_id: int
    person_key: UUID
    office: Office
    starts_at: datetime
    ends_at: datetime | None

    def runs_at(self, at: datetime) -> bool:
        """Tell whether the office is held at that moment; the end is the first moment without."""
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)

    def overlaps(self, starts_at: datetime, ends_at: datetime | None) -> bool:
        """Tell whether the term shares a moment with that period."""
        return (self.ends_at is None or starts_at < self.ends_at) and (
            ends_at is None or self.starts_at < ends_at
        )


@dataclass(frozen=True)
class Authority:
    """What one login may do at one moment, by the offices its person holds."""

    user_id: int | None = None
    person_key: UUID | None = None
    offices: frozenset[Office] = field(default_factory=frozenset)
    key_side: Side | None = None
    key_term_id: int | None = None
    warrants: tuple[Warrant, ...] = ()

    @property
    def reads_everything(self) -> bool:
        """Offices read everything; leads and contributors read by membership, not by this."""
        return bool(self.offices)

    @property
    def is_sponsor(self) -> bool:
        """Tell whether this is the CEO or COO who settles what two keys cannot."""
        return Office.SPONSOR in self.offices

    @property
    def is_administrator(self) -> bool:
        """Tell whether people and offices are this person's to keep."""
        return Office.ADMINISTRATOR in self.offices

    @property
    def is_auditor(self) -> bool:
        """Tell whether this person reads in order to check."""
        return Office.AUDITOR in self.offices


NOBODY = Authority()


def audit_ended_at(terms: Iterable[TermFacts], at: datetime) -> datetime | None:
    """Return when the login of an auditor was closed; None while it is open, and for all others.

    Whoever came to check and never held another office has no part here once that term is over.
    """
    known = [*terms]
    if any(term.office != Office.AUDITOR for term in known):
        return None
    ends = [term.ends_at for term in known if term.ends_at is not None and term.ends_at <= at]
    return max(ends, default=None) if len(ends) == len(known) else None


def authority(
    *, user_id: int, person_key: UUID, terms: Iterable[TermFacts], at: datetime
) -> Authority:
    """Return what the person's terms amount to at that moment."""
    running = [term for term in terms if term.runs_at(at)]
    keys = [term for term in running if term.office in SIDE_OF_KEY]
    return Authority(
        user_id=user_id,
        person_key=person_key,
        offices=frozenset(term.office for term in running),
        key_side=SIDE_OF_KEY[keys[0].office] if keys else None,
        key_term_id=keys[0].term_id if keys else None,
    )
