"""Which proof of identity a signature takes, and whether one can be given at all (S1 to S4)."""

from collections.abc import Iterator
from dataclasses import dataclass

from kernel.refusals import Blocker
from people.rules import proving
from people.rules.proving import PASSKEY, PASSWORD, MeansFacts


@dataclass(frozen=True, kw_only=True)
class ProofFacts:
    """What a signer can prove by, and what is asked of the signature, as of the moment judged.

    `had_passkey` is so for good once a person had one: a password is no way back (S2). The gate
    and the office ask by the playbook in force. `is_locked` tells that the last one was stolen,
    `is_dead` that what proved it has ended.
    """

    had_passkey: bool = False
    can_use_passkey: bool = False
    has_password: bool = True
    gate_asks: bool = False
    office_asks: bool = False
    is_locked: bool = False
    is_dead: bool = False

    @property
    def asks_for_passkey(self) -> bool:
        """Whether nothing less is accepted."""
        return self.had_passkey or self.gate_asks or self.office_asks

    @property
    def level(self) -> str:
        """The least that is accepted."""
        return PASSKEY if self.asks_for_passkey else PASSWORD


def blockers_to_prove(facts: ProofFacts) -> Iterator[Blocker]:
    """Yield why no acceptable proof is possible, and how it becomes so (S4)."""
    yield from proving.blockers_to_prove(
        MeansFacts(
            asked_because=_why(facts) if facts.level == PASSKEY else "",
            can_use_passkey=facts.can_use_passkey,
            has_password=facts.has_password,
            is_locked=facts.is_locked,
        )
    )


def blockers_of_proof(level: str, facts: ProofFacts) -> Iterator[Blocker]:
    """Yield why a proof of this level does not do for the signature (S2)."""
    if facts.level == PASSKEY and level != PASSKEY:
        yield Blocker("level", "Confirm it with your passkey: a password is not enough here.")
    if facts.is_dead:
        yield Blocker("dead", "What you confirmed it with was taken off meanwhile. Begin again.")


def _why(facts: ProofFacts) -> str:
    if facts.had_passkey:
        return "You sign with a passkey, and have none that works here."
    if facts.gate_asks:
        return "This gate is signed with a passkey only, and you have none."
    return "Your office signs with a passkey only, and you have none."
