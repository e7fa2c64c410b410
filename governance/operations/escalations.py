"""What follows when one side keeps silent: reminders, and in the end the sponsor is asked.

The clock task starts these. Each is judged again under the round's lock, so that it may run twice
or late, and nothing here ever approves.
"""

from datetime import datetime

from governance.choices import EscalationCause, RoundState
from governance.models import Dissent, Escalation, Reminder, Round
from governance.operations.locking import locked_round
from governance.queries.delegations import side_of
from governance.queries.escalations import (
    case_of,
    reply_ends,
    reviewed_rounds,
    sides_waiting,
    stated_sides,
)
from governance.rules.escalations import (
    Waiting,
    blockers_to_dissent,
    silent_side,
    steps_due,
)
from journal.acts import act, record, seal
from journal.kinds import Kind
from kernel.refusals import Blocker, RefusedError
from kernel.turns import each_in_turn
from people.models import User

CLOCK = "clock"


class EscalationRefusedError(RefusedError):
    """Nothing is due at this round any more."""


class DissentRefusedError(RefusedError):
    """The dissent cannot be stated: by this person, now, or in these words."""


def watch_reviews(*, at: datetime) -> int:
    """Remind, and ask the sponsor, wherever it is due; return at how many rounds it was."""
    return each_in_turn(lambda pk: watch_review(round_id=pk, at=at), reviewed_rounds())


def watch_review(*, round_id: int, at: datetime) -> bool:
    """Do what is due at one round; say whether anything was."""
    round_ = Round.objects.select_related("initiative").get(pk=round_id)
    sides = sides_waiting(round_, at)
    if not silent_side(sides) and not any(steps_due(one) for one in sides):
        return False
    try:
        _watch(round_id=round_id, at=at)
    except EscalationRefusedError:
        return False
    return True


@act
def _watch(*, round_id: int, at: datetime) -> None:
    round_ = locked_round(round_id)
    sides = sides_waiting(round_, at) if round_.state == RoundState.IN_REVIEW else []
    due = [one for one in sides if steps_due(one)]
    silent = silent_side(sides)
    if not due and not silent:
        raise EscalationRefusedError(Blocker("state", "Somebody answered in the meantime."))
    for one in due:
        _remind(round_, one, at)
    if silent:
        escalate(round_=round_, cause=EscalationCause.SILENCE, against=silent, actor=CLOCK, at=at)


def _remind(round_: Round, waiting: Waiting, at: datetime) -> None:
    """Note every reminder that is due; of several after a standstill one mail is sent."""
    steps = steps_due(waiting)
    rows = [
        Reminder.objects.create(round=round_, side=waiting.side, step=step, reminded_at=at)
        for step in steps
    ]
    record(
        Kind.ANSWER_REMINDED,
        actor=CLOCK,
        subject=rows[-1],
        thread=round_.initiative,
        at=at,
        data={
            "round": round_.pk,
            "gate": round_.gate,
            "side": waiting.side,
            "step": steps[-1],
            "steps": steps,
        },
    )


@act
def escalate(
    *, round_: Round, cause: EscalationCause, against: str, actor: User | str, at: datetime
) -> Escalation:
    """Put a round before the sponsor (T12). The caller holds the round's lock and has judged."""
    row = Escalation.objects.create(
        round=round_,
        cause=cause,
        against=against,
        escalated_at=at,
        reply_until=reply_ends(round_, against, at),
    )
    round_.state = RoundState.ESCALATED
    round_.save(update_fields=["state"])
    record(
        Kind.ROUND_ESCALATED,
        actor=actor,
        subject=row,
        thread=round_.initiative,
        at=at,
        data={
            "round": round_.pk,
            "gate": round_.gate,
            "cause": str(cause),
            "against": str(against),
        },
    )
    return row


@act(refusals=True)
def state_dissent(*, round_id: int, text: str, actor: User, at: datetime) -> Dissent:
    """State how one's side sees it, for the sponsor and for ever (T12).

    :raises DissentRefusedError: for others than the two sides, a second time before the sponsor
        is asked anew, or in a few words.
    """
    round_ = locked_round(round_id)
    side, case = side_of(actor, round_, at), case_of(round_)
    text = text.strip()
    blockers = [
        *blockers_to_dissent(
            side=str(side or ""),
            state=round_.state,
            has_stated=case is not None and side in stated_sides(round_, case),
            text=text,
        )
    ]
    if blockers or case is None:
        raise DissentRefusedError(*blockers)
    row = Dissent.objects.create(
        round=round_,
        side=str(side),
        by=actor,
        sealed=seal(text, person=actor),
        stated_at=at,
        about=case.asked_by,
    )
    record(
        Kind.DISSENT_STATED,
        actor=actor,
        subject=row,
        thread=round_.initiative,
        at=at,
        data={"round": round_.pk, "side": str(side), "dissent": row.sealed_id},
    )
    return row
