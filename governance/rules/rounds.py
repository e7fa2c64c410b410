"""When a round may be opened, sent for signature, and taken back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kernel.refusals import Blocker

DRAFT, IN_REVIEW, ESCALATED, PASSED = "draft", "in_review", "escalated", "passed"
RESUME = "resume"
DESIGN_STAGE = 2
GATES = ("1", "2", "3", "4")


@dataclass(frozen=True, kw_only=True)
class OpeningFacts:
    """What must be known before a round of `gate` opens."""

    gate: str
    stage: int
    may_open: bool
    is_closed: bool
    is_paused: bool
    has_open_round: bool
    has_passed: bool
    previous_passed: bool
    finally_declined: bool
    reopens_on: str = ""
    is_archived: bool = False


def blockers_to_change_model(*, stage: int, state: str) -> Iterator[Blocker]:
    """Yield why the operating model stays: after gate 2 it changes at a gate only.

    `state` is that of the round now open, or "" without one. In review it is too late: both sides
    read the model that was frozen.
    """
    if stage > DESIGN_STAGE and state != DRAFT:
        yield Blocker(
            "model_fixed",
            "After gate 2 the operating model changes at a gate only: open the next gate first.",
            "operating_model",
        )


def blockers_to_open(facts: OpeningFacts) -> Iterator[Blocker]:
    """Yield every reason why no round of this gate may be opened now (T1)."""
    if not facts.may_open:
        yield Blocker("not_yours", "Only a lead of the initiative, the CIO or the CHRO may begin.")
    if facts.is_closed:
        yield Blocker("closed", "This initiative is closed. Its record stays.")
    if facts.is_archived:
        yield Blocker("archived", "It is in the archive. Bring it back first.")
    if facts.has_open_round:
        yield Blocker("open_round", "A round of this gate is open already.")
    if facts.finally_declined:
        yield Blocker("declined", "This gate was declined for good.")
    if facts.gate == RESUME:
        if not facts.is_paused:
            yield Blocker("not_paused", "The initiative is not paused.")
        return
    yield from _blockers_of_order(facts)


def _blockers_of_order(facts: OpeningFacts) -> Iterator[Blocker]:
    if facts.is_paused:
        yield Blocker("paused", "The initiative is paused. It must be resumed first.")
    if facts.gate not in GATES or int(facts.gate) != facts.stage:
        yield Blocker("stage", "This gate does not end the stage the initiative is in.")
    if not facts.previous_passed:
        yield Blocker("previous", "The gate before this one has not been passed.")
    if facts.has_passed and facts.gate != GATES[-1]:
        yield Blocker("passed", "This gate has been passed.")
    if facts.reopens_on:
        yield Blocker("too_early", f"The result is looked at again from {facts.reopens_on}.")


@dataclass(frozen=True, kw_only=True)
class SubmissionFacts:
    """What must be known before a round is sent for signature."""

    state: str
    gate: str
    may_submit: bool
    is_paused: bool
    holders: Mapping[str, str]
    needs_verdict: bool = False
    open_hard_commitments: int = 0
    bar: tuple[Blocker, ...] = ()
    unfit: tuple[Blocker, ...] = ()


def blockers_to_submit(facts: SubmissionFacts) -> Iterator[Blocker]:
    """Yield every reason why the round cannot be sent for signature (T3).

    `holders` maps each side to the person key that holds its office; `bar` is what
    `rules.criteria` says of the criteria, `unfit` what `rules.independence` says of the signers.
    """
    yield from _blockers_of_sending(facts)
    yield from _blockers_of_seats(facts.holders)
    yield from facts.unfit
    if facts.open_hard_commitments:
        count = facts.open_hard_commitments
        yield Blocker(
            "hard_commitments",
            f"{count} {'condition' if count == 1 else 'conditions'} of an earlier gate must be "
            "met and closed first.",
        )
    if facts.needs_verdict:
        yield Blocker("verdict", "Choose what you propose.", "verdict")
    yield from facts.bar


def _blockers_of_sending(facts: SubmissionFacts) -> Iterator[Blocker]:
    if facts.state != DRAFT:
        yield Blocker("state", "This round has been sent for signature already.")
    if not facts.may_submit:
        yield Blocker(
            "not_yours", "Only a lead of the initiative, the CIO or the CHRO may send it."
        )
    if facts.is_paused and facts.gate != RESUME:
        yield Blocker("paused", "The initiative is paused. It must be resumed first.")


def _blockers_of_seats(holders: Mapping[str, str]) -> Iterator[Blocker]:
    for side, office in (("technology", "CIO"), ("people", "CHRO")):
        if side not in holders:
            yield Blocker(
                f"vacant.{side}", f"Nobody holds the office of {office}: appoint someone."
            )
    if len(set(holders.values())) < len(holders):
        yield Blocker(
            "one_person",
            "Both offices are held by one person; two people must sign."
            " The sponsor proposes a counter-signer for one of them.",
        )


def blockers_to_withdraw(*, state: str, may_withdraw: bool) -> Iterator[Blocker]:
    """Yield every reason why a submission cannot be taken back (T14)."""
    if not may_withdraw:
        yield Blocker(
            "not_yours",
            "Only the person who sent it, a lead, the CIO or the CHRO may take it back.",
        )
    if state not in (DRAFT, IN_REVIEW):
        yield Blocker("state", "This round can no longer be taken back.")
