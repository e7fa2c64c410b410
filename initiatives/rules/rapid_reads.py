"""Rapid reads: who begins one, by when it is decided, and who speaks for which side in it."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kernel.calendars import is_working_day
from kernel.refusals import Blocker
from people.choices import Side

NAME_LIMIT, SEEN_LIMIT, ANSWER_LIMIT = 80, 240, 240
LONGEST = timedelta(days=30)
USUAL = timedelta(days=14)
WIDE = frozenset({"W", "F"})
ONLY_READS = Blocker("only_reads", "The sponsor and the auditors read, and speak for no side.")
NO_TEMPLATE = Blocker(
    "no_template",
    "The edition of the playbook in force asks nothing in a rapid read. It can begin once an"
    " edition with questions is adopted.",
)
STILL_OPEN = Blocker("still_open", "It is not decided yet: go on in it, not in a new one.")
OPEN_ALREADY = Blocker(
    "open_already",
    "A rapid read of that name is open already. Go on there, or name what is new in this one.",
    "name",
)
TAKEN_UP = Blocker("taken_up", "It has been taken up again already: go on in the newer one.")


@dataclass(frozen=True, kw_only=True)
class SpeakerFacts:
    """What decides for which side a person may speak in a read."""

    only_reads: bool = False
    key_side: Side | None = None
    spoken: frozenset[Side] = frozenset()


@dataclass(frozen=True, kw_only=True)
class StartFacts:
    """What decides whether a read can begin."""

    name: str
    seen: str
    decide_by: date | None
    today: date
    working_days: str
    side: Side | None
    speaker: SpeakerFacts
    has_template: bool = True
    is_taken_up: bool = False
    is_still_open: bool = False
    open_names: frozenset[str] = frozenset()


def sides_open(facts: SpeakerFacts) -> tuple[Side, ...]:
    """Return for which sides the person may speak: nobody for both in one read."""
    return tuple(side for side in Side if not [*blockers_to_speak(facts, side)])


def side_spoken(facts: SpeakerFacts) -> Side | None:
    """Return the one side the person stands for here, by a key or by what was written."""
    found = facts.spoken | ({facts.key_side} if facts.key_side else frozenset())
    stands = len(found) == 1 and not facts.only_reads
    return next(iter(found)) if stands else None


def blockers_to_speak(facts: SpeakerFacts, side: Side | None) -> Iterator[Blocker]:
    """Yield every reason why the person cannot speak for a side here."""
    if facts.only_reads:
        yield ONLY_READS
    if side is None:
        yield Blocker("side_missing", "Say for which side you speak.", "side")
        return
    if facts.key_side not in (None, side):
        yield Blocker("other_key", "Whoever signs for one side speaks for that side.", "side")
    if facts.spoken - {side}:
        other = next(iter(facts.spoken - {side}))
        yield Blocker(
            "other_voice",
            f"You have spoken for {other.label} here, and nobody speaks for both. Ask somebody of"
            f" {side.label}.",
            "side",
        )


def blockers_to_start(facts: StartFacts) -> Iterator[Blocker]:
    """Yield every reason why the read cannot begin as it is."""
    yield from blockers_to_speak(facts.speaker, facts.side)
    if not facts.has_template:
        yield NO_TEMPLATE
    if facts.is_taken_up:
        yield TAKEN_UP
    elif facts.is_still_open:
        yield STILL_OPEN
    elif facts.name.casefold() in facts.open_names:
        yield OPEN_ALREADY
    yield from blockers_of_words(facts.name, "name", NAME_LIMIT, "Name it, in a few words.")
    yield from blockers_of_words(facts.seen, "seen", SEEN_LIMIT, "Say what is new, and where.")
    yield from _blockers_of_date(facts)


def blockers_to_answer(answers: Mapping[str, str]) -> Iterator[Blocker]:
    """Yield what is wrong with the answers of one half: too long, or none at all."""
    if not any(answers.values()):
        yield Blocker("nothing", "Answer at least one question. The rest can wait.")
    for key, text in answers.items():
        yield from blockers_of_words(text, key, ANSWER_LIMIT)


def blockers_of_words(text: str, field: str, most: int, ask: str = "") -> Iterator[Blocker]:
    """Yield what is wrong with words that have to fit on the page."""
    if ask and not text:
        yield Blocker(f"{field}_missing", ask, field)
    if (count := width(text)) > most:
        yield Blocker("too_long", f"{count:,} characters, {most:,} at most.", field)


def blockers_of_day(day: date, working_days: str, field: str) -> Iterator[Blocker]:
    """Yield that nobody is there on a day."""
    if not is_working_day(day, working_days):
        yield Blocker("not_a_working_day", "Nobody works on that day. Choose another.", field)


def one_line(text: str) -> str:
    """Return words without line breaks: the page has no room for empty lines."""
    return " ".join(text.split())


def width(text: str) -> int:
    """Count characters as the page does: one that is as wide as high takes the room of two."""
    return sum(2 if unicodedata.east_asian_width(one) in WIDE else 1 for one in text)


def usual_date(today: date, working_days: str) -> date:
    """Return the working day that is proposed for the decision: the first after two weeks."""
    day = today + USUAL
    while not is_working_day(day, working_days):
        day += timedelta(days=1)
    return day


def _blockers_of_date(facts: StartFacts) -> Iterator[Blocker]:
    if facts.decide_by is None:
        yield Blocker("date_missing", "Say by when both decide.", "decide_by")
        return
    latest = facts.today + LONGEST
    if not facts.today <= facts.decide_by <= latest:
        yield Blocker(
            "date_out_of_reach",
            f"Decide between today and {latest:%a} {latest.day} {latest:%b}: thirty days at most.",
            "decide_by",
        )
    yield from blockers_of_day(facts.decide_by, facts.working_days, "decide_by")
