"""Who may say what in a disagreement, by which day it is to be settled, and who settles it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from governance.rules.refusing import LEAST_WORDS
from kernel.calendars import MONDAY_TO_FRIDAY, is_working_day
from kernel.refusals import Blocker
from people.choices import Side

LONGEST_SUBJECT = 120
LONGEST = 2_000
MOST_DAYS = 60


@dataclass(frozen=True, kw_only=True)
class SpeakerFacts:
    """Whether it is open, for whom somebody would speak, and for whom they have spoken in it.

    `side` is None for the sponsor, who speaks for neither.
    """

    side: Side | None
    spoke_for: Collection[Side] = ()
    is_open: bool = True


@dataclass(frozen=True, kw_only=True)
class DayFacts:
    """Today, the working week, and the day that each side named last."""

    today: date
    working_days: str = MONDAY_TO_FRIDAY
    named: Mapping[Side, date]


@dataclass(frozen=True, kw_only=True)
class RaiseFacts:
    """What one disagrees about, how one's side sees it, and by when it is to be settled."""

    subject: str
    position: str
    due_on: date
    is_over: bool = False
    open_subjects: Collection[str] = ()
    """What the side disagrees about here already."""


@dataclass(frozen=True)
class OfferFacts:
    """Whose words it is that would end it, and which person's."""

    side: Side
    by_key: UUID


def is_overdue(due_on: date, today: date) -> bool:
    """Tell whether the day both had is over: from the next day on it is with the sponsor."""
    return today > due_on


def agrees(side: Side, due_on: date, named: Mapping[Side, date]) -> bool:
    """Tell whether a day that a side names is the one that the other side named last."""
    return any(day == due_on for other, day in named.items() if other != side)


def blockers_to_raise(facts: RaiseFacts, days: DayFacts) -> Iterator[Blocker]:
    """Yield every reason why the disagreement cannot stand there."""
    if facts.is_over:
        yield Blocker("over", "This initiative has ended. Its record stays as it is.")
    yield from _blockers_of_words(facts.subject, field="subject", most=LONGEST_SUBJECT)
    if facts.subject in facts.open_subjects:
        yield Blocker(
            "said", "Your side disagrees about that here already. Go on there.", "subject"
        )
    yield from _blockers_of_words(facts.position, field="position")
    yield from _blockers_of_day(facts.due_on, days)


def blockers_to_speak(facts: SpeakerFacts) -> Iterator[Blocker]:
    """Yield why the person has no word in it: it has ended, or they spoke for the other side."""
    if not facts.is_open:
        yield Blocker("ended", "This disagreement has ended. Its record stays as it is.")
    for side in facts.spoke_for:
        if facts.side is None:
            yield Blocker(
                "took_sides", f"You spoke for {side.label} here, so somebody else settles it."
            )
        elif side != facts.side:
            yield Blocker(
                "both_sides",
                f"You spoke for {side.label} here. Somebody else speaks for {facts.side.label}.",
            )


def blockers_to_state(facts: SpeakerFacts, position: str) -> Iterator[Blocker]:
    """Yield every reason why the position cannot stand beside the other one."""
    yield from blockers_to_speak(facts)
    yield from _blockers_of_words(position, field="position")


def blockers_to_name_day(facts: SpeakerFacts, due_on: date, days: DayFacts) -> Iterator[Blocker]:
    """Yield every reason why the side cannot name that day."""
    yield from blockers_to_speak(facts)
    if facts.side is not None and days.named.get(facts.side) == due_on:
        yield Blocker("named", "That is the day your side named last.", "due_on")
    else:
        yield from _blockers_of_day(due_on, days)


def blockers_to_offer(facts: SpeakerFacts, words: str) -> Iterator[Blocker]:
    """Yield every reason why a side cannot write down that it is settled."""
    yield from blockers_to_speak(facts)
    yield from _blockers_of_words(words, field="words")


def blockers_to_confirm(
    facts: SpeakerFacts, offer: OfferFacts | None, person_key: UUID | None
) -> Iterator[Blocker]:
    """Yield why the person cannot confirm: two people of two sides end it, never one."""
    yield from blockers_to_speak(facts)
    if offer is None:
        yield Blocker("no_offer", "Nobody has written down how it was settled.")
    elif offer.side == facts.side:
        yield Blocker("own_offer", "Your side wrote that. The other side confirms it.")
    elif offer.by_key == person_key:
        yield Blocker("one_person", "You wrote that yourself. Somebody else confirms it.")


def blockers_to_decide(
    facts: SpeakerFacts, *, due_on: date, today: date, reason: str
) -> Iterator[Blocker]:
    """Yield why the sponsor cannot settle it: not before the day that both have is over."""
    yield from blockers_to_speak(facts)
    if not is_overdue(due_on, today):
        yield Blocker(
            "early",
            f"Both sides have until {due_on:%-d %B %Y}. From the day after, it is yours to settle.",
        )
    yield from _blockers_of_words(reason, field="reason", least=LEAST_WORDS)


def blockers_to_take_back(
    facts: SpeakerFacts, *, raised_by: Side, may_settle: bool, reason: str
) -> Iterator[Blocker]:
    """Yield why the person cannot take it back.

    `may_settle` for whoever raised it, the lead of the side and the holder of its key.
    """
    yield from blockers_to_speak(facts)
    if facts.side != raised_by:
        yield Blocker("not_yours", f"{raised_by.label} raised it. Only that side takes it back.")
    elif not may_settle:
        yield Blocker("not_yours", "Whoever raised it takes it back, or the lead of the side.")
    yield from _blockers_of_words(reason, field="reason", least=LEAST_WORDS)


def _blockers_of_day(due_on: date, days: DayFacts) -> Iterator[Blocker]:
    last = days.today + timedelta(days=MOST_DAYS)
    if due_on <= days.today:
        yield Blocker("past", "Choose a day that is still to come.", "due_on")
    elif due_on > last:
        words = f"Choose a day until {last:%-d %B %Y}: {MOST_DAYS} days at most."
        yield Blocker("far", words, "due_on")
    elif not is_working_day(due_on, days.working_days):
        yield Blocker(
            "no_working_day", f"Nobody works on that {due_on:%A}. Choose a working day.", "due_on"
        )


def _blockers_of_words(
    text: str, *, field: str, most: int = LONGEST, least: int = 1
) -> Iterator[Blocker]:
    if not text:
        yield Blocker("text_missing", "Write it down first.", field)
    elif len(text) < least:
        yield Blocker("short", f"Give a reason of at least {least} characters.", field)
    elif len(text) > most:
        yield Blocker("too_long", f"{len(text):,} characters, {most:,} at most.", field)
