"""Disagreeing: what about, both positions, and the day by which it is to be settled.

None of it touches a gate: what is signed, who may sign and what passes stay as they are.
"""

from datetime import date, datetime

from governance.choices import RoundState
from governance.models import Deadline, Disagreement, Position
from governance.operations.disagreeing import (
    DisagreementRefusedError,
    cleaned,
    cleaned_line,
    enter,
    held,
)
from governance.queries.disagreement_acts import day_facts, speaker_facts
from governance.queries.disagreements import open_subjects
from governance.queries.rounds import get_round
from governance.rules.disagreements import (
    RaiseFacts,
    agrees,
    blockers_to_name_day,
    blockers_to_raise,
    blockers_to_state,
)
from initiatives.queries.initiatives import locked
from initiatives.queries.memberships import side_to_lead_for, side_to_write_for
from initiatives.rules.memberships import JOINT
from journal.acts import act, record, seal
from journal.kinds import Kind
from people.choices import Side
from people.models import User
from people.queries import authority_of


@act
def raise_disagreement(
    *, actor: User, round_id: int, subject: str, position: str, due_on: date, at: datetime
) -> Disagreement:
    """Say beside a gate, or beside what was decided there, what the side sees differently.

    :raises NotVisibleError, ForbiddenError: for whoever works for neither side here.
    :raises DisagreementRefusedError: without words, or for a day that cannot be.
    """
    initiative = locked(get_round(round_id).initiative_id)
    round_ = get_round(round_id)
    side = side_to_write_for(initiative, authority_of(actor, at), side=JOINT)
    facts = RaiseFacts(
        subject=cleaned_line(subject, "subject"),
        position=cleaned(position, "position"),
        due_on=due_on,
        is_over=initiative.is_over,
        open_subjects=open_subjects(round_, side),
    )
    if blockers := [*blockers_to_raise(facts, day_facts(at))]:
        raise DisagreementRefusedError(*blockers)
    row = Disagreement.objects.create(
        round=round_,
        is_of_decision=round_.state == RoundState.PASSED,
        side=side,
        subject=seal(facts.subject, person=actor),
        raised_by=actor,
        raised_at=at,
    )
    _state(row.pk, side, facts.position, actor=actor, at=at)
    _name(row.pk, side, due_on, is_in_force=True, actor=actor, at=at)
    said = {"disagreement": row.pk, "gate": round_.gate, "round": round_.pk, "side": side}
    data = {**said, "due_on": due_on.isoformat()}
    kind = Kind.DISAGREEMENT_RAISED
    record(kind, actor=actor, subject=row, thread=initiative, at=at, data=data)
    return row


@act
def state_position(
    *, actor: User, disagreement_id: int, position: str, seen: int, at: datetime
) -> Position:
    """Answer with the own side's position, or write it anew; earlier words are kept.

    :raises NotVisibleError, ForbiddenError: for whoever works for neither side here.
    :raises DisagreementRefusedError: without words, or once it has ended.
    :raises DisagreementStaleError: when somebody said more since the form was opened.
    """
    found = held(disagreement_id, seen, actor, at)
    authority = authority_of(actor, at)
    side = side_to_write_for(found.initiative, authority, side=JOINT)
    position = cleaned(position, "position")
    facts = speaker_facts(found, side, authority)
    if blockers := [*blockers_to_state(facts, position)]:
        raise DisagreementRefusedError(*blockers)
    row = _state(found.id, side, position, actor=actor, at=at)
    enter(Kind.POSITION_STATED, found, subject=row, actor=actor, at=at, side=side)
    return row


@act
def name_deadline(
    *, actor: User, disagreement_id: int, due_on: date, seen: int, at: datetime
) -> Deadline:
    """Name a day by which it is to be settled; it is in force once both sides name it.

    :raises NotVisibleError, ForbiddenError: for others than a lead or the key of a side.
    :raises DisagreementRefusedError: for a day that cannot be, or once it has ended.
    :raises DisagreementStaleError: when somebody said more since the form was opened.
    """
    found = held(disagreement_id, seen, actor, at)
    authority = authority_of(actor, at)
    side = side_to_lead_for(found.initiative, authority)
    facts = speaker_facts(found, side, authority)
    if blockers := [*blockers_to_name_day(facts, due_on, day_facts(at, found.named))]:
        raise DisagreementRefusedError(*blockers)
    agreed = agrees(side, due_on, found.named)
    row = _name(found.id, side, due_on, is_in_force=agreed, actor=actor, at=at)
    kind = Kind.DEADLINE_AGREED if agreed else Kind.DEADLINE_NAMED
    enter(kind, found, subject=row, actor=actor, at=at, side=side, due_on=due_on.isoformat())
    return row


def _state(disagreement_id: int, side: Side, text: str, *, actor: User, at: datetime) -> Position:
    return Position.objects.create(
        disagreement_id=disagreement_id,
        side=side,
        sealed=seal(text, person=actor),
        by=actor,
        by_key=actor.person_key,
        stated_at=at,
    )


def _name(
    disagreement_id: int, side: Side, due_on: date, *, is_in_force: bool, actor: User, at: datetime
) -> Deadline:
    return Deadline.objects.create(
        disagreement_id=disagreement_id,
        side=side,
        due_on=due_on,
        is_in_force=is_in_force,
        by=actor,
        by_key=actor.person_key,
        named_at=at,
    )
