"""Whatever anybody does at a gate, it stands as docs/gates.md says: 400 ways by `./dev prove`.

Hypothesis chooses who does what; every act goes through the operations and a model of its own
(tests/proofs/gate), and after each the rows are held to the model. The journal is verified after
each way, which also judges every decision again (I1 to I21); then all of it is undone.
"""

import time
from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.proofs.gate.acting import Acting
from tests.proofs.gate.beginning import SCENES, STRICT, BeginningActs
from tests.proofs.gate.company import begin, found
from tests.proofs.gate.guards import GUARDS, TRANSITIONS
from tests.proofs.gate.model import OTHER, SIDES
from tests.proofs.reporting import is_long, report, trials

BATCH, BATCHES, STEPS = 5, 80, 50


class Gate(BeginningActs):
    """All acts together, on one of the two initiatives."""

    @initialize(
        is_second=st.booleans(),
        is_strict=st.sampled_from([False, False, True]),
        scene=st.sampled_from([*SCENES]),
        side=st.sampled_from(SIDES),
    )
    def begin(self, is_second, is_strict, scene, side):
        self.initiative = self.made.second if is_second else self.made.first
        is_strict = is_strict or scene in STRICT
        self.model = begin(self.made, self.initiative, is_strict=is_strict)
        self.bring_to(scene, side)

    @rule(side=st.sampled_from(SIDES))
    def go_on(self, side):
        self.go_forward(side)

    @rule(side=st.sampled_from(SIDES))
    def go_on_still(self, side):
        self.go_forward(side)

    @precondition(
        lambda self: (
            any(len(one.live) == 1 for one in self.model.rounds_in("in_review"))
            and len(self.model.holders) == 2
        )
    )
    @rule(how=st.sampled_from(["declines", "declines", "keeps silent", "asks"]))
    def stall(self, how):
        """One side has signed, and the other does not."""
        m = self.model
        [round_] = [one for one in m.rounds_in("in_review") if len(one.live) == 1][-1:]
        who = m.holders[OTHER[next(iter(round_.live))]]
        if how == "declines":
            self.sign_it("T7", who, 0)
        elif how == "asks":
            self.ask_it(round_, who, is_empty=False)
        else:
            self.time_passes(24 * 12)
            self.the_clock_strikes()

    @invariant()
    def both_agree(self):
        """Hold the rows to the model."""
        if hasattr(self, "model"):
            self.agree()


@pytest.fixture
def made(db, noon):
    return found(noon)


def test_rows_and_model_agree_after_every_act(made):
    Acting.made, Acting.reached = made, Counter()
    begun, ways = time.monotonic(), 0
    how = settings(
        max_examples=BATCH if is_long() else 6,
        stateful_step_count=STEPS if is_long() else 25,
        derandomize=not is_long(),
        database=None,
        deadline=None,
        suppress_health_check=[*HealthCheck],
        phases=[Phase.generate],
    )
    for trial in trials(short=1, long=BATCHES):
        run_state_machine_as_test(seed(trial)(Gate), settings=how)
        ways += BATCH
    tell(ways, round(time.monotonic() - begun))
    assert Acting.reached.total() > 50


def missing() -> list[str]:
    """Name what was never reached: transitions done, and guards that refused."""
    return [name for name in (*TRANSITIONS, *GUARDS) if not Acting.reached[name]]


def tell(ways: int, seconds: int) -> None:
    reached, left = Acting.reached, missing()
    acts = sum(count for name, count in reached.items() if name in TRANSITIONS)
    said = sum(count for name, count in reached.items() if "refused" in name)
    report(
        f"A machine that tries everything at a gate, {STEPS} steps a way",
        [
            ("ways", f"{ways:,}", f"{BATCH * BATCHES:,}"),
            ("transitions made", f"{acts:,}", ""),
            ("refusals", f"{said:,}", ""),
            ("rows or refusals other than the model's", 0, "0"),
            (
                "kinds of transitions reached",
                sum(map(bool, map(reached.get, TRANSITIONS))),
                len(TRANSITIONS),
            ),
            ("guards reached", sum(map(bool, map(reached.get, GUARDS))), len(GUARDS)),
            ("never reached", ", ".join(left) or "none", "none"),
            ("seconds", seconds, ""),
        ],
    )
