"""One side's half of a stage on one page: all that the gate still asks of it, filled in at once."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from governance.operations.halves import HalfRefusedError, fill_half
from governance.queries.progress import gate_steps, step_now
from governance.rules.lacking import half_of
from initiatives.operations.artefacts import SavingRefusedError
from initiatives.operations.contributions import StaleContributionsError
from initiatives.queries.memberships import side_to_write_for
from initiatives.queries.rows import Initiative
from initiatives.rules.memberships import JOINT
from initiatives.rules.slots import SlotRefusedError
from initiatives.views.codes import of_initiative
from initiatives.views.desks import Desk
from initiatives.views.voids import accepted, is_about_voids, warning
from journal.clock import now
from kernel.pages import page
from kernel.refusals import NotVisibleError, StaleError
from people.http import Request
from playbook.shapes import SIDES

FORM = "initiatives:half-form"
SAVED = {
    "technology": "Saved. Technology has all that the gate asks for.",
    "people": "Saved. People have all that the gate asks for.",
    "joint": "Saved. Both together have all that the gate asks for.",
}


@of_initiative
@require_http_methods(["GET", "HEAD", "POST"])
def half_form(request: Request, initiative: Initiative, side: str) -> HttpResponse:
    if side not in SIDES:
        raise NotVisibleError
    side_to_write_for(initiative, request.authority, side=side)
    desk = Desk(request, initiative, side)
    if request.method != "POST" or "add" in request.POST:
        return _shown(request, desk)
    if not desk.is_valid:
        return _shown(request, desk, status=422)
    return _saved(request, desk)


def _saved(request: Request, desk: Desk) -> HttpResponse:
    """Save what was typed; whatever stands in the way, all of it comes back."""
    try:
        return _done(request, desk, wrote=_fill(request, desk))
    except StaleContributionsError as stale:
        desk.compare(stale.clashes)
        status = 409
    except StaleError as stale:
        if not is_about_voids(stale):
            raise
        desk.refuse(stale)
        status = 409
    except (SlotRefusedError, SavingRefusedError, HalfRefusedError) as refusal:
        desk.refuse(refusal)
        status = 422
    return _shown(request, desk, status=status)


def _fill(request: Request, desk: Desk) -> bool:
    return fill_half(
        actor=request.user,
        initiative=desk.initiative,
        half=desk.half,
        at=now(),
        accepts_voids=accepted(request),
    )


def _done(request: Request, desk: Desk, *, wrote: bool) -> HttpResponse:
    """Go on to what is missing next: here, then together, then the gate."""
    code = desk.initiative.code
    left = desk.lacking_now()
    still = half_of(left, desk.side).count
    if not wrote:
        messages.info(request, "Nothing was changed.")
    elif still:
        messages.success(request, f"Saved. {still} still missing here.")
    else:
        messages.success(request, SAVED[desk.side])
    if still:
        return redirect(FORM, code=code, side=desk.side)
    if half_of(left, JOINT).count:
        return redirect(FORM, code=code, side=JOINT)
    step = step_now(gate_steps(desk.initiative), desk.initiative)
    if step is not None and step.is_open:
        return redirect("governance:gate-detail", step.round_id)
    return redirect("initiatives:initiative-detail", code=code)


def _shown(request: Request, desk: Desk, *, status: int = 200) -> HttpResponse:
    step = step_now(gate_steps(desk.initiative), desk.initiative)
    return page(
        request,
        "initiatives/halves/form.html",
        {
            "initiative": desk.initiative,
            "desk": desk,
            "step": step,
            "signatures": warning(desk.initiative),
        },
        status=status,
    )
