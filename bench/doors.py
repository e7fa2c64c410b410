"""Doors for the co-sign request alone: first the ceremony up to the proof, then the signature.

The product's own door does both in one request, and the proof costs what a password hash costs.
They exist in the bench's address book only.
"""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from governance.choices import SigningAct
from governance.operations.ceremony import Presence, begin_signing, prove
from governance.operations.signatures import sign_gate
from governance.queries.intents import get_intent
from governance.queries.rounds import get_round, has_passed
from governance.queries.standing import signing_facts
from governance.rules.wishes import Wish
from governance.views.signing import session_ref
from journal.clock import now
from people.http import Request

PROVED: dict[str, Presence] = {}  # of this one web worker


@login_required
@require_POST
def proved(request: Request, pk: int) -> HttpResponse:
    """Read, state and prove, as the gate page and the page after it do; keep the presence."""
    at = now()
    facts = signing_facts(get_round(pk), at)
    intent = begin_signing(
        round_id=pk,
        wish=Wish(act=SigningAct.APPROVE),
        seen={"snapshot": facts.now.snapshot, "terms": facts.now.terms},
        session_ref=session_ref(request),
        actor=request.user,
        at=at,
    )
    PROVED[intent.nonce] = prove(
        nonce=intent.nonce,
        session_ref=session_ref(request),
        password=request.POST["password"],
        code="",
        actor=request.user,
        at=now(),
    )
    return HttpResponse(intent.nonce)


@login_required
@require_POST
def signed(request: Request, nonce: str) -> HttpResponse:
    """Sign with the presence proved before; answer as the product does."""
    intent = get_intent(nonce)
    if intent is None or not intent.is_of(request.user.pk, session_ref(request)):
        return HttpResponse(status=409)
    sign_gate(presence=PROVED.pop(nonce), actor=request.user, at=now())
    if has_passed(intent.round_id):
        return redirect("governance:gate-signed", intent.round_id)
    return redirect("governance:gate-detail", intent.round_id)
