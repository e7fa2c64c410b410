"""Whoever should not judge steps back, and the sponsor names who signs in that place (A1)."""

from collections.abc import Collection, Iterator

from governance.rules.delegations import WritingFacts, blockers_to_accept
from governance.rules.refusing import LEAST_WORDS, blockers_of_text
from governance.rules.rounds import ESCALATED, IN_REVIEW
from kernel.refusals import Blocker


def stepped_back() -> Blocker:
    """Return what is told to whoever stepped back, at each door of the round (A1)."""
    return Blocker(
        "recused", "You stepped back from this. The sponsor names who signs in your place."
    )


def blockers_of_recused(recused: Collection[str], person_key: str) -> Iterator[Blocker]:
    """Yield why this person neither signs nor refuses a round: they stepped back from it (A1)."""
    if person_key in recused:
        yield stepped_back()


def blockers_to_recuse(
    *, holds_key: bool, state: str, has_recused: bool, has_declined: bool, reason: str
) -> Iterator[Blocker]:
    """Yield why nobody can step back here (A1): it takes a key, an open round and a reason."""
    if has_recused:
        yield stepped_back()
    elif not holds_key:
        yield Blocker("not_yours", "Only who holds a key steps back. Answer no to who asked you.")
    if state not in (IN_REVIEW, ESCALATED):
        yield Blocker("state", "This round is not in review, so there is nothing to judge.")
    if has_declined:
        yield Blocker("declined", "Take your decline back first, then step back.")
    yield from blockers_of_text(reason, field="reason", least=LEAST_WORDS)


def blockers_to_substitute(
    facts: WritingFacts,
    *,
    is_sponsor: bool,
    is_open: bool,
    still_held: bool,
    has_sent: bool,
    has_written: bool,
    reason: str,
) -> Iterator[Blocker]:
    """Yield why the sponsor cannot name this person for who stepped back (A1, D-2)."""
    if not is_sponsor:
        yield Blocker("not_yours", "Only the sponsor names who signs in that place.")
    if not is_open:
        yield Blocker("state", "This round is not in review any more: nobody signs it.")
    elif not still_held:
        yield Blocker("over", "The office changed hands: its new holder signs.")
    if has_sent or has_written:
        done = "sent" if has_sent else "wrote part of"
        yield Blocker("own_work", f"This person {done} it. Choose somebody else.", "to")
    yield from blockers_to_accept(facts)
    yield from blockers_of_text(reason, field="reason", least=LEAST_WORDS)
