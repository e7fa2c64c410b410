"""What was waived in the text that both signed becomes a hard commitment (C4)."""

import json
from datetime import date, datetime
from typing import Any

from governance.choices import ConditionKind, Excuse, OnBreach
from governance.models import Commitment, Passage
from governance.rules.waiving import WAIVED
from journal.acts import act, record, seal
from journal.kinds import Kind
from kernel.canonical import canonical
from people.choices import Side
from people.models import User
from people.queries import people_by_key
from playbook.editions import edition

KEY_LENGTH = 32


@act
def commit_waived(*, passage: Passage, actor: User, at: datetime) -> list[Commitment]:
    """Make one hard commitment of each waiver: whoever put it there owes it by its day.

    It is closed by the side of the point; People closes what belongs to both.
    """
    snapshot = json.loads(bytes(passage.round.snapshot.body))
    waived = [one for one in snapshot["criteria"] if one.get("excuse") == Excuse.WAIVED]
    owners = people_by_key([one["stated"]["by"] for one in waived])
    by_key = {str(key): person for key, person in owners.items()}
    made = [_made(passage, one, by_key[one["stated"]["by"]]) for one in waived]
    for commitment in made:
        record(
            Kind.COMMITMENT_MADE,
            actor=actor,
            subject=commitment,
            thread=passage.round.initiative,
            at=at,
            data={"passage": passage.pk, "condition": commitment.condition},
        )
    return made


def _made(passage: Passage, row: dict[str, Any], owner: User) -> Commitment:
    about = edition(passage.round.edition).criterion(row["key"])
    said = {"text": f"Meet what was waived: {about.text}", "evidence": "The point is met."}
    return Commitment.objects.create(
        passage=passage,
        condition=f"{WAIVED}{about.key}"[:KEY_LENGTH],
        owner=owner,
        due_on=date.fromisoformat(row["stated"]["valid_until"]),
        kind=ConditionKind.HARD,
        on_breach=OnBreach.ESCALATE,
        asked_by=Side.PEOPLE if about.side == "joint" else Side(about.side),
        sealed=seal(canonical(said).decode("utf-8")),
    )
