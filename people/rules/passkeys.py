"""Who may add a passkey, take one off, and what proof that takes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kernel.refusals import Blocker
from people.rules.proving import GivenFacts, blockers_of_given

MOST_PASSKEYS = 10
LONGEST_NAME = 60


@dataclass(frozen=True, kw_only=True)
class KeeperFacts:
    """How somebody who keeps passkeys has just proved to be here, and which passkeys there are."""

    proof_level: str
    proved_at: datetime
    is_own_proof: bool
    usable: int
    is_locked: bool
    at: datetime
    has_password: bool = True
    is_usable_elsewhere: bool = False
    is_dead: bool = False


def blockers_to_keep(facts: KeeperFacts) -> Iterator[Blocker]:
    """Yield why this proof does not let anybody change passkeys: no way round one by a password.

    Whoever could add a passkey by password alone could sign by password alone, one step later. Only
    where none works at this address, under any login of the person, a password leads back.
    """
    yield from blockers_of_given(
        GivenFacts(
            level=facts.proof_level,
            proved_at=facts.proved_at,
            is_own=facts.is_own_proof,
            asks_for_passkey=facts.usable > 0,
            at=facts.at,
            is_dead=facts.is_dead,
        )
    )
    if facts.is_usable_elsewhere and not facts.usable:
        yield Blocker(
            "elsewhere",
            "You have a passkey under another login of yours. Come in there and confirm with it, or"
            " revoke it there first.",
        )


def blockers_to_add(facts: KeeperFacts, *, name: str, is_possible: bool) -> Iterator[Blocker]:
    """Yield every reason why no passkey can be added."""
    if not is_possible:
        yield Blocker(
            "address", "Browsers offer passkeys only where the address begins with https."
        )
    if not 0 < len(name) <= LONGEST_NAME:
        yield Blocker("name", f"Give it a name of 1 to {LONGEST_NAME} characters.", "name")
    if facts.usable >= MOST_PASSKEYS:
        yield Blocker("most", f"You have {MOST_PASSKEYS} passkeys. Revoke one you no longer use.")
    if facts.is_locked:
        yield Blocker(
            "stolen",
            "A passkey of yours was reported as stolen. Two people must let you add another:"
            " ask an administrator.",
        )
    yield from blockers_to_keep(facts)


def blockers_to_revoke(facts: KeeperFacts) -> Iterator[Blocker]:
    """Yield every reason why a passkey stays."""
    yield from blockers_to_keep(facts)
    if facts.usable == 1 and not facts.has_password:
        yield Blocker(
            "only_way",
            "It is the only way you come in: your password was taken off. Choose a new one in your"
            " profile first, or add another passkey.",
        )
