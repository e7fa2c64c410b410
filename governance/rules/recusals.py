"""Whoever should not judge steps back, and the sponsor names who signs in that place (A1)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from governance.rules.delegations import WritingFacts, blockers_to_accept
from governance.rules.refusing import LEAST_WORDS, blockers_of_text
from governance.rules.rounds import ESCALATED, IN_REVIEW
from kernel.refusals import Blocker


@dataclass(frozen=True, kw_only=True)
class Naming:
    """Who names a substitute, by what may bar that."""

    is_sponsor: bool
    signs_for: bool = False
    has_recused: bool = False


@dataclass(frozen=True, kw_only=True)
class Named:
    """Who is named, by what they did at this round; whether somebody is asked, or said no there."""

    has_sent: bool = False
    has_written: bool = False
    has_recused: bool = False
    others_asked: bool = False
    side_declined: bool = False


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
        yield Blocker("declined", "Your side has declined this: take that back first.")
    yield from blockers_of_text(reason, field="reason", least=LEAST_WORDS)


def blockers_to_substitute(
    facts: WritingFacts,
    *,
    sponsor: Naming,
    named: Named,
    is_open: bool,
    still_held: bool,
    reason: str,
) -> Iterator[Blocker]:
    """Yield why the sponsor cannot name this person for who stepped back (A1, D-2)."""
    if not sponsor.is_sponsor:
        yield Blocker("not_yours", "Only the sponsor names who signs in that place.")
    elif sponsor.signs_for or sponsor.has_recused:
        yield Blocker("signs", "Whoever signs here, or stepped back, does not choose who judges.")
    if not is_open:
        yield Blocker("state", "This round is not in review any more: nobody signs it.")
    elif not still_held:
        yield Blocker("over", "The office changed hands: its new holder signs.")
    yield from _blockers_of_named(named, is_own=facts.delegate.key == facts.writer)
    yield from blockers_to_accept(facts)
    yield from blockers_of_text(reason, field="reason", least=LEAST_WORDS)


def _blockers_of_named(named: Named, *, is_own: bool) -> Iterator[Blocker]:
    """Yield what this person did at the round, and what stands there for the side (A1, A3)."""
    if named.has_sent or named.has_written:
        done = "sent" if named.has_sent else "wrote part of"
        yield Blocker("own_work", f"This person {done} it. Choose somebody else.", "to")
    if named.has_recused and not is_own:
        yield Blocker("recused", "This person stepped back from it too.", "to")
    if named.others_asked:
        yield Blocker("asked", "Somebody is asked already. End that first.", "to")
    if named.side_declined:
        text = "That side has declined this. Nobody else is chosen over a no: decide on it instead."
        yield Blocker("declined", text)
