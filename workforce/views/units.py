"""The units of the organisation: seen by whoever holds an office, listed by administrators."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from journal.clock import now
from kernel.pages import page
from kernel.refusals import Blocker
from kernel.templatetags.say import counted
from people.forms.refusals import add_blockers
from people.http import Request, must_keep, must_read
from workforce.forms.units import UnitsFileForm, UnitsForm
from workforce.operations import NameRefusedError, UnitRefusedError, add_units, remove_unit
from workforce.queries import get_unit, units

LIST = "workforce:unit-list"


@login_required
@require_http_methods(["GET", "HEAD"])
def unit_list(request: Request) -> HttpResponse:
    must_read(request)
    return _listed(request, UnitsForm(), UnitsFileForm())


@login_required
@require_POST
def unit_add(request: Request) -> HttpResponse:
    must_keep(request)
    form = UnitsForm(request.POST)
    if form.is_valid():
        try:
            new = add_units(actor=request.user, names=form.cleaned_data["names"], at=now())
        except (NameRefusedError, UnitRefusedError) as refusal:
            add_blockers(form, refusal)
        else:
            said = (
                f"{counted(new, 'unit,units')} added." if new else "All of them were here before."
            )
            messages.success(request, said)
            return redirect(LIST)
    return _listed(request, form, UnitsFileForm(), status=422)


@login_required
@require_POST
def unit_read(request: Request) -> HttpResponse:
    """Show the names in a file where they can still be changed; nothing is added yet."""
    must_keep(request)
    chosen = UnitsFileForm(request.POST, request.FILES)
    if not chosen.is_valid():
        return _listed(request, UnitsForm(), chosen, status=422)
    names = chosen.cleaned_data["file"]
    return _listed(
        request, UnitsForm(initial={"names": "\n".join(names)}), UnitsFileForm(), read=len(names)
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def unit_remove(request: Request, unit_id: int) -> HttpResponse:
    must_keep(request)
    unit = get_unit(unit_id)
    refused: tuple[Blocker, ...] = ()
    if request.method == "POST":
        try:
            remove_unit(actor=request.user, unit=unit, at=now())
        except UnitRefusedError as refusal:
            refused = refusal.blockers
        else:
            messages.success(request, f"{unit.name} is no longer on the list.")
            return redirect(LIST)
    status = 422 if refused else 200
    context = {"unit": unit, "blockers": refused}
    return page(request, "workforce/units/remove.html", context, status=status)


def _listed(
    request: Request, form: UnitsForm, chosen: UnitsFileForm, *, read: int = 0, status: int = 200
) -> HttpResponse:
    context = {"units": units(), "form": form, "chosen": chosen, "read": read}
    return page(request, "workforce/units/list.html", context, status=status)
