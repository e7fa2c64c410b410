"""Recording what happened outside, in order or out of it."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from initiatives.choices import FactKind
from initiatives.forms.facts import FactForm
from initiatives.forms.refusals import add_blockers
from initiatives.operations.facts import FactRefusedError, record_fact, record_past_fact
from initiatives.queries.facts import facts_of, passed_gates
from initiatives.queries.memberships import side_to_write_for
from initiatives.queries.rows import Initiative
from initiatives.rules.facts import GATE_OF
from initiatives.rules.memberships import JOINT
from initiatives.views.codes import of_initiative
from initiatives.views.voids import accepted, is_about_voids, warning
from journal.clock import now
from journal.queries import installation
from kernel.pages import page
from kernel.refusals import StaleError
from people.http import Request


@of_initiative
@require_http_methods(["GET", "HEAD", "POST"])
def fact_form(request: Request, initiative: Initiative) -> HttpResponse:
    side_to_write_for(initiative, request.authority, side=JOINT)
    form, status = FactForm(), 200
    if request.method == "POST":
        form = FactForm(request.POST)
        status = _recorded(request, initiative, form)
        if not status:
            return redirect("initiatives:initiative-detail", code=initiative.code)
    founded = installation()
    passed = passed_gates(initiative)
    return page(
        request,
        "initiatives/facts/form.html",
        {
            "initiative": initiative,
            "form": form,
            "facts": facts_of(initiative),
            "guards": [(kind.label, gate, gate in passed) for kind, gate in GATE_OF.items()],
            "currency": founded.currency if founded else "",
            "signatures": warning(initiative),
        },
        status=status,
    )


def _recorded(request: Request, initiative: Initiative, form: FactForm) -> int:
    """Record the fact; return the status of the page that says why not, or 0."""
    if not form.is_valid():
        return 422
    try:
        _record(request, initiative, form)
    except FactRefusedError as refusal:
        add_blockers(form, refusal)
        return 422
    except StaleError as stale:
        if not is_about_voids(stale):
            raise
        add_blockers(form, stale)
        return 409
    return 0


def _record(request: Request, initiative: Initiative, form: FactForm) -> None:
    given = form.cleaned_data
    happened_on: date = given["happened_on"]
    record = record_past_fact if given["already"] else record_fact
    fact = record(
        actor=request.user,
        initiative=initiative,
        kind=FactKind(given["kind"]),
        happened_on=happened_on,
        amount=given["amount"],
        text=given["text"],
        at=now(),
        accepts_voids=accepted(request),
    )
    if fact.is_breach:
        messages.warning(request, "Recorded. It was out of order, and everybody can see that.")
    else:
        messages.success(request, "Recorded.")
