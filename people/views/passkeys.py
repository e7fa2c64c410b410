"""Passkeys: add one, revoke one. And come in by one, with neither e-mail nor password."""

import json

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
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
from people.factors import HeldPasskey, credentials_of, our_party, passkeys_of
from people.forms.passkeys import AddPasskeyForm, PasskeyProofForm
from people.forms.refusals import add_blockers
from people.http import Request, posted
from people.operations.identity import (
    IdentityProof,
    IdentityRefusedError,
    check_identity,
    has_second_factor,
)
from people.operations.passkey_proofs import (
    PasskeyMismatchError,
    check_passkey,
    come_in_by_passkey,
)
from people.operations.passkeys import PasskeyRefusedError, add_passkey, revoke_passkey
from people.views.profile import PROFILE

NOWHERE = Blocker("address", "Passkeys cannot be used at this address. Sign in with your password.")


@sensitive_post_parameters()
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def passkey_add(request: Request) -> HttpResponse:
    user, held = request.user, credentials_of(request.user)
    form = AddPasskeyForm(posted(request), has_passkey=bool(held), has_app=has_second_factor(user))
    challenge = take_challenge(request)
    if request.method == "POST" and form.is_valid() and _add(request, form, challenge):
        messages.success(request, "Your passkey is added. From now on you sign with it.")
        return redirect(PROFILE)
    party, challenge = our_party(), new_challenge(request)
    asked = {}
    if party:
        owner = Owner(id=str(user.pk).encode(), email=user.email, name=user.name)
        asked["create"] = json.dumps(creation_options(party, challenge, owner, held=held))
        asked["get"] = json.dumps(request_options(party, challenge, held)) if held else ""
    return page(
        request,
        "people/passkeys/add.html",
        {"form": form, "asked": asked, "party": party, "is_first": not held},
        status=422 if form.errors else 200,
    )


@sensitive_post_parameters()
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def passkey_revoke(request: Request, passkey_id: int) -> HttpResponse:
    user, held = request.user, credentials_of(request.user)
    all_held = passkeys_of(user)
    passkey = _own(all_held, passkey_id)
    form = PasskeyProofForm(
        posted(request), has_passkey=bool(held), has_app=has_second_factor(user)
    )
    challenge = take_challenge(request)
    if request.method == "POST" and form.is_valid() and _revoke(request, form, challenge, passkey):
        messages.success(request, f"“{passkey.name}” is revoked. It opens and signs nothing more.")
        return redirect(PROFILE)
    party = our_party()
    challenge = new_challenge(request)
    asked = json.dumps(request_options(party, challenge, held)) if party and held else ""
    return page(
        request,
        "people/passkeys/revoke.html",
        {
            "form": form,
            "asked": asked,
            "party": party,
            "passkey": passkey,
            "is_last": len(all_held) == 1,
        },
        status=422 if form.errors else 200,
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


def _add(request: Request, form: AddPasskeyForm, challenge: bytes) -> bool:
    proof = _proof(request, form, challenge)
    if proof is None:
        return False
    try:
        add_passkey(
            actor=request.user,
            name=form.cleaned_data["name"],
            answer=form.cleaned_data["enrolment"],
            challenge=challenge,
            proof=proof,
            at=now(),
        )
    except PasskeyRefusedError as refusal:
        add_blockers(form, refusal)
        return False
    return True


def _revoke(request: Request, form: Form, challenge: bytes, passkey: HeldPasskey) -> bool:
    proof = _proof(request, form, challenge)
    if proof is None:
        return False
    try:
        revoke_passkey(actor=request.user, passkey_id=passkey.pk, proof=proof, at=now())
    except PasskeyRefusedError as refusal:
        add_blockers(form, refusal)
        return False
    return True


def _proof(request: Request, form: Form, challenge: bytes) -> IdentityProof | None:
    """Let the person prove to be here, as the form asked; the form says why when not."""
    given, at = form.cleaned_data, now()
    try:
        if "assertion" in given:
            return check_passkey(
                user=request.user, answer=given["assertion"], challenge=challenge, at=at
            )
        return check_identity(
            user=request.user, password=given["password"], code=given.get("code", ""), at=at
        )
    except (IdentityRefusedError, PasskeyMismatchError) as refusal:
        add_blockers(form, refusal)
    return None
