"""What decides whether somebody may be let to sign, may take it on, and who ends it."""

from datetime import date, datetime, timedelta
from uuid import UUID

from governance.models import Delegation
from governance.queries.delegations import offices_of_person, scope_of, speaks_for
from governance.rules.delegations import Delegate, Given, Scope, WritingFacts
from initiatives.models import Membership
from initiatives.queries.days import home_day
from initiatives.rules.questions import other_side
from people.choices import SIDE_OF_KEY, Holding, Office, Side
from people.models import OfficeTerm, User
from people.queries import authority_of, seat_holders


def writing_facts(
    *,
    writer: User,
    to: User,
    scope: Scope,
    starts_at: datetime,
    ends_at: datetime,
    at: datetime,
    round_id: int | None = None,
) -> WritingFacts:
    """Collect what must be known before `to` may sign in the place of `writer`."""
    held = authority_of(writer, at)
    side = held.key_side
    lasting = Delegation.objects.accepted().resting(at).filter(ends_at__gt=at)
    lasting = lasting.select_related("recusal")
    seat = seat_holders(at).get(side) if side else None
    return WritingFacts(
        side=str(side or ""),
        term_id=held.key_term_id or 0,
        writer=str(writer.person_key),
        delegate=_delegate(to, side, scope, at),
        scope=scope,
        starts_at=starts_at,
        ends_at=ends_at,
        is_counter_signer=seat is not None and seat.capacity == Holding.COUNTER_SIGNER,
        accepted=[_given(row) for row in lasting],
        round_id=round_id,
    )


def asked_already(facts: WritingFacts, at: datetime) -> int | None:
    """Return the delegation that stands of the same holder, person, days and scope, if any."""
    rows = (
        Delegation.objects.standing()
        .resting(at)
        .filter(
            recusal=None,
            term_id=facts.term_id,
            to_key=UUID(facts.delegate.key),
            ends_at=facts.ends_at,
            gates=sorted(facts.scope.gates),
            initiatives=sorted(facts.scope.initiatives),
            risks=sorted(facts.scope.risks),
        )
    )
    first = home_day(facts.starts_at)  # what is asked for today begins at its own moment
    return next((row.pk for row in rows.order_by("pk") if home_day(row.starts_at) == first), None)


def may_revoke(actor: User, row: Delegation, at: datetime) -> bool:
    """Tell whether `actor` may end it: whoever holds that key now, or the sponsor.

    Who stepped back does not end what the sponsor gave in their place.
    """
    authority = authority_of(actor, at)
    return authority.is_sponsor or (authority.key_side == row.side and row.recusal_id is None)


def side_of_part(taken: Membership | OfficeTerm) -> str:
    """Return the side that a part or an office speaks for; "" for the sponsor, who has none."""
    if isinstance(taken, Membership):
        return taken.side
    return str(SIDE_OF_KEY.get(Office(taken.office), ""))


def stands_in_until(
    person_key: UUID, side: str, *, initiative_id: int | None, at: datetime
) -> date | None:
    """Return until when the person signs in the place of another side's holder, if so.

    Only as far as `initiative_id` lies in the scope; without one, any scope counts.
    """
    rows = Delegation.objects.accepted().resting(at).filter(to_key=person_key, ends_at__gt=at)
    for row in rows.exclude(side=side).order_by("-ends_at"):
        if initiative_id is None or not row.initiatives or initiative_id in row.initiatives:
            return last_day(row)
    return None


def last_day(row: Delegation) -> date:
    """Return the last day of a delegation, where the organisation is."""
    return home_day(row.ends_at - timedelta(seconds=1))


def _delegate(to: User, side: Side | None, scope: Scope, at: datetime) -> Delegate:
    """Return what may bar the person, by whatever login; of every initiative, once it is signed."""
    held = offices_of_person(to.person_key, at)
    speaks = speaks_for(other_side(side), to.person_key, scope.initiatives) if side else []
    return Delegate(
        key=str(to.person_key),
        is_active=to.is_active,
        holds_key_of=next((str(one) for key, one in SIDE_OF_KEY.items() if key in held), ""),
        is_sponsor=Office.SPONSOR in held,
        is_auditor=Office.AUDITOR in held,
        speaks_otherwise_in=[one.code for one in speaks] if scope.initiatives else (),
    )


def _given(row: Delegation) -> Given:
    return Given(
        side=row.side,
        to_key=str(row.to_key),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        scope=scope_of(row),
        round_id=row.round_id,
    )
