"""What evidence is for: a slot or a criterion of the playbook."""

from dataclasses import dataclass

from kernel.refusals import NotVisibleError
from playbook.playbooks import Playbook


@dataclass(frozen=True)
class Target:
    """A slot or a criterion; `stage` is None for what only a pause opens."""

    slot: str
    criterion: str
    side: str
    stage: int | None


def target_of(playbook: Playbook, *, slot: str = "", criterion: str = "") -> Target:
    """Return the slot or the criterion named.

    :raises NotVisibleError: when the playbook has none, or not exactly one is named.
    """
    try:
        if slot and not criterion:
            found = playbook.slot(slot)
            return Target(slot, "", found.side, found.stage)
        if criterion and not slot:
            asked = playbook.criterion(criterion)
            return Target("", criterion, asked.side, playbook.gate(asked.gate).stage)
    except KeyError as unknown:
        raise NotVisibleError from unknown
    raise NotVisibleError
