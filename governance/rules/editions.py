"""Who may put a playbook in force, and which."""

from collections.abc import Iterator
from dataclasses import dataclass

from kernel.refusals import Blocker

ADOPTED = "This edition has been in force before. Raise the revision in its file playbook.yaml."


@dataclass(frozen=True, kw_only=True)
class AdoptionFacts:
    """What must be known before an edition is adopted; the first one comes with the founding."""

    by_administrator: bool
    is_first: bool
    is_demo: bool
    was_adopted: bool
    by_two: bool = False


def blockers_to_adopt(facts: AdoptionFacts) -> Iterator[Blocker]:
    """Yield every reason why the edition cannot be put in force (I19)."""
    if not facts.by_administrator:
        yield Blocker("not_administrator", "Only an administrator puts a playbook in force.")
    if not (facts.is_first or facts.is_demo or facts.by_two):
        text = "It takes two people to put a playbook in force. Propose it; a second one confirms."
        yield Blocker("two_people", text)
    if facts.was_adopted:
        yield Blocker("adopted", ADOPTED)
