"""A key held otherwise than in office: acting while it is vacant, or beside a double title."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kernel.refusals import Blocker

SEAT, ACTING, COUNTER_SIGNER = "seat", "acting", "counter_signer"
# Ninety days, and the hour that a change of the clocks may add.
LONGEST = timedelta(days=90, hours=1)


@dataclass(frozen=True, kw_only=True)
class HoldingFacts:
    """How somebody is to hold an office. `side` is that of its key, "" for an office without."""

    capacity: str
    side: str
    at: datetime
    ends_at: datetime | None = None
    other_key_is_held: bool = False
    other_key_ends_at: datetime | None = None
    speaks_otherwise_in: Sequence[str] = ()


def blockers_to_hold(facts: HoldingFacts) -> Iterator[Blocker]:
    """Yield why nobody can hold this office like that, or not this person (D-5, D-6)."""
    if facts.capacity == SEAT:
        return
    if not facts.side:
        yield Blocker("capacity", "Only a key is held like that.", "capacity")
    if facts.capacity == ACTING and not (
        facts.ends_at is not None and facts.ends_at - facts.at <= LONGEST
    ):
        yield Blocker("acting", "Acting lasts ninety days at most: choose a last day.", "ends_on")
    if facts.capacity == COUNTER_SIGNER and not facts.other_key_is_held:
        yield Blocker(
            "counter_signer",
            "A counter-signer signs beside one person who carries both titles and holds the other"
            " key. Fill that first.",
            "capacity",
        )
    elif facts.capacity == COUNTER_SIGNER and _outlasts(facts):
        yield Blocker(
            "outlasts",
            "A counter-signer stays no longer than the person they sign beside: choose a last day"
            f" up to {facts.other_key_ends_at:%-d %B %Y}.",
            "ends_on",
        )
    if facts.speaks_otherwise_in:
        codes = ", ".join(facts.speaks_otherwise_in)
        yield Blocker("other_side", f"This person speaks for the other side in {codes}.", "user")


def _outlasts(facts: HoldingFacts) -> bool:
    """Tell whether the counter-signer would stay when the one beside them has gone."""
    if facts.other_key_ends_at is None:
        return False
    return facts.ends_at is None or facts.ends_at > facts.other_key_ends_at
