"""From tales to events: every step at its moment, within the working hours of whoever acts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from itertools import cycle

from demonstration.days import Calendar
from demonstration.shapes import Company, Said, Step, StoryError, Tale
from demonstration.world import KEYS, Event
from playbook.playbooks import Playbook
from playbook.shapes import Slot

MORNING = time(9, 5)
# How long it takes from one act to the next on the same day, over and over.
PACE = (11, 17, 8, 23, 13, 19, 9)
SIGNER_STEPS = frozenset({"read", "sign", "ask", "decline", "withdraw", "pause", "close"})


def scripted(
    tales: Iterable[Tale], company: Company, playbook: Playbook, calendar: Calendar
) -> list[Event]:
    """Return the events of all tales in the order in which they happened.

    :raises StoryError: when a tale names what is not there, or goes back in time.
    """
    zones = {person.key: person.zone for person in company.people}
    keys = {
        side: next(one.key for one in company.people if one.office == office)
        for side, office in KEYS.items()
    }
    events: list[Event] = []
    for tale in tales:
        events += _Script(tale, zones, keys, playbook, calendar).events()
    return _apart(sorted(events, key=lambda event: event.at))


def _apart(events: Sequence[Event]) -> list[Event]:
    """Leave at least a minute between any two, since a journal never goes back in time."""
    spaced: list[Event] = []
    for event in events:
        least = spaced[-1].at + timedelta(minutes=1) if spaced else event.at
        spaced.append(replace(event, at=max(event.at, least)))
    return spaced


@dataclass
class _Script:
    tale: Tale
    zones: Mapping[str, str]
    keys: Mapping[str, str]
    playbook: Playbook
    calendar: Calendar
    done: set[str] = field(default_factory=set)
    cursor: dict[int, int] = field(default_factory=dict)
    pace: Iterator[int] = field(default_factory=lambda: cycle(PACE))

    def events(self) -> list[Event]:
        found: list[Event] = []
        for step in self.tale.steps:
            own = list(self._expanded(step))
            if found and own and min(one.at for one in own) <= found[-1].at:
                raise StoryError(f"{step.place}: this step comes before the one above it")
            found += sorted(own, key=lambda event: event.at)
        return found

    def _expanded(self, step: Step) -> Iterator[Event]:
        match step.do:
            case "prepare":
                yield from self._prepared(step)
            case "write":
                for key in step.said["slots"]:
                    slot = self._slot(key, step)
                    author = step.said.get("by") or self._writers(slot.side)[0]
                    yield from self._write(step, slot, step.day, author)
            case "prove":
                slot = self._slot(step.said["slot"], step)
                author = step.said.get("by") or self._writers(slot.side)[0]
                yield from self._proved(step, slot, step.day, author)
            case "attest":
                side = self.playbook.criterion(step.said["criterion"]).side
                author = step.said.get("by") or self._writers(side)[0]
                yield self._attested(step, step.said["criterion"], step.day, author)
            case _:
                yield self._event(step, step.day, self._actor(step), step.do, step.said)

    def _actor(self, step: Step) -> str:
        if step.do in SIGNER_STEPS:
            return self.keys[step.said["side"]]
        if step.do == "change":
            side = self._slot(step.said["slot"], step).side
            return str(step.said.get("by") or self._writers(side)[0])
        return str(step.said.get("by") or self.tale.lead)

    def _prepared(self, step: Step) -> Iterator[Event]:
        """Write all that the stage of a gate asks for: Technology, People, then both."""
        gate = self.playbook.gate(step.said["gate"])
        order = ("technology", "people", "joint")
        slots = [self.playbook.slot(key) for key in self.tale.slots if key not in self.done]
        for later, side in enumerate(order):
            writers = cycle(self._writers(side))
            for slot in (one for one in slots if one.side == side and one.stage == gate.stage):
                yield from self._write(step, slot, step.day + later, next(writers))
        for criterion in self.playbook.criteria_of(gate.key):
            if criterion.proof == "attested" and criterion.key in self.tale.words:
                author = self._writers(criterion.side)[0]
                yield self._attested(step, criterion.key, step.day + len(order), author)

    def _write(self, step: Step, slot: Slot, day: int, author: str) -> Iterator[Event]:
        self.done.add(slot.key)
        said = {"slot": slot.key, "fields": self.tale.slots[slot.key]}
        yield self._event(step, day, author, "write", said)
        yield from self._proved(step, slot, day, author)

    def _proved(self, step: Step, slot: Slot, day: int, author: str) -> Iterator[Event]:
        for piece in self.tale.evidence.get(slot.key, ()):
            if bool(piece.get("later")) == (step.do == "prove"):
                yield self._event(step, day, author, "prove", {"slot": slot.key, **piece})

    def _attested(self, step: Step, criterion: str, day: int, author: str) -> Event:
        said = {"criterion": criterion, **self.tale.words[criterion]}
        return self._event(step, day, author, "attest", said)

    def _writers(self, side: str) -> tuple[str, ...]:
        own = self.tale.writers
        if side == "joint" and side not in own:
            return tuple(own[each][0] for each in ("technology", "people") if each in own)
        return own[side]

    def _slot(self, key: str, step: Step) -> Slot:
        if key not in self.tale.slots or not self.playbook.has_slot(key):
            raise StoryError(f"{step.place}: there is no text for “{key}”")
        return self.playbook.slot(key)

    def _event(self, step: Step, day: int, actor: str, do: str, said: Said) -> Event:
        if day >= 0 or actor not in self.zones:
            raise StoryError(f"{step.place}: “{actor}” cannot act on day {day}")
        return Event(
            at=self._moment(day, step, actor),
            place=step.place,
            says=f"{self.tale.code} {self.tale.name}",
            tale=self.tale,
            do=do,
            actor=actor,
            said=said,
        )

    def _moment(self, day: int, step: Step, actor: str) -> datetime:
        if step.at is not None and step.day == day and step.do not in {"prepare", "write"}:
            return self.calendar.moment(day, step.at, self.zones[actor])
        passed = self.cursor.get(day, int(self.tale.code[-2:]) * 2)
        self.cursor[day] = passed + next(self.pace)
        return self.calendar.moment(day, MORNING, self.zones[actor]) + timedelta(minutes=passed)
