"""Do autonomy, trust and competence grow together: a discussion instrument, no validated scale."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import fsum, prod

from metrics.rules.quantities import check_at_least, check_between

TOLERANCE = 15.0  # points
LEVELS = {"L0": 0, "L1": 15, "L2": 35, "L3": 55, "L4": 70, "L5": 85, "L6": 100}
LITERACY, COVERAGE, CONFIDENCE = 0.5, 0.3, 0.2  # parts of competence
DIGITS = 9  # so that a sum of tenths does not pass the tolerance by its rounding


class State(StrEnum):
    """Which of the three runs ahead or lags."""

    EQUILIBRIUM = "equilibrium"
    TRUST_GAP = "over_automated:trust_gap"
    COMPETENCY_GAP = "over_automated:competency_gap"
    UNDER_USED = "under_used"
    OVER_TRUST = "over_trust"
    SCEPTICAL_EXPERTS = "sceptical_experts"


# The key of the play that a state proposes; its words stand in the playbook.
PLAYS = {
    State.EQUILIBRIUM: "hold_or_raise_one_level",
    State.TRUST_GAP: "lower_one_level",
    State.COMPETENCY_GAP: "train_oversight",
    State.UNDER_USED: "raise_low_stakes",
    State.OVER_TRUST: "inject_checks",
    State.SCEPTICAL_EXPERTS: "fix_the_tool",
}


@dataclass(frozen=True)
class Equilibrium:
    """`balance`, `level` and `index` from 0 to 100; a balance is never shown without its level."""

    balance: float
    level: float
    index: float
    state: State

    @property
    def play(self) -> str:
        """The key of the default play."""
        return PLAYS[self.state]


def autonomy(volumes: Mapping[str, float], *, levels: Mapping[str, float] = LEVELS) -> float | None:
    """Return 0 to 100: the value of each level weighed by the volume decided at it.

    None without any volume; raises ValueError for an unknown level and a volume below 0.
    """
    for level, volume in volumes.items():
        if level not in levels:
            raise ValueError(f"level: {level} is unknown; give one of {', '.join(levels)}")
        check_at_least(0, **{f"volume of {level}": volume})
    total = fsum(volumes.values())
    if not total:
        return None
    return fsum(volume * levels[level] for level, volume in volumes.items()) / total


def competence(
    *, literacy: float | None, coverage: float | None, confidence: float | None
) -> float | None:
    """Return 0 to 100: half literacy, three tenths skill coverage, two tenths confidence.

    `literacy` and `coverage` run from 0 to 100, `confidence` is a net share from -100 to 100 and
    is brought to 0 to 100. None where one is unknown; ValueError outside the bounds.
    """
    if literacy is None or coverage is None or confidence is None:
        return None
    check_between(0, 100, literacy=literacy, coverage=coverage)
    check_between(-100, 100, confidence=confidence)
    rescaled = (confidence + 100) / 2
    return fsum((LITERACY * literacy, COVERAGE * coverage, CONFIDENCE * rescaled))


def equilibrium(
    autonomy: float | None,
    trust: float | None,
    competence: float | None,
    *,
    tolerance: float = TOLERANCE,
) -> Equilibrium | None:
    """Judge three figures from 0 to 100; None where one is unknown.

    balance = 100 - (max - min), level the geometric mean, index = balance * level / 100. Raises
    ValueError outside the bounds.
    """
    if autonomy is None or trust is None or competence is None:
        return None
    three = {"autonomy": autonomy, "trust": trust, "competence": competence}
    check_between(0, 100, **three)
    check_between(0, 100, tolerance=tolerance)
    balance = 100 - (max(three.values()) - min(three.values()))
    level = prod(value ** (1 / 3) for value in three.values())
    state = _state(autonomy, trust, competence, tolerance=tolerance)
    return Equilibrium(balance, level, balance * level / 100, state)


def _state(autonomy: float, trust: float, competence: float, *, tolerance: float) -> State:
    def leads(one: float, other: float) -> bool:
        return round(one - other, DIGITS) > tolerance

    lower = min(trust, competence)
    automated = State.TRUST_GAP if trust <= competence else State.COMPETENCY_GAP
    found = (
        (leads(autonomy, lower), automated),
        (leads(lower, autonomy), State.UNDER_USED),
        (leads(trust, competence), State.OVER_TRUST),
        (leads(competence, trust), State.SCEPTICAL_EXPERTS),
        (True, State.EQUILIBRIUM),
    )
    return next(state for holds, state in found if holds)
