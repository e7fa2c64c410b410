"""What the steps act on: people, roles and initiatives by the names that the files give them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from demonstration.days import Calendar
from demonstration.shapes import Said, StoryError, Tale
from governance.models import Round
from governance.queries.rounds import latest_round, live_signature_ids, open_round_of
from initiatives.models import Initiative
from people.choices import Office
from people.models import User
from playbook.editions import current
from playbook.shapes import Field, Slot
from workforce.queries import roles

KEYS = {"technology": Office.CIO, "people": Office.CHRO}


@dataclass(frozen=True)
class Written:
    """One version as it was written, to be held against what is read."""

    code: str
    slot: str
    n: int
    raw: Said


@dataclass
class World:
    """The company as far as it has come."""

    calendar: Calendar
    password: str
    people: dict[str, User] = field(default_factory=dict)
    initiatives: dict[str, Initiative] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    written: list[Written] = field(default_factory=list)
    notes: dict[str, int] = field(default_factory=dict)
    reads: dict[str, int] = field(default_factory=dict)
    questions: dict[str, int] = field(default_factory=dict)
    disagreements: dict[str, int] = field(default_factory=dict)
    session: str = field(default_factory=lambda: uuid4().hex * 2)

    def person(self, key: str) -> User:
        """Return somebody by the key in the files."""
        if key not in self.people:
            raise StoryError(f"nobody is called “{key}”")
        return self.people[key]

    def initiative(self, tale: Tale) -> Initiative:
        """Return the initiative of a tale; operations read it anew under their lock."""
        return self.initiatives[tale.code]

    def live(self, tale: Tale) -> list[int]:
        """Return the signatures that an edit would void: what the editor is shown."""
        return live_signature_ids(self.initiatives[tale.code])

    def round(self, tale: Tale) -> Round:
        """Return the round that is open."""
        found = open_round_of(self.initiatives[tale.code])
        if found is None:
            raise StoryError(f"{tale.code} has no open round")
        return found

    def open_draft(self, tale: Tale, gate: str) -> Round | None:
        """Return the draft of this gate, where one stands already."""
        latest = latest_round(self.initiatives[tale.code], gate)
        return latest if latest is not None and latest.state == "draft" else None

    def raw(self, slot: Slot, said: Said) -> dict[str, Any]:
        """Return what a person would type into the slot on the day of loading."""
        return {key: self._value(slot.field(key), value) for key, value in said.items()}

    def _value(self, known: Field, value: object) -> object:
        if known.type == "table" and isinstance(value, list):
            return [self._row(known, row) for row in value]
        if known.type == "date" and isinstance(value, int):
            return self.calendar.day(value)
        if known.type == "person":
            return str(self.person(str(value)).pk)
        return self._role(str(value)) if known.type == "role" else self.calendar.told(str(value))

    def _row(self, known: Field, row: Mapping[str, object]) -> dict[str, object]:
        return {key: self._value(known.column(key), value) for key, value in row.items()}

    def _role(self, name: str) -> str:
        if not self.roles:
            self.roles.update({role.name: str(role.pk) for role in roles()})
        if name not in self.roles:
            raise StoryError(f"the company has no role “{name}”")
        return self.roles[name]

    def versions_of(self, code: str, slot: str) -> list[Written]:
        """Return what was written into one slot so far, oldest first."""
        return [one for one in self.written if (one.code, one.slot) == (code, slot)]


def slot_named(key: str) -> Slot:
    """Return a slot of the playbook in force."""
    return current().slot(key)


@dataclass(frozen=True)
class Event:
    """One act of one person at one moment, ready to be performed."""

    at: datetime
    place: str
    says: str
    tale: Tale
    do: str
    actor: str
    said: Said
