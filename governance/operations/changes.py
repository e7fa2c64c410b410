"""Answer a proposed change as the second person: confirm it, refuse it, or take it back (I19)."""

from datetime import datetime
from typing import cast

from governance.choices import ChangeKind, ChangeOutcome
from governance.models import Change, ChangeAnswer
from governance.operations.editions import put_in_force
from governance.operations.proposals import ChangeRefusedError, refuse_holding, said_of
from governance.queries.changes import answer_facts, standing_change
from governance.queries.step_up import asks_by_office
from governance.rules.changes import blockers_to_answer
from journal.acts import act, change_authority, record, seal
from journal.kinds import Kind
from people.choices import Holding, Office
from people.models import User
from people.operations.identity import IdentityProof
from people.operations.offices import appoint_by_two, end_term_by_two
from people.operations.proofs import refuse_weak
from people.operations.recovery import recover_second_factor
from people.queries import authority_of
from playbook.load import from_bytes

ANSWERED = {
    ChangeOutcome.CONFIRMED: Kind.CHANGE_CONFIRMED,
    ChangeOutcome.REFUSED: Kind.CHANGE_REFUSED,
    ChangeOutcome.TAKEN_BACK: Kind.CHANGE_TAKEN_BACK,
}


@act(refusals=True)
def answer_change(
    *,
    actor: User,
    change: Change,
    outcome: ChangeOutcome,
    at: datetime,
    proof: IdentityProof | None = None,
    reason: str = "",
) -> ChangeAnswer:
    """Confirm a change, which makes it; refuse it, or take it back, which changes nothing.

    The second person proves to be here; whoever takes an own proposal back need not.

    :raises ChangeRefusedError: when it was answered, has run out, or this is no second person.
    :raises WeakProofError: when the proof is not enough: a password, where there is a passkey.
    :raises RefusedError: as the act itself does that is confirmed.
    """
    change_authority()
    change = standing_change(change.pk)
    _judge_answer(change, actor=actor, outcome=outcome, proof=proof, at=at)
    answer = ChangeAnswer.objects.create(
        change=change,
        outcome=outcome,
        by=actor,
        by_key=actor.person_key,
        proposed_key=change.proposed_key,
        reason=seal(reason, person=actor) if reason else None,
        answered_at=at,
    )
    record(ANSWERED[outcome], actor=actor, subject=change, at=at, data=said_of(change))
    if outcome == ChangeOutcome.CONFIRMED:
        _make(change, actor=actor, at=at)
    return answer


def _judge_answer(
    change: Change,
    *,
    actor: User,
    outcome: ChangeOutcome,
    proof: IdentityProof | None,
    at: datetime,
) -> None:
    authority = authority_of(actor, at)
    if blockers := [*blockers_to_answer(answer_facts(change, authority, outcome, at))]:
        raise ChangeRefusedError(*blockers)
    if outcome != ChangeOutcome.TAKEN_BACK:
        asked = asks_by_office(authority.offices)
        refuse_weak(proof=proof, actor=actor, at=at, office_asks=asked)


def _make(change: Change, *, actor: User, at: datetime) -> None:
    """Do what was confirmed, with everything that follows from it, or nothing at all."""
    if change.kind == ChangeKind.PLAYBOOK:
        put_in_force(playbook=from_bytes(bytes(change.bytes or b"")), actor=actor, at=at)
    elif change.kind == ChangeKind.ENDING and change.term:
        end_term_by_two(actor=actor, term=change.term, at=at)
    elif change.kind == ChangeKind.RECOVERY and change.user:
        with_password = bool(change.with_password)
        recover_second_factor(actor=actor, user=change.user, at=at, with_password=with_password)
    else:
        # An appointment names a person: the database has no other.
        user, office = cast("User", change.user), Office(change.office)
        refuse_holding(user, office, change.capacity, change.ends_at, at=at)
        appoint_by_two(
            actor=actor,
            user=user,
            office=office,
            title=(change.title.text if change.title else None) or office.usual_title,
            ends_at=change.ends_at,
            capacity=Holding(change.capacity or Holding.SEAT),
            at=at,
        )
