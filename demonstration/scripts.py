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
SIGNER_STEPS = frozenset(
    {"read", "sign", "ask", "decline", "pause", "close", "delegate"}
    | {"score", "talk", "rescore", "rank", "shortlist", "agree"}
)


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
                    yield from self._written(step, slot, self._author(step, slot), step.day)
            case "prove":
                slot = self._slot(step.said["slot"], step)
                yield from self._proved(step, slot, self._author(step, slot), step.day)
            case "change":
                slot = self._slot(step.said["slot"], step)
                yield self._event(step, step.said, self._author(step, slot))
            case do if do in SIGNER_STEPS:
                yield self._event(step, step.said, self.keys[step.said["side"]])
            case _:
                yield self._event(step, step.said, str(step.said.get("by") or self.tale.lead))

    def _author(self, step: Step, slot: Slot) -> str:
        return str(step.said.get("by") or self._writers(slot.side)[0])

    def _prepared(self, step: Step) -> Iterator[Event]:
        """Write all that the stage of a gate asks for: Technology, People, then both."""
        gate = self.playbook.gate(step.said["gate"])
        order = ("technology", "people", "joint")
        slots = [self.playbook.slot(key) for key in self.tale.slots if key not in self.done]
        for later, side in enumerate(order):
            writers = cycle(self._writers(side))
            for slot in (one for one in slots if one.side == side and one.stage == gate.stage):
                yield from self._written(step, slot, next(writers), step.day + later)
        for criterion in self.playbook.criteria_of(gate.key):
            if criterion.proof == "attested" and criterion.key in self.tale.words:
                said = {"criterion": criterion.key, **self.tale.words[criterion.key]}
                author = self._writers(criterion.side)[0]
                yield self._event(step, said, author, do="attest", day=step.day + len(order))

    def _written(self, step: Step, slot: Slot, author: str, day: int) -> Iterator[Event]:
        self.done.add(slot.key)
        said = {"slot": slot.key, "fields": self.tale.slots[slot.key]}
        yield self._event(step, said, author, do="write", day=day)
        yield from self._proved(step, slot, author, day)

    def _proved(self, step: Step, slot: Slot, author: str, day: int) -> Iterator[Event]:
        """Attach what belongs to the slot from the start, or what comes later by its own step."""
        for piece in self.tale.evidence.get(slot.key, ()):
            if piece.get("later", False) == (step.do == "prove"):
                said = {"slot": slot.key, **piece}
                yield self._event(step, said, author, do="prove", day=day)

    def _writers(self, side: str) -> tuple[str, ...]:
        own = self.tale.writers
        if side == "joint" and side not in own:
            return tuple(own[each][0] for each in ("technology", "people") if each in own)
        return own[side]

    def _slot(self, key: str, step: Step) -> Slot:
        if key not in self.tale.slots or not self.playbook.has_slot(key):
            raise StoryError(f"{step.place}: there is no text for “{key}”")
        return self.playbook.slot(key)

    def _event(
        self, step: Step, said: Said, actor: str, *, do: str = "", day: int | None = None
    ) -> Event:
        day = step.day if day is None else day
        if day >= 0 or actor not in self.zones:
            raise StoryError(f"{step.place}: “{actor}” cannot act on day {day}")
        return Event(
            at=self._moment(day, step, actor),
            place=step.place,
            says=f"{self.tale.code} {self.tale.name}",
            tale=self.tale,
            do=do or step.do,
            actor=actor,
            said=said,
        )

    def _moment(self, day: int, step: Step, actor: str) -> datetime:
        if step.at is not None:
            return self.calendar.moment(day, step.at, self.zones[actor])
        passed = self.cursor.get(day, int(self.tale.code[-2:]) * 2)
        self.cursor[day] = passed + next(self.pace)
        return self.calendar.moment(day, MORNING, self.zones[actor]) + timedelta(minutes=passed)
