"""The decision on a rapid read: one side proposes it, another person of the other side confirms."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from initiatives.choices import ReadOutcome
from initiatives.rules.rapid_reads import (
    ONLY_READS,
    SpeakerFacts,
    blockers_of_day,
    blockers_of_words,
    side_spoken,
)
from kernel.refusals import Blocker
from people.choices import Side

WORDS_LIMIT = 240
LONGEST_WATCH = timedelta(days=366)
NO_PART = Blocker(
    "no_part",
    "Whoever decides stands for one side here: write in its half first, or leave it to whoever"
    " signs for it.",
)
_ASK = {
    ReadOutcome.TRY: "Say what you would try first.",
    ReadOutcome.WATCH: "Say what you wait for.",
    ReadOutcome.LEAVE: "Say why you leave it.",
}


@dataclass(frozen=True, kw_only=True)
class DecisionFacts:
    """What decides whether a decision can be proposed."""

    speaker: SpeakerFacts
    outcome: ReadOutcome | None
    words: str
    look_again_on: date | None
    today: date
    working_days: str
    written: frozenset[Side]


@dataclass(frozen=True, kw_only=True)
class ConfirmFacts:
    """What decides whether somebody may confirm what the other side proposed."""

    speaker: SpeakerFacts
    person_key: UUID | None
    proposer_side: Side
    proposer_key: UUID
    look_again_on: date | None
    today: date


def blockers_to_decide(facts: DecisionFacts) -> Iterator[Blocker]:
    """Yield every reason why the decision cannot be proposed as it is."""
    yield from blockers_to_take_part(facts.speaker)
    for side in Side:
        if side not in facts.written:
            yield Blocker(
                "half_missing", f"No answer of {side.label} is there yet. Both sides answer first."
            )
    if facts.outcome is None:
        yield Blocker("outcome_missing", "Choose what you would decide.", "outcome")
    ask = _ASK[facts.outcome] if facts.outcome else "Say why."
    yield from blockers_of_words(facts.words, "words", WORDS_LIMIT, ask)
    if facts.outcome == ReadOutcome.WATCH:
        yield from _blockers_to_look_again(facts)
    elif facts.look_again_on is not None:
        yield Blocker(
            "day_without_watch", "Only what you watch has a day to look again.", "look_again_on"
        )


def blockers_to_take_part(speaker: SpeakerFacts) -> Iterator[Blocker]:
    """Yield that the person stands for no side in this read."""
    if speaker.only_reads:
        yield ONLY_READS
    elif side_spoken(speaker) is None:
        yield NO_PART


def blockers_to_confirm(facts: ConfirmFacts) -> Iterator[Blocker]:
    """Yield every reason why this person's word does not close the read."""
    yield from blockers_to_take_part(facts.speaker)
    if side_spoken(facts.speaker) == facts.proposer_side:
        yield Blocker("own_side", "Your side proposed it: the other side confirms it.")
    if facts.person_key == facts.proposer_key:
        yield Blocker("same_person", "You proposed it: somebody else confirms it.")
    if facts.look_again_on is not None and facts.look_again_on <= facts.today:
        yield Blocker("day_is_over", "The day to look again has come. Propose a later one.")


def _blockers_to_look_again(facts: DecisionFacts) -> Iterator[Blocker]:
    if facts.look_again_on is None:
        yield Blocker("day_missing", "Say when you look at it again.", "look_again_on")
        return
    if not facts.today < facts.look_again_on <= facts.today + LONGEST_WATCH:
        yield Blocker("day_out_of_reach", "Look again after today, within a year.", "look_again_on")
    yield from blockers_of_day(facts.look_again_on, facts.working_days, "look_again_on")
