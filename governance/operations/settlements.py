"""Ending a disagreement: by both sides, by the sponsor once the day is over, or taken back.

Whichever way it ends, no gate opens and none closes.
"""

from datetime import datetime

from governance.choices import SettlementWay
from governance.models import Settlement, SettlementOffer
from governance.operations.disagreeing import (
    DisagreementRefusedError,
    cleaned,
    enter,
    held,
)
from governance.queries.disagreement_acts import may_take_back, offer_facts, speaker_facts
from governance.queries.disagreement_views import DisagreementView, Said
from governance.rules.disagreements import (
    blockers_to_confirm,
    blockers_to_decide,
    blockers_to_offer,
    blockers_to_take_back,
)
from initiatives.queries.memberships import part_of, side_to_lead_for, side_to_write_for
from initiatives.rules.memberships import JOINT
from journal.acts import act, seal
from journal.kinds import Kind
from journal.models import Sealed
from kernel.refusals import Blocker, ForbiddenError
from people.models import User
from people.queries import authority_of

ONLY_SPONSOR = Blocker("not_yours", "Only the sponsor settles what both sides could not.")


@act
def offer_settlement(
    *, actor: User, disagreement_id: int, words: str, seen: int, at: datetime
) -> SettlementOffer:
    """Write down how it was settled; it has ended once the other side confirms it.

    :raises NotVisibleError, ForbiddenError: for others than a lead or the key of a side.
    :raises DisagreementRefusedError: without words, or once it has ended.
    :raises DisagreementStaleError: when somebody said more since the form was opened.
    """
    found = held(disagreement_id, seen, actor, at)
    authority = authority_of(actor, at)
    side = side_to_lead_for(found.initiative, authority)
    words = cleaned(words, "words")
    if blockers := [*blockers_to_offer(speaker_facts(found, side, authority), words)]:
        raise DisagreementRefusedError(*blockers)
    offer = SettlementOffer.objects.create(
        disagreement_id=found.id,
        side=side,
        sealed=seal(words, person=actor),
        by=actor,
        by_key=actor.person_key,
        offered_at=at,
    )
    enter(Kind.SETTLEMENT_OFFERED, found, subject=offer, actor=actor, at=at, side=side)
    return offer


@act
def confirm_settlement(*, actor: User, disagreement_id: int, seen: int, at: datetime) -> Settlement:
    """Confirm for the own side what the other side wrote: two people of two sides end it.

    :raises NotVisibleError, ForbiddenError: for others than a lead or the key of a side.
    :raises DisagreementRefusedError: for the side or the person that wrote it.
    :raises DisagreementStaleError: when somebody said more since the form was opened.
    """
    found = held(disagreement_id, seen, actor, at)
    authority = authority_of(actor, at)
    side = side_to_lead_for(found.initiative, authority)
    facts = speaker_facts(found, side, authority)
    blockers = [*blockers_to_confirm(facts, offer_facts(found), authority.person_key)]
    if blockers or found.offer is None:
        raise DisagreementRefusedError(*blockers)
    settlement = _end(
        found,
        SettlementWay.AGREED,
        offer=found.offer,
        actor=actor,
        at=at,
    )
    _enter_end(Kind.DISAGREEMENT_SETTLED, found, settlement, actor=actor, at=at, side=side)
    return settlement


@act
def decide_disagreement(
    *, actor: User, disagreement_id: int, reason: str, seen: int, at: datetime
) -> Settlement:
    """Settle as the sponsor, with a reason, what both sides did not by their day.

    :raises NotVisibleError, ForbiddenError: for others than the sponsor.
    :raises DisagreementRefusedError: before the day is over, or without a reason.
    :raises DisagreementStaleError: when somebody said more since the form was opened.
    """
    found = held(disagreement_id, seen, actor, at)
    authority = authority_of(actor, at)
    if not authority.is_sponsor:
        raise ForbiddenError(ONLY_SPONSOR)
    reason = cleaned(reason, "reason")
    facts = speaker_facts(found, None, authority)
    blockers = [*blockers_to_decide(facts, due_on=found.due_on, today=found.today, reason=reason)]
    if blockers:
        raise DisagreementRefusedError(*blockers)
    sealed = seal(reason, person=actor)
    settlement = _end(found, SettlementWay.SPONSOR, sealed=sealed, actor=actor, at=at)
    _enter_end(Kind.DISAGREEMENT_SETTLED, found, settlement, actor=actor, at=at)
    return settlement


@act
def take_disagreement_back(
    *, actor: User, disagreement_id: int, reason: str, seen: int, at: datetime
) -> Settlement:
    """Take back, with a reason, what the own side raised.

    :raises NotVisibleError, ForbiddenError: for whoever works for neither side here.
    :raises DisagreementRefusedError: for the other side, or without a reason.
    :raises DisagreementStaleError: when somebody said more since the form was opened.
    """
    found = held(disagreement_id, seen, actor, at)
    authority = authority_of(actor, at)
    side = side_to_write_for(found.initiative, authority, side=JOINT)
    part = part_of(found.initiative, authority)
    reason = cleaned(reason, "reason")
    blockers = [
        *blockers_to_take_back(
            speaker_facts(found, side, authority),
            raised_by=found.side,
            may_settle=may_take_back(found, part, authority),
            reason=reason,
        )
    ]
    if blockers:
        raise DisagreementRefusedError(*blockers)
    sealed = seal(reason, person=actor)
    settlement = _end(found, SettlementWay.TAKEN_BACK, sealed=sealed, actor=actor, at=at)
    _enter_end(Kind.DISAGREEMENT_TAKEN_BACK, found, settlement, actor=actor, at=at, side=side)
    return settlement


def _end(
    found: DisagreementView,
    way: SettlementWay,
    *,
    actor: User,
    at: datetime,
    offer: Said | None = None,
    sealed: Sealed | None = None,
) -> Settlement:
    return Settlement.objects.create(
        disagreement_id=found.id,
        way=way,
        offer_id=offer.id if offer else None,
        offered_key=offer.by_key if offer else None,
        sealed=sealed,
        by=actor,
        by_key=actor.person_key,
        settled_at=at,
    )


def _enter_end(
    kind: Kind,
    found: DisagreementView,
    settlement: Settlement,
    *,
    actor: User,
    at: datetime,
    side: str = "",
) -> None:
    enter(kind, found, subject=settlement, actor=actor, at=at, side=side, way=settlement.way)
