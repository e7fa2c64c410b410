"""A gate: read it, prepare it, send it for signature, take it back."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from governance.choices import RoundState
from governance.forms.decisions import DecisionForm
from governance.forms.gates import AttestForm, ReasonForm, SubmitForm
from governance.operations.proofs import AttestationRefusedError, attest
from governance.operations.readings import note_reading
from governance.operations.rounds import (
    RoundRefusedError,
    open_round,
    submit_round,
    withdraw_round,
)
from governance.queries.disagreement_acts import may_disagree
from governance.queries.disagreements import disagreed
from governance.queries.draft_page import DraftPage, Point
from governance.queries.gate_acts import acts_at, is_held
from governance.queries.gate_page import GateRounds
from governance.queries.review_page import ReviewPage
from governance.queries.rounds import may_drive, verdicts_for
from governance.rules.rounds import GATES, RESUME
from governance.views.stale import at_gate, prepared_no_more
from governance.views.stepping_back import beside_panel
from initiatives.queries.memberships import part_of
from initiatives.queries.questions import open_questions
from initiatives.queries.visibility import get_initiative
from initiatives.rules.codes import parse_code
from journal.clock import now
from kernel.pages import page
from kernel.refusals import Blocker, ForbiddenError, NotVisibleError
from people.http import Request
from people.queries import nameable

ONLY_DRIVERS = Blocker("not_yours", "Only a lead of the initiative, the CIO or the CHRO can.")
NOT_YOUR_SIDE = Blocker("not_yours", "Only the side that it belongs to can answer this point.")


@login_required
@require_safe
def gate_detail(request: Request, pk: int) -> HttpResponse:
    return show_gate(request, GateRounds(pk, request.authority))


@login_required
@require_safe
def gate_text(request: Request, pk: int) -> HttpResponse:
    """Hand out the frozen bytes themselves, so that anyone can compute the fingerprint."""
    found = GateRounds(pk, request.authority)
    if found.round.state == RoundState.DRAFT or not hasattr(found.round, "snapshot"):
        raise NotVisibleError
    name = f"{found.initiative.code}-gate-{found.round.gate}-round-{found.round.n}.json"
    return HttpResponse(
        bytes(found.round.snapshot.body),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@login_required
@require_POST
def round_open(request: Request, code: str, gate: str) -> HttpResponse:
    number = parse_code(code)
    if number is None or gate not in (*GATES, RESUME):
        raise NotVisibleError
    initiative = get_initiative(number, request.authority)
    if not may_drive(request.user, initiative, now()):
        raise ForbiddenError(ONLY_DRIVERS)
    opened = open_round(initiative=initiative, gate=gate, actor=request.user, at=now())
    return redirect("governance:gate-detail", opened.pk)


@login_required
@require_POST
def gate_submit(request: Request, pk: int) -> HttpResponse:
    found = GateRounds(pk, request.authority)
    if not may_drive(request.user, found.initiative, now()):
        raise ForbiddenError(ONLY_DRIVERS)
    form = SubmitForm(request.POST, verdicts=verdicts_for(found.round, found.gate))
    if form.is_valid():
        verdict = form.cleaned_data.get("verdict", "")
        try:
            submit_round(round_id=pk, actor=request.user, at=now(), verdict=verdict)
        except RoundRefusedError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, "Sent. Both sides can read it and sign it now.")
            return redirect("governance:gate-detail", pk)
    return show_gate(request, found, {"submit_form": form}, status=422)


@login_required
@require_POST
def gate_attest(request: Request, pk: int, criterion: str) -> HttpResponse:
    found = GateRounds(pk, request.authority)
    known = {one.key: one for one in found.playbook.criteria_of(found.round.gate)}
    about = known.get(criterion)
    if about is None:
        raise NotVisibleError
    if not part_of(found.initiative, request.authority).may_edit(about.side):
        raise ForbiddenError(NOT_YOUR_SIDE)
    if found.round.state != RoundState.DRAFT:
        return prepared_no_more(request, pk, found.round.state)
    form = AttestForm(request.POST, criterion=about, auto_id=f"id_{criterion}-%s")
    if form.is_valid():
        with form.telling(AttestationRefusedError):
            attest(
                initiative=found.initiative,
                criterion=criterion,
                actor=request.user,
                at=now(),
                **form.answer,
            )
            messages.success(request, "Your word is recorded.")
            return redirect("governance:gate-detail", pk)
    return show_gate(request, found, {"attest_form": form, "attested": criterion}, status=422)


@login_required
@require_POST
def gate_withdraw(request: Request, pk: int) -> HttpResponse:
    found = GateRounds(pk, request.authority)
    is_sender = found.round.submitted_by_id == request.user.pk
    if not is_sender and not may_drive(request.user, found.initiative, now()):
        raise ForbiddenError(ONLY_DRIVERS)
    form = ReasonForm(request.POST, auto_id="id_withdraw-%s")
    form.fields["reason"].required = False
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    withdraw_round(round_id=pk, actor=request.user, at=now(), reason=reason)
    messages.success(request, f"Round {found.round.n} is taken back. Nothing was decided.")
    return redirect("governance:gate-detail", pk)


def show_gate(
    request: Request,
    found: GateRounds,
    forms: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Answer with the page of a round in whatever state it is, or give back what was typed."""
    extra = forms or {}
    show = _show_review if hasattr(found.round, "snapshot") else _show_draft
    return at_gate(request, found.round.pk, show(request, found, extra, status), extra)


def _show_draft(
    request: Request, found: GateRounds, extra: dict[str, Any], status: int
) -> HttpResponse:
    verdict = extra["submit_form"].data.get("verdict", "") if "submit_form" in extra else ""
    at = now()
    draft = DraftPage(found, at=at, verdict=verdict)
    context = {
        "found": draft,
        "today": timezone.localtime(at).date(),
        "sides": _points(draft, extra),
        "submit_form": SubmitForm(verdicts=verdicts_for(found.round, found.gate)),
        "withdraw_form": _reason_form("withdraw"),
        "nameable": nameable(draft.seats) if draft.unled else (),
        "may_ask": (may_ask := draft.part.side is not None and not found.initiative.is_over),
        **_beside(found, at, may_disagree=may_ask),
        **extra,
    }
    return page(request, "governance/gates/draft.html", context, status=status)


def _points(
    draft: DraftPage, extra: dict[str, Any]
) -> list[tuple[str, list[tuple[Point, AttestForm | None]]]]:
    """Return the points of each side, each with the form for the reader's word on it."""
    return [
        (side, [(point, _attest_form(point, extra)) for point in points])
        for side, points in draft.sides
    ]


def _attest_form(point: Point, extra: dict[str, Any]) -> AttestForm | None:
    key = point.criterion.key
    if extra.get("attested") == key:
        typed: AttestForm = extra["attest_form"]
        return typed
    if not point.may_attest:
        return None
    return AttestForm(criterion=point.criterion, auto_id=f"id_{key}-%s")


def _show_review(
    request: Request, found: GateRounds, extra: dict[str, Any], status: int
) -> HttpResponse:
    at = now()
    review = ReviewPage(found, at)
    acts = acts_at(review, request.user, at)
    if (
        acts.side is not None
        and found.round.is_in_review
        and found.first_read[found.round.pk] is None
    ):
        note_reading(round_=found.round, reader=request.user, at=at)
    context = {
        "found": review,
        "today": timezone.localtime(at).date(),
        "acts": acts,
        "runs_out": review.text.runs_out(at),
        "is_held": is_held(review),
        **_beside(found, at, may_disagree=may_disagree(found.initiative, found.authority)),
        "form": decision_form(review) if acts.may_sign else None,
        "reason_form": _reason_form("reason"),
        "withdraw_form": _reason_form("withdraw"),
        **beside_panel(request, review, at),
        **extra,
    }
    return page(request, "governance/gates/review.html", context, status=status)


def _beside(found: GateRounds, at: datetime, *, may_disagree: bool) -> dict[str, Any]:
    """Return what stands beside the text: open questions of an open gate, and disagreements."""
    asked = open_questions(found.initiative, found.playbook) if found.round.is_open else []
    return {"questions": asked, "may_disagree": may_disagree, **disagreed(found.round, at)}


def decision_form(review: ReviewPage, data: Any = None) -> DecisionForm:  # noqa: ANN401  # Django's
    """Return the sign panel's form for the text and the terms on the page."""
    return DecisionForm(
        data,
        owners=review.owners,
        kept=review.offer.conditions,
        criteria=review.playbook.criteria_of(review.round.gate),
        reasons=review.playbook.reasons,
        verdicts=verdicts_for(review.round, review.gate),
        initial={
            "snapshot": review.text.fingerprint,
            "terms": review.offer.digest,
            "decision": "sign",
        },
    )


def _reason_form(name: str) -> ReasonForm:
    return ReasonForm(auto_id=f"id_{name}-%s")
