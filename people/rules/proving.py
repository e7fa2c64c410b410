"""Which proof of identity an act takes, and whether one can be given at all (S1 to S4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from kernel.refusals import Blocker

PASSWORD, PASSKEY = "L1", "L3"
FRESH_FOR = timedelta(minutes=5)
ENROL = "Add a passkey in your profile, then come back."
LOCKED = (
    "A passkey of yours was reported as stolen, and you have no other. Two people must let you back"
    " in: ask an administrator to begin with it."
)

ABSENT = Blocker("presence", "Confirm that it is you, for exactly this.")


@dataclass(frozen=True, kw_only=True)
class MeansFacts:
    """What somebody can prove to be here with.

    `asked_because` says in words why a passkey is asked for; "" where a password does.
    """

    asked_because: str = ""
    can_use_passkey: bool = False
    has_password: bool = True
    is_locked: bool = False


@dataclass(frozen=True, kw_only=True)
class GivenFacts:
    """How somebody has just proved to be here; `is_dead` says that what proved it has ended."""

    level: str
    proved_at: datetime
    is_own: bool
    asks_for_passkey: bool
    at: datetime
    is_dead: bool = False


def why_passkey(*, had_passkey: bool, office_asks: bool) -> str:
    """Say why nothing less than a passkey confirms what this person does; "" where a password does.

    Whoever ever had one proves by it for good: a password is no way round, at no act (S2).
    """
    if had_passkey:
        return "You confirm with a passkey, and have none that works here."
    if office_asks:
        return "Your office confirms with a passkey only, and you have none."
    return ""


def blockers_to_prove(facts: MeansFacts) -> Iterator[Blocker]:
    """Yield why no acceptable proof is possible, and how it becomes so (S4)."""
    if facts.is_locked:
        yield Blocker("locked", LOCKED)
    elif facts.asked_because and not facts.can_use_passkey:
        yield Blocker("enrol", f"{facts.asked_because} {ENROL}")
    if not facts.asked_because and not facts.has_password:
        yield Blocker("enrol", f"You have no password that works. {ENROL}")


def blockers_of_given(facts: GivenFacts) -> Iterator[Blocker]:
    """Yield why this proof does not do for an act that is no signature (S1, S2, V9)."""
    if not facts.is_own or not facts.proved_at <= facts.at <= facts.proved_at + FRESH_FOR:
        yield ABSENT
    if facts.asks_for_passkey and facts.level != PASSKEY:
        yield Blocker("level", "Confirm it with a passkey you have: a password is not enough.")
    if facts.is_dead:
        yield Blocker("dead", "What you confirmed it with was taken off meanwhile. Begin again.")
