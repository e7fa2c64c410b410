"""A pause that both sides left open: the sponsor ends it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from governance.forms.gates import RulingForm
from governance.operations.rulings import RulingRefusedError, rule_on_pause
from governance.queries.step_up import asks_by_office
from governance.queries.stops import stops_of, ways_alone
from governance.views.stale import keeping
from initiatives.queries.rows import Initiative
from initiatives.queries.visibility import get_initiative
from initiatives.rules.codes import parse_code
from journal.clock import now
from kernel.pages import page
from kernel.refusals import Blocker, ForbiddenError, NotVisibleError
from people.confirming import Confirmation
from people.http import Request, posted
from people.operations.identity import IdentityRefusedError

ONLY_SPONSOR = Blocker("not_yours", "Only the sponsor decides what both sides left open.")


@sensitive_post_parameters("password", "code")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pause_decide(request: Request, code: str) -> HttpResponse:
    number = parse_code(code)
    if number is None:
        raise NotVisibleError
    initiative = get_initiative(number, request.authority)
    if not request.authority.is_sponsor:
        raise ForbiddenError(ONLY_SPONSOR)
    form = RulingForm(posted(request), ways=ways_alone(initiative.stage))
    proof = Confirmation(request, office_asks=asks_by_office(request.authority.offices))
    if request.method == "POST" and form.is_valid() and _decide(request, initiative, form, proof):
        messages.success(request, f"Decided. {initiative.code} is no longer paused.")
        return redirect("initiatives:initiative-detail", initiative.code)
    stop = stops_of(initiative).now
    context = {
        "form": form,
        "proof": proof,
        "initiative": initiative,
        "stop": stop,
        "is_due": stop is not None and stop.is_due(now()),
    }
    answer = page(request, "governance/stops/decide.html", context, status=proof.status(form))
    return keeping(request, answer, form, proof.form)


def _decide(
    request: Request, initiative: Initiative, form: RulingForm, confirmation: Confirmation
) -> bool:
    """End the pause, if it is shown who is here, for just this; the forms say why not."""
    proof = confirmation.prove(thread=initiative)
    if proof is None:
        return False
    try:
        rule_on_pause(
            initiative=initiative,
            way=form.cleaned_data["way"],
            reason=form.cleaned_data["reason"],
            proof=proof,
            actor=request.user,
            at=now(),
        )
    except (RulingRefusedError, IdentityRefusedError) as refusal:
        form.add_refusal(refusal)
        return False
    return True
