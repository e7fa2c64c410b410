"""The details beside the artefacts: how both work together, risk, month, money."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from initiatives.forms.details import DetailsForm
from initiatives.forms.refusals import add_blockers
from initiatives.operations.details import DetailsRefusedError, StaleDetailsError, set_details
from initiatives.queries.memberships import side_to_write_for
from initiatives.queries.rows import Initiative
from initiatives.rules.memberships import JOINT
from initiatives.views.codes import of_initiative
from initiatives.views.voids import accepted, is_about_voids, warning
from journal.clock import now
from journal.queries import installation
from kernel.pages import page
from kernel.refusals import StaleError
from people.http import Request
from playbook.editions import current


@of_initiative
@require_http_methods(["GET", "HEAD", "POST"])
def details_form(request: Request, initiative: Initiative) -> HttpResponse:
    side_to_write_for(initiative, request.authority, side=JOINT)
    book = current()
    form, status = DetailsForm(playbook=book, initiative=initiative), 200
    changed = None
    if request.method == "POST":
        form = DetailsForm(request.POST, playbook=book, initiative=initiative)
        try:
            status = _set(request, initiative, form)
        except StaleDetailsError as stale:
            changed, status = stale.initiative, 409
            # The next save is made from what stands there now; what was typed stays.
            form.data = {**form.data, "version": str(changed.version)}
        if not status:
            messages.success(request, "Saved.")
            return redirect("initiatives:initiative-detail", code=initiative.code)
    founded = installation()
    return page(
        request,
        "initiatives/details/form.html",
        {
            "initiative": initiative,
            "form": form,
            "models": book.operating_models,
            "risk": [form[question.key] for question in book.risk_questions],
            "changed": DetailsForm(playbook=book, initiative=changed) if changed else None,
            "currency": founded.currency if founded else "",
            "signatures": warning(initiative),
        },
        status=status,
    )


def _set(request: Request, initiative: Initiative, form: DetailsForm) -> int:
    """Save the details; return the status of the page that says why not, or 0."""
    if not form.is_valid():
        return 422
    try:
        set_details(
            actor=request.user,
            initiative=initiative,
            details=form.details(),
            expected_version=form.cleaned_data["version"],
            at=now(),
            accepts_voids=accepted(request),
        )
    except DetailsRefusedError as refusal:
        add_blockers(form, refusal)
        return 422
    except StaleDetailsError:
        raise
    except StaleError as stale:
        if not is_about_voids(stale):
            raise
        add_blockers(form, stale)
        return 409
    return 0
