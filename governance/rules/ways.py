"""The ways out of a pause: on, back to an earlier stage, or to an end (K2, K3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from governance.choices import ALONE, STAGE_OF_WAY, Way
from governance.rules.refusing import LEAST_REASON, blockers_of_text
from kernel.refusals import Blocker


@dataclass(frozen=True, kw_only=True)
class RulingFacts:
    """What must be known before the sponsor ends a pause. `due_at` is when both had their time."""

    is_sponsor: bool
    is_paused: bool
    stage: int
    due_at: datetime
    at: datetime


def is_way(way: str, *, stage: int) -> bool:
    """Tell whether an initiative in this stage can go this way; other verdicts are no ways."""
    return way not in STAGE_OF_WAY or STAGE_OF_WAY[Way(way)] < stage


def goes_on(way: str) -> bool:
    """Tell whether it goes on as it was; an earlier edition knew no other way."""
    return way not in ALONE


def blockers_to_rule(facts: RulingFacts, *, way: str, reason: str) -> Iterator[Blocker]:
    """Yield why the sponsor cannot end this pause now (K2). Going on takes both keys for ever.

    A drill is no exception: one key begins it, and would else keep everything shut.
    """
    if not facts.is_sponsor:
        yield Blocker("not_yours", "Only the sponsor decides what both sides left open.")
    if not facts.is_paused:
        yield Blocker("not_paused", "The initiative is not paused.")
    elif facts.at < facts.due_at:
        yield Blocker("early", "Both sides still have time to end the pause together.")
    if way not in ALONE or not is_way(way, stage=facts.stage):
        yield Blocker("way", "Choose an earlier stage to go back to, or how it is closed.", "way")
    yield from blockers_of_text(reason, field="reason", least=LEAST_REASON)
