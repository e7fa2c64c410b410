"""When a slot may be written."""

from collections.abc import Iterator
from dataclasses import dataclass

from initiatives.choices import ENDED, Standing
from kernel.refusals import Blocker


@dataclass(frozen=True)
class OpenFacts:
    """What decides whether a slot is open. `slot_stage` is None for what a pause opens."""

    slot_stage: int | None
    stage: int
    standing: str


def blockers_to_write(facts: OpenFacts) -> Iterator[Blocker]:
    """Yield every reason why nobody can write into the slot now."""
    if facts.standing in ENDED:
        yield Blocker("over", "This initiative is closed. Its record stays as it is.")
    elif facts.slot_stage is None:
        if facts.standing != Standing.PAUSED:
            yield Blocker("not_paused", "This is open only while the initiative is paused.")
    elif facts.slot_stage > facts.stage:
        yield Blocker("not_open", f"This opens with stage {facts.slot_stage}.")


def is_open(facts: OpenFacts) -> bool:
    """Tell whether the slot can be written into now."""
    return next(blockers_to_write(facts), None) is None
