"""The questions of a rapid read, built from `rapid_read.yaml`."""

from dataclasses import dataclass

from playbook.nodes import Node
from playbook.reading import Reading, judge_unique

# A read is one page: what a playbook can ask must fit on it, whatever is answered.
MOST_A_SIDE = 5
LONGEST_LABEL = 60
BOTH = ("technology", "people")


@dataclass(frozen=True, kw_only=True)
class ReadQuestion:
    """One short question to one side."""

    key: str
    side: str
    label: str
    help: str
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class ReadTemplate:
    """What both sides answer about a new capability; nothing in an edition that knows no such."""

    questions: tuple[ReadQuestion, ...] = ()

    def of(self, side: str) -> tuple[ReadQuestion, ...]:
        """Return what a side answers, in its order."""
        return tuple(one for one in self.questions if one.side == side)


def read_rapid_read(node: Node) -> ReadTemplate:
    """Return the questions: each side has some, and no more than one page holds."""
    reading = Reading(node, required=("questions",))
    questions = reading.things("questions", _question)
    judge_unique(reading.nodes("questions"), [one.key for one in questions], "question")
    template = ReadTemplate(questions=questions)
    for side in BOTH:
        count = len(template.of(side))
        if not 1 <= count <= MOST_A_SIDE:
            raise reading.values["questions"].error(
                f"{count} questions to {side}: one page holds 1 to {MOST_A_SIDE} a side"
            )
    return template


def _question(node: Node) -> ReadQuestion:
    reading = Reading(node, required=("key", "side", "label", "help"))
    return ReadQuestion(
        key=reading.key(),
        side=reading.one_of("side", BOTH),
        label=reading.text("label", longest=LONGEST_LABEL),
        help=reading.label("help"),
        line=reading.line,
    )
