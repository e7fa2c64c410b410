"""What an opportunity is scored on, built from `scoring.yaml`."""

from dataclasses import dataclass

from playbook.nodes import Node
from playbook.reading import Reading, judge_unique
from playbook.shapes import SIDES

LOWEST, HIGHEST = 1, 5
MOST_CRITERIA = 20
SCORE_AXES = ("feasible", "needed")


@dataclass(frozen=True, kw_only=True)
class ScoreCriterion:
    """One thing an opportunity is scored on, 1 to 5, with the words for both ends."""

    key: str
    side: str
    axis: str
    label: str
    help: str
    low: str
    high: str
    line: int = 0

    @property
    def is_joint(self) -> bool:
        """Whether both sides score it, so that their scores can differ."""
        return self.side == "joint"


@dataclass(frozen=True, kw_only=True)
class ScoreSheet:
    """What opportunities are scored on, and from which difference on the sides must talk."""

    criteria: tuple[ScoreCriterion, ...] = ()
    discuss_from: int = 2

    def of(self, side: str) -> tuple[ScoreCriterion, ...]:
        """Return what a side scores: its own criteria and the joint ones, in their order."""
        return tuple(one for one in self.criteria if one.side in (side, "joint"))

    def criterion(self, key: str) -> ScoreCriterion:
        """Return one criterion, or raise KeyError."""
        return {one.key: one for one in self.criteria}[key]


def read_scoring(node: Node) -> ScoreSheet:
    """Return the criteria of the scoring: enough of them that each side has a place on the plot."""
    reading = Reading(node, required=("discuss_from", "criteria"))
    discuss_from = reading.whole("discuss_from", least=1)
    if discuss_from > HIGHEST - LOWEST:
        raise reading.values["discuss_from"].error(
            f"“discuss_from” is at most {HIGHEST - LOWEST}: scores never lie further apart"
        )
    criteria = reading.things("criteria", _criterion)
    judge_unique(reading.nodes("criteria"), [one.key for one in criteria], "criterion")
    if len(criteria) > MOST_CRITERIA:
        raise reading.values["criteria"].error(f"at most {MOST_CRITERIA} criteria")
    scoring = ScoreSheet(criteria=criteria, discuss_from=discuss_from)
    for side in ("technology", "people"):
        for axis in SCORE_AXES:
            if not any(one.axis == axis for one in scoring.of(side)):
                raise reading.values["criteria"].error(
                    f"{side} scores nothing on the axis “{axis}”: each side needs both"
                )
    return scoring


def _criterion(node: Node) -> ScoreCriterion:
    reading = Reading(node, required=("key", "side", "axis", "label", "help", "low", "high"))
    return ScoreCriterion(
        key=reading.key(),
        side=reading.one_of("side", SIDES),
        axis=reading.one_of("axis", SCORE_AXES),
        label=reading.label("label"),
        help=reading.text("help"),
        low=reading.label("low"),
        high=reading.label("high"),
        line=reading.line,
    )
