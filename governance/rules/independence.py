"""Where the risk is high, whoever sent or wrote it does not sign it (I6, P1, P2)."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from kernel.refusals import Blocker

SIDE_WORDS = {"technology": "Technology", "people": "People"}


@dataclass(frozen=True, kw_only=True)
class Work:
    """Whose work a round is: all who wrote since the gate before, and who sent it; by person.

    Only where it `is_strict` does that keep anybody from signing.
    """

    is_strict: bool = False
    sender: str = ""
    writers: frozenset[str] = frozenset()

    def bars(self, person_key: str) -> str:
        """Say what keeps the person from signing; "" is nothing."""
        if not self.is_strict:
            return ""
        if person_key == self.sender:
            return "sent"
        return "wrote part of" if person_key in self.writers else ""


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Who holds a side's office."""

    person_key: str
    name: str


def blockers_of_own_work(work: Work, person_key: str) -> Iterator[Blocker]:
    """Yield why this person does not sign what is theirs, with the way out."""
    if done := work.bars(person_key):
        yield Blocker(
            "own_work",
            f"You {done} this, and its risk is high: somebody else must sign it. Ask somebody to"
            " sign in your place.",
        )


def blockers_to_find_signers(
    work: Work, holders: Mapping[str, Holder], stand_ins: Collection[str]
) -> Iterator[Blocker]:
    """Yield each side for which nobody is left who may sign (T3).

    `stand_ins` are the sides for which somebody signs in the holder's place, and may.
    """
    for side, holder in holders.items():
        done = work.bars(holder.person_key)
        if done and side not in stand_ins:
            yield Blocker(
                f"strict.{side}",
                f"{holder.name} {done} this, and its risk is high: somebody else must sign for"
                f" {SIDE_WORDS[side]}. {holder.name} can ask somebody to, in their profile.",
            )
