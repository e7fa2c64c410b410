"""A pause that both sides left open: the sponsor ends it."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from governance.forms.gates import RulingForm
from governance.operations.rulings import RulingRefusedError, rule_on_pause
from governance.queries.stops import stops_of, ways_alone
from initiatives.queries.rows import Initiative
from initiatives.queries.visibility import get_initiative
from initiatives.rules.codes import parse_code
from journal.clock import now
from kernel.pages import page
from kernel.refusals import Blocker, ForbiddenError, NotVisibleError
from people.http import Request, posted
from people.operations.identity import IdentityRefusedError, check_identity, has_second_factor
from people.operations.throttles import TooManyTriesError

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
    ways, with_code = ways_alone(initiative.stage), has_second_factor(request.user)
    form = RulingForm(posted(request), ways=ways, with_code=with_code)
    status = HTTPStatus.OK
    if form.is_valid():
        try:
            return _decide(request, initiative, form)
        except (IdentityRefusedError, TooManyTriesError, RulingRefusedError) as refusal:
            form.add_refusal(refusal)
            if isinstance(refusal, TooManyTriesError):
                status = HTTPStatus.TOO_MANY_REQUESTS
    if form.errors and status == HTTPStatus.OK:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    return _show(request, initiative, form, status)


def _show(request: Request, initiative: Initiative, form: RulingForm, status: int) -> HttpResponse:
    stop = stops_of(initiative).now
    context = {
        "form": form,
        "initiative": initiative,
        "stop": stop,
        "is_due": stop is not None and stop.is_due(now()),
    }
    return page(request, "governance/stops/decide.html", context, status=status)


def _decide(request: Request, initiative: Initiative, form: RulingForm) -> HttpResponse:
    """Prove who is here, for just this, and end the pause.

    :raises IdentityRefusedError, TooManyTriesError: when that was not shown.
    :raises RulingRefusedError: when the pause cannot be ended so.
    """
    at = now()
    proof = check_identity(
        user=request.user,
        password=form.cleaned_data["password"],
        code=form.cleaned_data.get("code", ""),
        at=at,
        thread=initiative,
    )
    rule_on_pause(
        initiative=initiative,
        way=form.cleaned_data["way"],
        reason=form.cleaned_data["reason"],
        proof=proof,
        actor=request.user,
        at=at,
    )
    messages.success(request, f"Decided. {initiative.code} is no longer paused.")
    return redirect("initiatives:initiative-detail", initiative.code)
