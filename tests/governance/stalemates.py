"""Rounds that are before the sponsor, made by operations."""

from datetime import datetime, timedelta

from governance.choices import Resolved, SigningAct
from governance.models import Decline, Resolution, Round
from governance.operations.calendars import keep_day
from governance.operations.ceremony import Presence, prove
from governance.operations.escalations import watch_review
from governance.operations.refusals import decline_gate
from governance.operations.resolutions import begin_resolving, resolve_round
from governance.queries.rounds import get_round
from governance.queries.standing import signing_facts
from governance.rules.wishes import Wish
from people.models import User
from tests.cast import PASSWORD
from tests.gates import SESSION, World, presence_of, sign

REASON = "Both positions were heard; the work has to be looked at again by both."
DISSENT = "We hold that nobody can appeal against what the machine decides."
MOMENT = timedelta(seconds=20)


def decline(person: User, round_: Round, *, at: datetime) -> Decline:
    """Decline as `person` would."""
    wish = Wish(act=SigningAct.DECLINE, code="privacy", reason=REASON, reversed_by=REASON)
    return decline_gate(
        presence=presence_of(person, round_.pk, at=at, wish=wish), actor=person, at=at + MOMENT
    )


def fall_silent(world: World, round_: Round, *, at: datetime) -> datetime:
    """Let Technology sign, and People keep silent until the sponsor is asked; return when."""
    sign(world.cast.ivo, round_.pk, at=at)
    late = at + timedelta(days=12)
    watch_review(round_id=round_.pk, at=late)
    round_.refresh_from_db()
    return late


def change_days(world: World, at: datetime) -> None:
    """Change afterwards what the CHRO's days are counted by: the zone, and two days kept off."""
    cast = world.cast
    cast.hana.zone = "Pacific/Midway"
    cast.hana.save(update_fields=["zone"])
    for days in range(1, 9):
        day = (at + timedelta(days=days)).date()
        keep_day(day=day, is_worked=False, name="Stocktaking", actor=cast.ada, at=at)


def sponsor_presence(
    cleo: User, round_id: int, way: str, *, at: datetime, reason: str = REASON
) -> Presence:
    """Go through the ceremony as the sponsor would."""
    now = signing_facts(get_round(round_id), at).now
    intent = begin_resolving(
        round_id=round_id,
        way=Resolved(way),
        reason=reason,
        seen={"snapshot": now.snapshot, "terms": now.terms},
        session_ref=SESSION,
        actor=cleo,
        at=at,
    )
    return prove(
        nonce=intent.nonce,
        session_ref=SESSION,
        password=PASSWORD,
        code="",
        actor=cleo,
        at=at + MOMENT,
    )


def resolve(cleo: User, round_id: int, way: str, *, at: datetime) -> Resolution:
    """Decide as the sponsor would."""
    presence = sponsor_presence(cleo, round_id, way, at=at)
    return resolve_round(presence=presence, actor=cleo, at=at + MOMENT)
