"""Deciding at a gate: sign, offer conditions, ask for changes, decline, and take it back."""

import hashlib
import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from governance.forms.decisions import CHANGES, DecisionForm
from governance.forms.gates import PasskeyForm, ProofForm
from governance.operations.ceremony import (
    TIME_OVER,
    IntentRefusedError,
    StepUpRefusedError,
    WishRefusedError,
    begin_signing,
    prove,
    prove_by_passkey,
)
from governance.operations.locking import wait_for_round
from governance.operations.refusals import RefusalRefusedError, decline_gate, request_changes
from governance.operations.resolutions import resolve_round
from governance.operations.signatures import SigningRefusedError, sign_gate
from governance.queries.gate_page import GateRounds
from governance.queries.intents import IntentView, get_intent
from governance.queries.marks import marks_of
from governance.queries.review_page import ReviewPage
from governance.queries.rounds import has_passed
from governance.queries.step_up import proof_facts
from governance.rules.recusals import stepped_back
from governance.rules.step_up import ProofFacts, blockers_to_prove
from governance.views.gates import decision_form, show_gate
from governance.views.stale import stale_form, stale_intent
from journal.clock import now
from kernel.pages import page
from kernel.passkeys import request_options
from kernel.refusals import Blocker, ForbiddenError, RefusedError, StaleError
from people.choices import Side
from people.factors import credentials_of, our_party
from people.http import Request, posted
from people.operations.identity import IdentityRefusedError, has_second_factor
from people.operations.throttles import TooManyTriesError

NOT_YOURS = Blocker(
    "intent", "This confirmation is not yours, or not of this session. Open the gate again."
)
DECIDED = {
    "go": "It has passed. Both sides look back on it together within 30 days.",
    "recycle": "It is sent back. The next round is a draft.",
    "hold": "It is sent back and on hold. Going on takes both keys.",
    "kill": "The initiative is ended. Its record stays.",
}
SENT_BACK = "Sent back. It comes to you again once the points are met."
THIRD_TIME = "You asked for the third time, so the sponsor is asked what follows."
ONLY_KEYS = Blocker("authority", "Only the CIO and the CHRO decide here, or who signs for one.")
CONFIRMING_REFUSED = (
    *(IdentityRefusedError, StepUpRefusedError, TooManyTriesError),
    *(StaleError, SigningRefusedError),
)


@login_required
@require_POST
def gate_decide(request: Request, pk: int) -> HttpResponse:
    found = GateRounds(pk, request.authority)
    side = found.side
    if side is None:
        raise ForbiddenError(stepped_back() if found.has_recused else ONLY_KEYS)
    if not hasattr(found.round, "snapshot"):
        return stale_form(request, pk, Blocker("state", "This round is not in review."))
    review = ReviewPage(found, now())
    form = decision_form(review, request.POST)
    if not form.is_valid():
        return _show_again(request, found, form)
    return _decide(request, review, form, side)


@sensitive_post_parameters("password", "code")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def step_up(request: Request, nonce: str) -> HttpResponse:
    intent = get_intent(nonce)
    if intent is None or not intent.is_of(request.user.pk, session_ref(request)):
        raise IntentRefusedError(NOT_YOURS)
    if intent.signature_id is not None:
        return _result(request, intent, is_new=False)
    if now() > intent.expires_at:
        return stale_intent(request, intent, IntentRefusedError(TIME_OVER))
    return confirm_intent(request, intent)


def confirm_intent(request: Request, intent: IntentView) -> HttpResponse:
    """Ask for the passkey or the password; with the right one, do what the intent states."""
    facts = proof_facts(request.user, gate=intent.gate, side=intent.side or "")
    form = _proof_form(request, facts)
    if request.method == "POST" and form.is_valid():
        try:
            return _confirm(request, intent, form)
        except CONFIRMING_REFUSED as refusal:
            return _refused(request, intent, form, refusal)
    return _ask_for_proof(request, intent, form, 422 if form.errors else 200)


def _refused(
    request: Request, intent: IntentView, form: PasskeyForm | ProofForm, refusal: RefusedError
) -> HttpResponse:
    """Say why nothing was signed; but sent twice at once, the first of the two has signed (X3)."""
    wait_for_round(intent.round_id)
    meanwhile = get_intent(intent.nonce)
    if meanwhile is not None and meanwhile.signature_id is not None:
        return _result(request, intent, is_new=False)
    if isinstance(refusal, StaleError | SigningRefusedError):
        return stale_intent(request, intent, refusal)
    form.add_refusal(refusal)
    status = 429 if isinstance(refusal, TooManyTriesError) else 422
    return _ask_for_proof(request, intent, form, status)


def _proof_form(request: Request, facts: ProofFacts) -> PasskeyForm | ProofForm:
    """Offer only what is accepted: whoever signs with a passkey sees no password."""
    if facts.asks_for_passkey:
        return PasskeyForm(posted(request))
    return ProofForm(posted(request), with_code=has_second_factor(request.user))


def _decide(request: Request, review: ReviewPage, form: DecisionForm, side: Side) -> HttpResponse:
    """Send the round back, or make ready what is to be confirmed with a password."""
    pk = review.round.pk
    try:
        if form.cleaned_data["decision"] == CHANGES:
            return _ask_for_changes(request, review, form)
        intent = begin_signing(
            round_id=pk,
            wish=form.wish(side),
            seen=form.seen(),
            session_ref=session_ref(request),
            actor=request.user,
            at=now(),
        )
    except StaleError as refusal:
        return stale_form(request, pk, *refusal.blockers)
    except (WishRefusedError, RefusalRefusedError) as refusal:
        form.add_refusal(refusal)
        return _show_again(request, review, form)
    return redirect("governance:step-up", intent.nonce)


def session_ref(request: Request) -> str:
    """Return what binds an intent to this session, without keeping its key."""
    return hashlib.sha256((request.session.session_key or "").encode()).hexdigest()


def _confirm(request: Request, intent: IntentView, form: PasskeyForm | ProofForm) -> HttpResponse:
    """Sign, or decline, exactly what the intent states.

    :raises IdentityRefusedError: when it was not shown that the person is here.
    :raises StepUpRefusedError: when the proof is too weak for this.
    :raises TooManyTriesError: after too many tries.
    :raises StaleError, SigningRefusedError: when the statement does not hold any more.
    """
    at, given = now(), form.cleaned_data
    who: dict[str, Any] = {
        "nonce": intent.nonce,
        "session_ref": session_ref(request),
        "actor": request.user,
        "at": at,
        "device": request.headers.get("User-Agent", "")[:200],
    }
    if isinstance(form, PasskeyForm):
        presence = prove_by_passkey(answer=given["assertion"], **who)
    else:
        presence = prove(password=given["password"], code=given.get("code", ""), **who)
    if intent.resolves:
        resolve_round(presence=presence, actor=request.user, at=at)
    elif intent.is_decline:
        decline_gate(presence=presence, actor=request.user, at=at)
    else:
        sign_gate(presence=presence, actor=request.user, at=at)
    return _result(request, intent, is_new=True)


def _result(request: Request, intent: IntentView, *, is_new: bool) -> HttpResponse:
    """Go where the outcome can be read; a repeated confirmation changes nothing."""
    if has_passed(intent.round_id):
        return redirect("governance:gate-signed", intent.round_id)
    if is_new:
        messages.success(request, _done(intent))
    return redirect("governance:gate-detail", intent.round_id)


def _done(intent: IntentView) -> str:
    if intent.side is None:
        return DECIDED[intent.resolves]
    return f"You have {'declined' if intent.is_decline else 'signed'} for {intent.side.label}."


def _ask_for_proof(
    request: Request, intent: IntentView, form: PasskeyForm | ProofForm, status: int
) -> HttpResponse:
    facts = proof_facts(request.user, gate=intent.gate, side=intent.side or "")
    party, held = our_party(), credentials_of(request.user)
    asked = request_options(party, bytes.fromhex(intent.statement), held) if party else {}
    found = GateRounds(intent.round_id, request.authority)
    mark = marks_of([found.initiative.pk])[found.initiative.pk]
    left = int((intent.expires_at - now()).total_seconds())
    context = {
        "intent": intent,
        "form": form,
        "gate": found.gate,
        "mark": mark,
        "lacking": [*blockers_to_prove(facts)],
        "by_passkey": isinstance(form, PasskeyForm),
        "party": party,
        "asked": json.dumps(asked),
        "left": f"{left // 60}:{left % 60:02d}",
    }
    response = page(request, "governance/step_up/form.html", context, status=status)
    add_never_cache_headers(response)
    return response


def _ask_for_changes(request: Request, review: ReviewPage, form: DecisionForm) -> HttpResponse:
    draft = request_changes(
        round_id=review.round.pk,
        items=form.items,
        seen=form.seen(),
        actor=request.user,
        at=now(),
    )
    is_escalated = draft.pk == review.round.pk
    messages.success(request, THIRD_TIME if is_escalated else SENT_BACK)
    return redirect("governance:gate-detail", draft.pk)


def _show_again(request: Request, found: GateRounds, form: DecisionForm) -> HttpResponse:
    if not found.round.is_in_review:
        closed = Blocker("state", "This round is no longer open for signature.")
        return stale_form(request, found.round.pk, closed)
    return show_gate(request, found, {"form": form}, status=422)
