"""Stepping back from a round that one should not judge; the sponsor names who signs instead."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from governance.forms.delegations import SubstituteForm
from governance.forms.gates import ReasonForm
from governance.operations.recusals import RecusalRefusedError, name_substitute, recuse
from governance.queries.gate_page import GateRounds
from governance.queries.recusals import SteppedBack, nameable_for
from governance.queries.step_up import asks_by_office
from governance.views.gates import show_gate
from governance.views.stale import stale_form
from initiatives.queries.days import home_day
from journal.clock import now
from kernel.pages import page
from kernel.refusals import Blocker, ForbiddenError, NotVisibleError, RefusedError
from people.confirming import Confirmation
from people.http import Request, posted
from people.queries import get_person

ONLY_KEYS = Blocker("not_yours", "Only the CIO and the CHRO step back from what they would sign.")
NOT_OPEN = Blocker("state", "This round is not in review, so there is nothing to judge.")
NOBODY_SIGNS = Blocker("state", "This round is not in review any more: nobody signs it.")
ONLY_SPONSOR = Blocker("not_yours", "Only the sponsor names who signs in that place.")


@login_required
@require_POST
def gate_recuse(request: Request, pk: int) -> HttpResponse:
    found = GateRounds(pk, request.authority)
    if request.authority.key_side is None:
        raise ForbiddenError(ONLY_KEYS)
    if not found.round.is_in_review:
        return stale_form(request, pk, NOT_OPEN)
    form = ReasonForm(request.POST, auto_id="id_recuse-%s")
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        with form.telling(RecusalRefusedError):
            recuse(round_id=pk, reason=reason, actor=request.user, at=now())
            messages.success(request, "You stepped back. Somebody else signs for your side here.")
            return redirect("governance:gate-detail", pk)
    return show_gate(request, found, {"recuse_form": form}, status=422)


@sensitive_post_parameters()
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def gate_substitute(request: Request, pk: int, recusal: int) -> HttpResponse:
    found = GateRounds(pk, request.authority)
    row = next((one for one in found.recusals if one.id == recusal), None)
    if row is None:
        raise NotVisibleError
    if not request.authority.is_sponsor:
        raise ForbiddenError(ONLY_SPONSOR)
    if not found.round.is_in_review:
        return stale_form(request, pk, NOBODY_SIGNS)
    at = now()
    people = nameable_for(found.round, row.side, at)
    form = SubstituteForm(posted(request), people=people, today=home_day(at))
    proof = Confirmation(request, office_asks=asks_by_office(request.authority.offices))
    if request.method == "POST" and form.is_valid():
        named = _named(request, row, form, proof)
        if named is not None:
            return named
    context = {"found": found, "row": row, "form": form, "proof": proof, "people": people}
    status = proof.status(form)
    return page(request, "governance/gates/substitute.html", context, status=status)


def _named(
    request: Request,
    row: SteppedBack,
    form: SubstituteForm,
    confirmation: Confirmation,
) -> HttpResponse | None:
    """Ask as the sponsor, who proves to be here; None where the forms say why not."""
    to = get_person(form.cleaned_data["to"])
    if to is None:
        raise NotVisibleError
    proof = confirmation.prove()
    if proof is None:
        return None
    with form.telling(RefusedError):  # whatever the act refuses that is confirmed here
        name_substitute(
            recusal_id=row.id, to=to, proof=proof, actor=request.user, at=now(), **form.wish
        )
        messages.success(request, f"{to.name} is asked. It counts once taken on.")
        return redirect("governance:gate-detail", row.round_id)
    return None
