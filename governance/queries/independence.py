"""Whose work a round is, and who is left to sign it where the risk is high."""

import json
from collections.abc import Mapping
from datetime import datetime

from governance.models import Delegation, Passage, Round
from governance.queries.delegations import (
    covers,
    stand_ins,
    writers_before,
    writers_since_passing,
)
from governance.rules.independence import Holder, Work, blockers_to_find_signers
from initiatives.choices import RiskTier
from initiatives.rules.risk import risk_tier
from journal.kinds import Kind
from journal.models import Entry
from journal.rows import label
from kernel.refusals import Blocker
from people.choices import Side
from people.queries import Seat


def work_of(round_: Round, *, sender: str = "") -> Work:
    """Return whose work the round is; `sender` is who would send it. No query but for high risk."""
    if round_.initiative.risk_tier != RiskTier.HIGH:
        return Work()
    sent_by = round_.submitted_by
    return Work(
        is_strict=True,
        sender=str(sent_by.person_key) if sent_by else sender,
        writers=writers_since_passing(round_),
    )


def work_judged(passage: Passage, number: int) -> Work:
    """Return whose work a decided round was, by what was frozen and by the journal alone.

    Nothing is asked of rows that may be changed: neither of the initiative as it is now, nor of the
    round. `number` is that of the entry of the decision.
    """
    frozen = json.loads(bytes(passage.round.snapshot.body))
    answers = frozen["content"]["initiative"]["risk"]
    if not answers or risk_tier(answers) != "high":
        return Work()
    sent = Entry.objects.filter(
        kind=Kind.ROUND_SUBMITTED,
        subject_type=label(passage.round),
        subject_id=str(passage.round_id),
        seq__lt=number,
    )
    sender = sent.order_by("-seq").values_list("actor_key", flat=True).first()
    return Work(
        is_strict=True,
        sender=str(sender or ""),
        writers=writers_before(passage.round, number),
    )


def unfit_to_sign(
    round_: Round, seats: Mapping[Side, Seat], *, at: datetime, sender: str = ""
) -> tuple[Blocker, ...]:
    """Return for which side nobody is left to sign a round, as sent or as `sender` sends it."""
    work = work_of(round_, sender=sender)
    if not work.is_strict:
        return ()
    holders = {
        str(side): Holder(person_key=str(seat.person_key), name=seat.name)
        for side, seat in seats.items()
    }
    return tuple(blockers_to_find_signers(work, holders, _stood_in(round_, work, at)))


def _stood_in(round_: Round, work: Work, at: datetime) -> set[str]:
    """Return the sides for which somebody signs in the holder's place, and may sign this."""
    rows = Delegation.objects.accepted().resting(at).filter(starts_at__lte=at, ends_at__gt=at)
    found = stand_ins([row.pk for row in rows if covers(row, round_)], round_, at)
    return {
        one.side for one in found.values() if not one.blockers and not work.bars(one.person_key)
    }
