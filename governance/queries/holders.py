"""Who held which of the three single offices at which moment, read once for a whole page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from governance.rules.signals import SPONSOR
from people.choices import SIDE_OF_KEY, SINGLE_OFFICES, Office, Side
from people.models import OfficeTerm


@dataclass(frozen=True)
class Holders:
    """Every term of the two keys and of the sponsor's office, past ones too."""

    terms: Sequence[OfficeTerm]

    def word_of(self, person_key: UUID | None, at: datetime) -> str:
        """Return for which side the person held a key then, the sponsor, or "" for neither."""
        for term in self.terms:
            if term.person_key == person_key and term.is_running(at):
                return str(SIDE_OF_KEY.get(Office(term.office), SPONSOR))
        return ""

    def names_at(self, at: datetime) -> dict[str, str]:
        """Return who holds each key and the sponsor's office; what is vacant is not in it."""
        return {
            str(SIDE_OF_KEY.get(Office(term.office), SPONSOR)): term.user.name
            for term in self.terms
            if term.is_running(at) and term.user.is_active
        }

    def vacant_at(self, at: datetime) -> tuple[Side, ...]:
        """Return the sides for which nobody can sign: an acting holder is somebody."""
        held = self.names_at(at)
        return tuple(side for side in Side if side not in held)


def read_holders() -> Holders:
    """Return the terms of the keys and of the sponsor. One query."""
    rows = OfficeTerm.objects.filter(office__in=SINGLE_OFFICES).select_related("user")
    return Holders(tuple(rows.order_by("pk")))
