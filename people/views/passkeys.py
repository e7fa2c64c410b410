"""Passkeys: add one, revoke one. And come in by one, with neither e-mail nor password."""

import json

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from journal.clock import now
from kernel.pages import page
from kernel.passkeys import Owner, creation_options, request_options
from kernel.refusals import Blocker, NotVisibleError
from people.adapter import address_of, come_in_by_passkey_of
from people.challenges import new_challenge, take_challenge
from people.confirming import Confirmation
from people.factors import HeldPasskey, credentials_of, our_party, passkeys_of
from people.forms.passkeys import AddPasskeyForm
from people.forms.refusals import add_blockers
from people.http import Request, posted
from people.operations.passkey_proofs import come_in_by_passkey
from people.operations.passkeys import PasskeyRefusedError, add_passkey, revoke_passkey
from people.views.profile import PROFILE

NOWHERE = Blocker("address", "Passkeys cannot be used at this address. Sign in with your password.")


@sensitive_post_parameters()
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def passkey_add(request: Request) -> HttpResponse:
    user, form = request.user, AddPasskeyForm(posted(request))
    proof = Confirmation(request, leads_back=True)
    if request.method == "POST" and form.is_valid() and _add(request, form, proof):
        messages.success(request, "Your passkey is added. From now on you sign with it.")
        return redirect(PROFILE)
    made = ""
    if party := proof.party:
        owner = Owner(id=str(user.pk).encode(), email=user.email, name=user.name)
        held = credentials_of(user)
        made = json.dumps(creation_options(party, proof.next_challenge, owner, held=held))
    return page(
        request,
        "people/passkeys/add.html",
        {"form": form, "proof": proof, "made": made, "is_first": not proof.by_passkey},
        status=proof.status(form),
    )


@sensitive_post_parameters()
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def passkey_revoke(request: Request, passkey_id: int) -> HttpResponse:
    held = passkeys_of(request.user)
    passkey = _own(held, passkey_id)
    proof = Confirmation(request, leads_back=True)
    if request.method == "POST" and _revoke(request, proof, passkey):
        messages.success(request, f"“{passkey.name}” is revoked. It opens and signs nothing more.")
        return redirect(PROFILE)
    return page(
        request,
        "people/passkeys/revoke.html",
        {"proof": proof, "passkey": passkey, "is_last": len(held) == 1},
        status=proof.status(),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_passkey(request: HttpRequest) -> HttpResponseBase:
    """Ask for any passkey that the person chooses; a GET is the script's, which asks for one."""
    party = our_party()
    if request.user.is_authenticated:
        return redirect("/")
    if party is None:
        raise PasskeyRefusedError(NOWHERE)
    if request.method != "POST":
        return JsonResponse(request_options(party, new_challenge(request), []))
    user = come_in_by_passkey(
        answer=request.POST.get("assertion", ""),
        challenge=take_challenge(request),
        address=address_of(request),
        at=now(),
    )
    return come_in_by_passkey_of(request, user)


def _own(held: list[HeldPasskey], passkey_id: int) -> HeldPasskey:
    """Return one's own passkey.

    :raises NotVisibleError: for anybody else's, and for one that ended.
    """
    for passkey in held:
        if passkey.pk == passkey_id:
            return passkey
    raise NotVisibleError


def _add(request: Request, form: AddPasskeyForm, confirmation: Confirmation) -> bool:
    proof = confirmation.prove()
    if proof is None:
        return False
    try:
        add_passkey(
            actor=request.user,
            name=form.cleaned_data["name"],
            answer=form.cleaned_data["enrolment"],
            challenge=confirmation.challenge,
            proof=proof,
            at=now(),
        )
    except PasskeyRefusedError as refusal:
        add_blockers(form, refusal)
        return False
    return True


def _revoke(request: Request, confirmation: Confirmation, passkey: HeldPasskey) -> bool:
    proof = confirmation.prove()
    if proof is None:
        return False
    try:
        revoke_passkey(actor=request.user, passkey_id=passkey.pk, proof=proof, at=now())
    except PasskeyRefusedError as refusal:
        add_blockers(confirmation.form, refusal)
        return False
    return True
