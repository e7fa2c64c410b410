"""What a person wants to state at a gate, and what it must say to be stated."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from governance.choices import SigningAct
from governance.rules.refusing import MOST_TEXT, blockers_to_explain
from governance.rules.terms import Condition, blockers_to_state
from kernel.refusals import Blocker


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a person wants to state. Every text in it is sealed.

    `conditions` are new ones, `keeps` the keys of those in force that stay in the offer, and
    `verdict` is gate 4's, where the offer proposes another; only an offer has any of the three.
    """

    act: SigningAct
    words: str = ""
    reason: str = ""
    reversed_by: str = ""
    code: str = ""
    is_final: bool = False
    conditions: tuple[Condition, ...] = ()
    keeps: tuple[str, ...] = ()
    verdict: str = ""

    @property
    def offers(self) -> bool:
        """Whether it carries new terms."""
        return self.act == SigningAct.APPROVE_WITH_TERMS


def blockers_to_wish(
    wish: Wish, *, codes: Collection[str], today: date, known_owners: frozenset[int]
) -> Iterator[Blocker]:
    """Yield what an offer or a decline does not say yet; `codes` are those of declines."""
    if wish.offers:
        yield from blockers_to_state(wish.conditions, today=today, known_owners=known_owners)
    elif wish.act == SigningAct.DECLINE:
        yield from blockers_to_explain(
            code=wish.code,
            codes=codes,
            reason=wish.reason,
            is_final=wish.is_final,
            reversed_by=wish.reversed_by,
        )
    if len(wish.words) > MOST_TEXT:
        yield Blocker("long", f"Keep it under {MOST_TEXT:,} characters.", "words")
