"""What decides whether somebody may hold a key otherwise than in office."""

from datetime import datetime

from governance.queries.delegations import speaks_for
from governance.rules.holdings import HoldingFacts
from initiatives.rules.questions import other_side
from people.choices import SIDE_OF_KEY, Holding, Office
from people.models import User
from people.queries import key_terms


def holding_facts(
    user: User, office: Office, capacity: str, *, ends_at: datetime | None, at: datetime
) -> HoldingFacts:
    """Collect what must be known before `user` holds `office` like that."""
    side = SIDE_OF_KEY.get(office)
    other = other_side(side) if side else None
    beside = key_terms(at).get(other) if other else None
    return HoldingFacts(
        capacity=str(capacity),
        side=str(side or ""),
        at=at,
        ends_at=ends_at,
        other_key_is_held=beside is not None and beside.capacity != Holding.COUNTER_SIGNER,
        other_key_ends_at=beside.ends_at if beside else None,
        speaks_otherwise_in=[one.code for one in speaks_for(other, user.person_key, [])]
        if other
        else (),
    )
