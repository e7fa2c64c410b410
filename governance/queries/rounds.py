"""Reads of rounds: facts for the rules, and what pages show."""

from collections.abc import Mapping
from datetime import datetime

from governance.choices import OPEN_STATES, REVIEW_STATES, RoundState, Way
from governance.models import Commitment, Decline, GateSide, Passage, Pause, Round
from governance.queries.independence import unfit_to_sign
from governance.queries.snapshots import Judged, judged_now
from governance.rules.criteria import (
    blockers_of_age,
    blockers_of_old_evidence,
    blockers_to_reach,
)
from governance.rules.deadlines import LOOK_AGAIN
from governance.rules.rounds import RESUME, OpeningFacts, SubmissionFacts
from governance.rules.ways import is_way
from initiatives.choices import Standing
from initiatives.models import Initiative, Membership
from initiatives.queries.days import home_day
from kernel.refusals import Blocker, NotVisibleError
from people.choices import Side
from people.models import User
from people.queries import Seat, authority_of, seat_holders
from playbook.editions import edition
from playbook.shapes import Gate, Option


def may_drive(user: User, initiative: Initiative, at: datetime) -> bool:
    """Tell whether `user` may open and send rounds: a lead of either side, the CIO, the CHRO."""
    if authority_of(user, at).key_side is not None:
        return True
    return (
        Membership.objects.filter(initiative=initiative, person_key=user.person_key)
        .leads()
        .exists()
    )


def get_round(round_id: int) -> Round:
    """Return one round with its initiative.

    :raises NotVisibleError: when there is no such round.
    """
    round_ = (
        Round.objects.select_related("initiative", "initiative__unit").filter(pk=round_id).first()
    )
    if round_ is None:
        raise NotVisibleError
    return round_


def has_passed(round_id: int) -> bool:
    """Tell whether the round led through its gate."""
    return Round.objects.filter(pk=round_id, state=RoundState.PASSED).exists()


def live_signature_ids(initiative: Initiative) -> list[int]:
    """Return the signatures that an edit of signed content would void now."""
    return list(
        GateSide.objects.filter(
            round__initiative=initiative,
            round__state__in=REVIEW_STATES,
            live_signature__isnull=False,
        )
        .order_by("pk")
        .values_list("live_signature", flat=True)
    )


def opening_facts(
    initiative: Initiative, gate: str, *, may_open: bool, at: datetime
) -> OpeningFacts:
    """Collect what must be known before a round of `gate` opens."""
    rows = Round.objects.filter(initiative=initiative)
    rounds = list(rows.values_list("gate", "state", "passage__supersession"))
    passed = {name for name, state, past in rounds if state == RoundState.PASSED and not past}
    return OpeningFacts(
        gate=gate,
        stage=initiative.stage,
        may_open=may_open,
        is_closed=initiative.is_over,
        is_paused=initiative.is_paused,
        has_open_round=any(name == gate and state in OPEN_STATES for name, state, _ in rounds),
        has_passed=gate in passed,
        previous_passed=gate in ("1", RESUME) or str(int(gate) - 1) in passed,
        finally_declined=is_finally_declined(initiative, gate),
        reopens_on=_reopens_on(initiative, gate, at),
        is_archived=initiative.archived_at is not None,
    )


def submission_facts(round_: Round, actor: User, verdict: str, at: datetime) -> SubmissionFacts:
    """Collect what the submission rule needs; pages ask the same before they offer the button."""
    seats = seat_holders(at)
    return facts_to_submit(
        round_,
        known=judged_now(round_),
        may_submit=may_drive(actor, round_.initiative, at),
        seats=seats,
        open_hard=open_hard_commitments(round_.initiative),
        unfit=unfit_to_sign(round_, seats, at=at, sender=str(actor.person_key)),
        verdict=verdict,
        at=at,
    )


def facts_to_submit(
    round_: Round,
    *,
    known: Judged,
    may_submit: bool,
    seats: Mapping[Side, Seat],
    open_hard: int,
    unfit: tuple[Blocker, ...],
    verdict: str,
    at: datetime,
) -> SubmissionFacts:
    """Put together what the submission rule needs from what has been read already."""
    gate = edition(round_.edition).gate(round_.gate)
    choices = {one.value for one in verdicts_for(round_, gate)}
    return SubmissionFacts(
        state=round_.state,
        gate=round_.gate,
        may_submit=may_submit,
        is_paused=round_.initiative.is_paused,
        holders={str(side): str(seat.person_key) for side, seat in seats.items()},
        needs_verdict=bool(choices) and verdict not in choices,
        open_hard_commitments=open_hard if _waits_for_conditions(gate, verdict) else 0,
        bar=(
            *blockers_to_reach(gate, known.verdicts, verdict),
            *blockers_of_age(known.verdicts, home_day(at)),
            *blockers_of_old_evidence(known.dated, home_day(at)),
        ),
        unfit=unfit,
    )


def verdicts_for(round_: Round, gate: Gate) -> tuple[Option, ...]:
    """Return what can be proposed at this gate, for an initiative in its stage."""
    stage = round_.initiative.stage
    return tuple(one for one in gate.verdicts if is_way(one.value, stage=stage))


def _waits_for_conditions(gate: Gate, verdict: str) -> bool:
    """Tell whether open hard conditions keep it closed: they do not keep it from ending."""
    return gate.key != RESUME or not gate.verdicts or verdict == Way.GO_ON


def is_finally_declined(initiative: Initiative, gate: str) -> bool:
    """Tell whether a round of `gate` ended in a decline for good."""
    return Decline.objects.filter(
        signature__round__initiative=initiative,
        signature__round__gate=gate,
        signature__round__state=RoundState.DECLINED,
        is_final=True,
        signature__void=None,
    ).exists()


def open_hard_commitments(initiative: Initiative) -> int:
    """Count the hard conditions of earlier gates that nobody has closed (I17)."""
    return (
        Commitment.objects.owed().filter(passage__round__initiative=initiative, kind="hard").count()
    )


def latest_round(initiative: Initiative, gate: str) -> Round | None:
    """Return the newest round of one gate."""
    return Round.objects.filter(initiative=initiative, gate=gate).order_by("-n").first()


def is_before_gate(round_: Round, *, is_final: bool) -> bool:
    """Tell whether the initiative still stands before a gate that was declined, or for good."""
    initiative = round_.initiative
    by_this = is_final and initiative.standing == Standing.DECLINED
    if initiative.is_over and not by_this:
        return False
    if round_.gate != RESUME:
        return round_.gate == str(initiative.stage)
    lasting = Pause.objects.lasting().filter(initiative=initiative)
    return lasting.filter(paused_at__lte=round_.opened_at).exists()


def standing_before(round_: Round) -> Standing:
    """Return how the initiative stands once a decline for good counts no longer."""
    is_paused = Pause.objects.lasting().filter(initiative=round_.initiative_id).exists()
    return Standing.PAUSED if is_paused else Standing.ACTIVE


def newer_states(round_: Round) -> list[str]:
    """Return how the rounds of the same gate after this one stand."""
    rounds = Round.objects.filter(initiative=round_.initiative_id, gate=round_.gate)
    return list(rounds.filter(n__gt=round_.n).values_list("state", flat=True))


def open_round_of(initiative: Initiative) -> Round | None:
    """Return the round that is open now; while paused, that of the way out comes first."""
    rounds = list(Round.objects.filter(initiative=initiative, state__in=OPEN_STATES).order_by("pk"))
    rounds.sort(key=lambda one: one.gate != RESUME)
    return rounds[0] if rounds else None


def next_number(initiative: Initiative, gate: str) -> int:
    """Return the number of the next round of a gate."""
    latest = latest_round(initiative, gate)
    return latest.n + 1 if latest else 1


def _reopens_on(initiative: Initiative, gate: str, at: datetime) -> str:
    """Return the day from which gate 4 may be looked at again, or "" when it is open."""
    last = Passage.objects.filter(
        round__initiative=initiative, round__gate=gate, supersession=None
    ).order_by("-pk")
    if gate != "4" or (passage := last.first()) is None:
        return ""
    again = home_day(passage.passed_at + LOOK_AGAIN)
    return "" if home_day(at) >= again else f"{again:%-d %B %Y}"
