"""Where trials race: the scenes, what judges a trial, and what puts everything back after it."""

from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import combinations_with_replacement

import pytest

from tests.proofs.races.judging import Judge, judge_at
from tests.proofs.races.racing import Act, Outcome, Racers, racers
from tests.proofs.races.scenes import EVERY, FEW, NOW, Scene, scenes
from tests.proofs.races.slates import Slate, slate
from tests.proofs.reporting import is_long

MOST = 8  # acts at once
CHECKED = 10  # after every tenth trial `verify_journal` is asked too


@dataclass
class Ground:
    """The scenes, and what puts them back after each trial."""

    scenes: list[Scene]
    judge: Judge
    slate: Slate
    racers: Racers
    told: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def trial(
        self, label: str, acts: Sequence[tuple[str, Act]], waits: Sequence[float] = ()
    ) -> list[Outcome]:
        """Let the acts race, judge what came of it, and put everything back."""
        outcomes = self.racers.race(acts, waits)
        whole = self.told["trials"] % CHECKED == 0
        found = self.judge.faults(outcomes, whole=whole)
        self.faults += [f"{label}: {one}" for one in found]
        self.told["trials"] += 1
        self.told["broken"] += bool(found)
        self.told["done"] += sum(one.is_done for one in outcomes)
        self.told["refused"] += sum(one.refusal is not None for one in outcomes)
        self.slate.wipe()
        return outcomes

    def scene(self, name: str) -> Scene:
        return next(one for one in self.scenes if one.name == name)

    def pairs(self, names: Sequence[str]) -> list[tuple[str, str, list[Scene]]]:
        """Return each pair of acts with the scenes in which both can be done."""
        found = []
        for one, other in combinations_with_replacement(names, 2):
            both = [each for each in self.scenes if {one, other} <= each.acts.keys()]
            if both:
                found.append((one, other, both))
        return found


@pytest.fixture(scope="module")
def held(django_db_blocker):
    """What the tests of a module hold together: the ground, and how it is given up."""
    with ExitStack() as stack:
        yield stack, []
        with django_db_blocker.unblock():
            stack.close()


@pytest.fixture
def ground(held, transactional_db):
    """One world for all trials of a module: made for the first test, put back for the others."""
    stack, made = held
    if not made:
        world = scenes(EVERY if is_long() else FEW)
        judge = judge_at(NOW)
        made.append(
            Ground(world, judge, stack.enter_context(slate()), stack.enter_context(racers(MOST)))
        )
    [ours] = made
    ours.slate.wipe()
    ours.told, ours.faults = Counter(), []
    return ours
