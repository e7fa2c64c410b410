"""Who may change who decides and by which rules: one proposes, somebody else confirms (I19)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from governance.choices import ChangeKind, ChangeOutcome
from kernel.refusals import Blocker
from people.choices import Office

STANDS_FOR = timedelta(days=30)
MOST_REASON = 2000

KEEPERS = frozenset({Office.ADMINISTRATOR, Office.SPONSOR})
DECIDERS = KEEPERS | {Office.CIO, Office.CHRO}
PROPOSERS: dict[ChangeKind, frozenset[Office]] = {
    ChangeKind.APPOINTMENT: KEEPERS,
    ChangeKind.ENDING: KEEPERS,
    ChangeKind.PLAYBOOK: frozenset({Office.ADMINISTRATOR}),
    ChangeKind.RECOVERY: KEEPERS,
}
CONFIRMERS: dict[ChangeKind, frozenset[Office]] = {
    ChangeKind.APPOINTMENT: DECIDERS,
    ChangeKind.ENDING: DECIDERS,
    ChangeKind.PLAYBOOK: DECIDERS,
    ChangeKind.RECOVERY: KEEPERS,
}
WHO_PROPOSES = {
    ChangeKind.PLAYBOOK: "An administrator proposes this. Ask one.",
}
WHO_CONFIRMS = {
    ChangeKind.RECOVERY: "An administrator or the sponsor confirms this.",
}


@dataclass(frozen=True, kw_only=True)
class ProposalFacts:
    """What must be known before a change is proposed."""

    kind: ChangeKind
    offices: frozenset[Office]
    proposer: UUID
    concerned: UUID | None
    is_proposed: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class AnswerFacts:
    """What must be known before a proposed change is answered."""

    kind: ChangeKind
    outcome: ChangeOutcome
    offices: frozenset[Office]
    answerer: UUID | None
    proposer: UUID
    proposer_offices: frozenset[Office]
    concerned: UUID | None
    is_answered: bool
    has_run_out: bool


def blockers_to_propose(facts: ProposalFacts) -> Iterator[Blocker]:
    """Yield every reason why this person cannot propose this change."""
    if not facts.offices & PROPOSERS[facts.kind]:
        words = "An administrator or the sponsor proposes this. Ask one."
        yield Blocker("not_entitled", WHO_PROPOSES.get(facts.kind, words))
    if facts.kind == ChangeKind.RECOVERY and facts.concerned == facts.proposer:
        text = "Somebody else asks for it. On your profile you remove your own."
        yield Blocker("own_factor", text)
    if facts.is_proposed:
        yield Blocker("proposed", "The same waits for a second person already.")
    yield from _reason_blockers(facts.reason)


def _reason_blockers(reason: str) -> Iterator[Blocker]:
    if not 0 < len(reason) <= MOST_REASON:
        text = f"Say why, in up to {MOST_REASON} characters: the second person reads it."
        yield Blocker("reason", text, "reason")


def blockers_to_answer(facts: AnswerFacts) -> Iterator[Blocker]:
    """Yield every reason why this person cannot answer this change so."""
    if facts.is_answered:
        yield Blocker("answered", "It has been answered meanwhile.")
        return
    if facts.has_run_out:
        text = f"Nobody answered within {STANDS_FOR.days} days. Propose it again."
        yield Blocker("run_out", text)
        return
    if facts.outcome == ChangeOutcome.TAKEN_BACK:
        if facts.answerer != facts.proposer:
            yield Blocker("not_yours", "Only whoever proposed it takes it back.")
        return
    yield from _second_person_blockers(facts)
    is_entitled = bool(facts.proposer_offices & PROPOSERS[facts.kind])
    if facts.outcome == ChangeOutcome.CONFIRMED and not is_entitled:
        text = "Whoever proposed it could not do so any more. Somebody else proposes it again."
        yield Blocker("proposer_left", text)


def _second_person_blockers(facts: AnswerFacts) -> Iterator[Blocker]:
    """Yield why this is not the second person of the two."""
    if not facts.offices & CONFIRMERS[facts.kind]:
        words = "An administrator, the sponsor or the holder of a key confirms this."
        yield Blocker("not_entitled", WHO_CONFIRMS.get(facts.kind, words))
    if facts.answerer == facts.proposer:
        yield Blocker("same_person", "You proposed it. A second person answers.")
    if facts.answerer == facts.concerned:
        yield Blocker("concerns_you", "It is about you. Somebody else answers.")


def has_run_out(proposed_at: datetime, at: datetime) -> bool:
    """Tell whether a proposal has waited so long that it counts for nothing."""
    return at >= proposed_at + STANDS_FOR


def may_confirm_some(offices: frozenset[Office]) -> bool:
    """Tell whether changes of any kind wait for holders of these offices."""
    return any(offices & entitled for entitled in CONFIRMERS.values())
