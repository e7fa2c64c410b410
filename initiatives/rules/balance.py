"""How evenly both sides are in it, and whether people are in it while things are open."""

from collections.abc import Iterable
from dataclasses import dataclass

from initiatives.rules.memberships import JOINT
from people.choices import Side

LAST_EARLY_STAGE = 2


@dataclass(frozen=True)
class Input:
    """One slot: whose it is, of which stage, and who wrote into it last."""

    side: str
    stage: int
    author_side: Side | None = None
    is_complete: bool = False


@dataclass(frozen=True)
class Share:
    """How many of how many."""

    done: int
    of: int

    @property
    def percent(self) -> int:
        """Return the share in whole per cent, rounded down; of nothing it is 0."""
        return self.done * 100 // self.of if self.of else 0


def balance(inputs: Iterable[Input], *, stage: int) -> dict[Side, Share]:
    """Return for each side how many of its own inputs are complete, of those due so far."""
    due = [one for one in inputs if one.stage <= stage and one.side != JOINT]
    return {side: _share(one.is_complete for one in due if one.side == side) for side in Side}


def participation(inputs: Iterable[Input]) -> Share:
    """Return how much of what the people side wrote belongs to stages 1 and 2.

    Late inputs alone mean that people were asked to carry out what others had settled.
    """
    return _share(one.stage <= LAST_EARLY_STAGE for one in inputs if one.author_side == Side.PEOPLE)


def _share(answers: Iterable[bool]) -> Share:
    known = list(answers)
    return Share(sum(known), len(known))
