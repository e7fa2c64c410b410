"""How a round in review stands with each side's time, and what is before the sponsor and why."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q

from governance.choices import STEPS, EscalationCause, ReturnReason, RoundState
from governance.models import (
    Contest,
    Decline,
    Delegation,
    Dissent,
    Escalation,
    GateSide,
    Proof,
    Reminder,
    Round,
)
from governance.queries.calendars import calendars_of_keys
from governance.queries.delegations import covers
from governance.queries.lanes import rests_of
from governance.queries.recusals import empty_sides, taken_on
from governance.queries.recused import is_of_recused, recused_of
from governance.queries.stops import drill_of
from governance.rules.clocks import WORKING_DAY, reached_at, worked_between
from governance.rules.deadlines import answer_days
from governance.rules.escalations import REPLY_DAYS, Case, SponsorFacts, Waiting, percent_of
from governance.rules.rounds import RESUME
from initiatives.models import Evidence
from initiatives.queries.days import home_day, home_zone, working_days
from journal.rows import reference
from kernel.calendars import WorkCalendar
from people.choices import Office, Side
from people.models import OfficeTerm, User
from people.queries import office_holders, seat_holders


class Cause(NamedTuple):
    """Why a round is before the sponsor, who does not agree, since when, and what says so."""

    cause: str
    against: str
    since: datetime
    row: Escalation | Decline | Contest


def sides_waiting(round_: Round, at: datetime) -> list[Waiting]:
    """Return how much of its time each side has had, and of what it was reminded (E1).

    Nothing where the gate has no time of its own, and none while the initiative is paused.
    """
    allowed = answer_days(round_.gate, round_.initiative.risk_tier) * WORKING_DAY
    sent = round_.submitted_at
    if sent is None or not allowed or round_.initiative.is_paused:
        return []
    calendars, rests = calendars_of_keys(at), rests_of(round_.initiative_id)
    signed = {
        one.side for one in GateSide.objects.filter(round=round_, live_signature__isnull=False)
    }
    known: dict[str, list[int]] = {}
    for one in Reminder.objects.filter(round=round_):
        known.setdefault(one.side, []).append(one.step)
    return [
        Waiting(
            side=str(side),
            percent=percent_of(worked_between(sent, at, calendar, rests), allowed),
            has_signed=str(side) in signed,
            reminded=known.get(str(side), ()),
        )
        for side, calendar in calendars.items()
    ]


def asked_before(round_: Round) -> list[str]:
    """Return which sides asked for changes in the rounds before, the oldest first.

    Counted since the gate last passed, or the sponsor sent it back.
    """
    rows = Round.objects.filter(
        initiative=round_.initiative_id, gate=round_.gate, n__lt=round_.n
    ).order_by("n")
    asked: list[str] = []
    for state, reason, side in rows.values_list("state", "reason", "change_request__side"):
        if state == RoundState.PASSED or reason == ReturnReason.RECYCLED:
            asked = []
        elif side:
            asked.append(side)
    return asked


def case_of(round_: Round) -> Case | None:
    """Return why the round is before the sponsor, and until when the side may answer.

    That is what was kept when the time began; of what is older than that, it is counted again.
    """
    found = _cause(round_)
    if found is None:
        return None
    asked_at, kept = _asked(round_, found)
    return Case(
        cause=found.cause,
        against=found.against,
        escalated_at=found.since,
        reply_until=kept or reply_ends(round_, found.against, asked_at),
        asked_by=reference(found.row),
    )


def kept_reply(round_: Round) -> datetime | None:
    """Return until when the side could answer, if that was kept when it began."""
    found = _cause(round_)
    return _asked(round_, found)[1] if found else None


def reply_ends(round_: Round, side: str, since: datetime) -> datetime:
    """Return when a side has had its two business days, if they begin now (T12).

    They are those of whoever holds the side's key, with the absences known when they begin:
    nobody puts them off.
    """
    known = calendars_of_keys(since, entered_by=since)
    calendar = known.get(Side(side)) or _home_calendar()
    ends = reached_at(since, REPLY_DAYS * WORKING_DAY, calendar)
    return ends or round_.expires_at or since


def _asked(round_: Round, cause: Cause) -> tuple[datetime, datetime | None]:
    """Return since when the side may answer, and until when that was kept to be.

    Where the holder of its key stepped back, that is once somebody took on to sign there.
    """
    answer = taken_on(round_, cause.against)
    if answer is not None and answer.answered_at > cause.since:
        return answer.answered_at, answer.reply_until
    return cause.since, cause.row.reply_until


def _cause(round_: Round) -> Cause | None:
    if round_.state != RoundState.ESCALATED and not hasattr(round_, "resolution"):
        return None
    decline = (
        Decline.objects.filter(signature__round=round_, signature__void=None)
        .select_related("signature", "contest")
        .last()
    )
    if decline is not None:
        side, contest = decline.signature.side, getattr(decline, "contest", None)
        if contest is not None:
            return Cause(EscalationCause.CONTESTED, side, contest.contested_at, contest)
        return Cause(EscalationCause.DECLINED, side, decline.signature.signed_at, decline)
    row = Escalation.objects.filter(round=round_).first()
    return Cause(row.cause, row.against, row.escalated_at, row) if row else None


def sponsor_facts(actor: User, round_: Round, at: datetime) -> SponsorFacts:
    """Return whether the person holds the sponsor's office, and what would bar it from deciding."""
    held = OfficeTerm.objects.held_at(at).filter(person_key=actor.person_key)
    term = held.filter(office=Office.SPONSOR, user=actor).first()
    key = held.filter(office__in=(Office.CIO, Office.CHRO)).exists()
    lent = (
        Delegation.objects.accepted()
        .resting(at)
        .filter(to_key=actor.person_key, starts_at__lte=at, ends_at__gt=at)
    )
    return SponsorFacts(
        term_id=term.pk if term else None,
        signs_for=key or lent.exists(),
        is_paused=round_.initiative.is_paused,
        is_drill=drill_of(round_.initiative) is not None,
        has_recused=str(actor.person_key) in recused_of(round_),
        empty=empty_sides(round_, at),
    )


def sponsor_term(actor: User, at: datetime) -> OfficeTerm | None:
    """Return the term by which the person is the sponsor now, or None."""
    rows = OfficeTerm.objects.held_at(at).filter(user=actor, office=Office.SPONSOR)
    return rows.select_related("user").first()


def dissents_of(round_: Round) -> "list[Dissent]":
    """Return what the sides stated for themselves, the first first."""
    return list(Dissent.objects.filter(round=round_).select_related("by", "sealed").order_by("pk"))


def stated_sides(round_: Round, case: Case) -> frozenset[str]:
    """Return which sides have stated how they see it since the sponsor was last asked."""
    older = Q(about=None, stated_at__gte=case.escalated_at)
    rows = Dissent.objects.filter(Q(about=case.asked_by) | older, round=round_)
    return frozenset(rows.values_list("side", flat=True))


def delegates_of(round_: Round, side: str, at: datetime) -> list[User]:
    """Return who may sign in the place of the side's holder at this round now."""
    rows = Delegation.objects.accepted().filter(side=side, starts_at__lte=at, ends_at__gt=at)
    found = rows.select_related("to", "recusal")
    return [row.to for row in found if covers(row, round_) and not is_of_recused(row, round_)]


def reminded(said: Mapping[str, Any], at: datetime) -> list[User]:
    """Return who is reminded: who holds the key; once the time is over, also delegates and sponsor.

    Where the holder stepped back, whoever signs in that place, and the sponsor, from the first on.
    `said` is the data of the entry that noted the reminder.
    """
    round_ = Round.objects.select_related("initiative").get(pk=said["round"])
    seat = seat_holders(at).get(Side(said["side"]))
    has_left = seat is not None and str(seat.person_key) in recused_of(round_)
    told = [seat.user] if seat and not has_left else []
    if has_left or said["step"] >= STEPS[-1]:
        told += [*delegates_of(round_, said["side"], at), *office_holders(Office.SPONSOR, at)]
    return [*{one.pk: one for one in told if one.is_active}.values()]


def is_before_sponsor(said: Mapping[str, Any]) -> bool:
    """Tell whether an entry says that a round came before the sponsor, or what was said there."""
    is_declined = said.get("state") == RoundState.ESCALATED
    return is_declined or "against" in said or "dissent" in said


def stale_candidates(at: datetime) -> list[int]:
    """Return the rounds in review that rest on something whose last good day is over."""
    today = home_day(at)
    review = Round.objects.filter(state__in=(RoundState.IN_REVIEW, RoundState.ESCALATED))
    of_round = {"initiative": OuterRef("initiative"), "valid_until__lt": today}
    words = Proof.objects.filter(gate=OuterRef("gate"), **of_round)
    pieces = Evidence.objects.filter(withdrawal=None, **of_round)
    found = review.filter(Exists(words) | Exists(pieces)).order_by("pk")
    return [*found.values_list("pk", flat=True)]


def reviewed_rounds() -> Sequence[int]:
    """Return the rounds that wait for signatures and are not before the sponsor."""
    rows = Round.objects.filter(state=RoundState.IN_REVIEW).exclude(gate=RESUME).order_by("pk")
    return [*rows.values_list("pk", flat=True)]


def _home_calendar() -> WorkCalendar:
    return WorkCalendar(zone=str(home_zone()), working_days=working_days())
