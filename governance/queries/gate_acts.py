"""What the reader of a gate may do there, and why not; the same rules refuse the act itself."""

from dataclasses import dataclass
from datetime import datetime

from governance.choices import RoundState
from governance.queries.delegations import stand_ins
from governance.queries.gate_page import GateRounds
from governance.queries.independence import unfit_to_sign, work_of
from governance.queries.review_page import ReviewPage
from governance.queries.rounds import is_before_gate
from governance.queries.signed_acts import SignedView, standing
from governance.rules.deadlines import contest_until
from governance.rules.independence import blockers_of_own_work
from governance.rules.refusing import blockers_to_contest, blockers_to_take_back
from governance.rules.rounds import RESUME
from initiatives.choices import RiskTier
from initiatives.queries.days import working_days
from people.choices import Side
from people.models import User
from people.queries import seat_holders


@dataclass(frozen=True, kw_only=True)
class GateActs:
    """Doors that are open to the reader; `waits` says why the sign panel is not."""

    side: Side | None = None
    in_place_of: str = ""
    unfit: tuple[str, ...] = ()
    may_sign: bool = False
    waits: str = ""
    own_signature: SignedView | None = None
    to_take_back: SignedView | None = None
    to_contest: SignedView | None = None
    contest_until: datetime | None = None
    may_withdraw: bool = False


def contest_ends(declined_at: datetime, zone: str) -> datetime:
    """Return until when a decline can be contested, by the working week of the organisation."""
    return contest_until(declined_at, zone, working_days())


def acts_at(page: ReviewPage, user: User, at: datetime) -> GateActs:
    """Return what `user` may do at a round whose content was frozen."""
    side = page.side
    stands = standing(page.acts)
    own = stands.get(side) if side else None
    waits = _waits(page, side, stands) or _barred(page, user, at)
    return GateActs(
        side=side,
        unfit=_unfit(page, at),
        in_place_of=page.text.seats.get(str(side), "") if page.warrant else "",
        may_sign=side is not None and page.round.is_in_review and not waits,
        waits=waits,
        own_signature=own
        if own and own.is_live and own.is_of(user.pk) and page.round.is_in_review
        else None,
        to_take_back=_to_take_back(page, side, stands),
        to_contest=_to_contest(page, side, stands, at),
        contest_until=_until(stands),
        may_withdraw=page.round.state == RoundState.IN_REVIEW
        and (
            page.authority.key_side is not None
            or page.round.submitted_by_id == user.pk
            or str(user.person_key) in page.lead_keys
        ),
    )


def is_held(page: GateRounds) -> bool:
    """Tell whether a pause keeps this gate shut; the way out of the pause stays open."""
    return page.initiative.is_paused and page.round.gate != RESUME


def _waits(page: ReviewPage, side: Side | None, stands: dict[Side, SignedView]) -> str:
    """Return why the holder of a key cannot sign now, "" when nothing is in the way."""
    if side is None or not page.round.is_in_review:
        return ""
    own = stands.get(side)
    reasons = {
        "The initiative is paused. Nothing can be signed until both sides resume it.": is_held(
            page
        ),
        "Part of this text is not what was frozen. Nothing can be signed on it.": not (
            page.text.is_true
        ),
        "You have signed this. The other half is still open.": own is not None and own.is_live,
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def _barred(page: ReviewPage, user: User, at: datetime) -> str:
    """Return what bars this person from signing just this: own work, or standing in; "" if not."""
    if page.side is None or not page.round.is_in_review:
        return ""
    found = [*blockers_of_own_work(work_of(page.round), str(user.person_key))]
    if page.warrant is not None:
        [one] = stand_ins([page.warrant.id], page.round, at).values()
        found = [*one.blockers, *found]
    return found[0].message if found else ""


def _unfit(page: ReviewPage, at: datetime) -> tuple[str, ...]:
    """Say for which side nobody may sign, to everybody who reads; only high risk asks."""
    if page.initiative.risk_tier != RiskTier.HIGH or not page.round.is_in_review:
        return ()
    return tuple(one.message for one in unfit_to_sign(page.round, seat_holders(at), at=at))


def _declined(stands: dict[Side, SignedView]) -> SignedView | None:
    return next((one for one in stands.values() if one.is_decline), None)


def _to_take_back(
    page: ReviewPage, side: Side | None, stands: dict[Side, SignedView]
) -> SignedView | None:
    decline = _declined(stands)
    if decline is None:
        return None
    blockers = blockers_to_take_back(state=page.round.state, is_decliner=decline.side == side)
    return None if [*blockers] else decline


def _until(stands: dict[Side, SignedView]) -> datetime | None:
    decline = _declined(stands)
    return contest_ends(decline.signed_at, decline.zone) if decline else None


def _to_contest(
    page: ReviewPage, side: Side | None, stands: dict[Side, SignedView], at: datetime
) -> SignedView | None:
    decline, until = _declined(stands), _until(stands)
    if decline is None or until is None or decline.contested_at:
        return None
    blockers = blockers_to_contest(
        state=page.round.state,
        is_other_side=side is not None and side != decline.side,
        newer={one.state for one in page.rounds if one.n > page.round.n},
        is_resolved=hasattr(page.round, "resolution"),
        is_before=is_before_gate(page.round, is_final=decline.is_final),
        until=until,
        at=at,
    )
    return None if [*blockers] else decline
