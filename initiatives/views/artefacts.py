"""One slot: reading it, writing it, and choosing when two wrote at once."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from governance.choices import RoundState
from governance.operations.rounds import RoundRefusedError, submit_round
from governance.queries.rounds import open_round_of
from initiatives.forms.artefacts import Registers, SavingForm, SlotForm
from initiatives.operations.artefacts import (
    SavingRefusedError,
    StaleVersionError,
    save_slot,
)
from initiatives.queries.artefacts import slot_named
from initiatives.queries.days import home_day
from initiatives.queries.deferrals import calls_of
from initiatives.queries.initiatives import SlotView, slot_view
from initiatives.queries.memberships import part_of, side_to_write_for
from initiatives.queries.questions import open_beside
from initiatives.queries.rows import Initiative
from initiatives.rules.memberships import Part
from initiatives.rules.slots import EMPTY, CleanSlot, SlotRefusedError, starting_content
from initiatives.views.codes import of_initiative
from initiatives.views.comparisons import pairs, taken
from initiatives.views.contents import shown
from initiatives.views.registers import named, registers_for
from initiatives.views.voids import accepted, is_about_voids, warning
from journal.clock import now
from kernel.pages import page
from kernel.refusals import StaleError
from people.http import Request
from people.queries import get_person
from playbook.editions import current
from playbook.shapes import Slot
from workforce.operations import NameRefusedError, add_role


@dataclass(frozen=True)
class Desk:
    """What every answer about one slot needs."""

    request: Request
    initiative: Initiative
    slot: Slot
    part: Part
    view: SlotView

    @property
    def version(self) -> int:
        return self.view.text.n if self.view.text else 0


@of_initiative
@require_http_methods(["GET", "HEAD", "POST"])
def artefact_form(request: Request, initiative: Initiative, slot: str) -> HttpResponse:
    desk = _desk(request, initiative, slot)
    if request.method == "POST":
        return _saved(desk)
    registers = registers_for(desk.slot)
    start = starting_content(desk.slot, current(), statement=initiative.statement)
    clean = desk.view.text.clean if desk.view.text else start
    if not desk.view.may_edit:
        return page(
            request,
            "initiatives/artefacts/detail.html",
            {
                "initiative": initiative,
                "view": desk.view,
                **_beside(desk),
                "fields": shown(desk.slot, clean, named(desk.slot)) if clean else None,
            },
        )
    form = SlotForm(desk.slot, clean=clean or EMPTY, registers=registers)
    saving = SavingForm(people=registers.people, version=desk.version)
    return _shown(desk, form, saving)


def _desk(request: Request, initiative: Initiative, key: str) -> Desk:
    book = current()
    slot = slot_named(book, key)
    part = part_of(initiative, request.authority)
    view = slot_view(initiative, slot, part=part, playbook=book, on=home_day(now()))
    return Desk(request, initiative, slot, part, view)


def _saved(desk: Desk) -> HttpResponse:
    """Save what was typed; whatever stands in the way, the typed text comes back."""
    request = desk.request
    side_to_write_for(desk.initiative, request.authority, side=desk.slot.side)
    if word := request.POST.get("add", ""):
        return _grown(desk, word)
    registers = registers_for(desk.slot)
    form = SlotForm(desk.slot, request.POST, registers=registers)
    saving = SavingForm(request.POST, people=registers.people)
    try:
        status = _save(desk, form, saving) if saving.is_valid() else 422
    except StaleVersionError as stale:
        return _compared(desk, form, stale, registers)
    return _shown(desk, form, saving, status=status) if status else _done(desk)


def _grown(desk: Desk, word: str) -> HttpResponse:
    """Show the form as it was typed with one row more, or with a new role to choose."""
    role_error = _role_added(desk.request) if word == "role" else ""
    registers = registers_for(desk.slot)
    form = SlotForm(desk.slot, desk.request.POST, registers=registers, grows=word)
    saving = SavingForm(desk.request.POST, people=registers.people)
    return _shown(desk, form, saving, status=422 if role_error else 200, role_error=role_error)


def _done(desk: Desk) -> HttpResponse:
    messages.success(desk.request, f"{desk.slot.label}: saved.")
    if "resend" in desk.request.POST:
        _resend(desk)
    if "evidence" in desk.request.POST:
        form = reverse("initiatives:evidence-form", kwargs={"code": desk.initiative.code})
        return redirect(f"{form}?slot={desk.slot.key}")
    stage = f"?stage={desk.slot.stage}" if desk.slot.stage else ""
    path = reverse("initiatives:initiative-detail", kwargs={"code": desk.initiative.code})
    return redirect(f"{path}{stage}#voices")


def _resend(desk: Desk) -> None:
    """Send the round that the change has opened; what it lacks is said, and it waits."""
    round_ = open_round_of(desk.initiative)
    if round_ is None or round_.state != RoundState.DRAFT:
        return
    try:
        submit_round(round_id=round_.pk, actor=desk.request.user, at=now())
    except RoundRefusedError as refusal:
        messages.warning(desk.request, f"Not sent for signature yet: {refusal}")
    else:
        messages.success(desk.request, "Sent for signature again.")


def _save(desk: Desk, form: SlotForm, saving: SavingForm) -> int:
    """Save the slot; return the status of the page that says why not, or 0.

    :raises StaleVersionError: when somebody saved since.
    """
    try:
        _write(desk, form, saving)
    except StaleVersionError:
        raise
    except StaleError as stale:
        if not is_about_voids(stale):
            raise
        form.refuse(stale)
        return 409
    except (SlotRefusedError, SavingRefusedError) as refusal:
        form.refuse(refusal)
        return 422
    return 0


def _write(desk: Desk, form: SlotForm, saving: SavingForm) -> None:
    asked = saving.cleaned_data["asked_for_by"]
    save_slot(
        actor=desk.request.user,
        initiative=desk.initiative,
        slot=desk.slot.key,
        raw=form.raw() | taken(desk.slot, _there(desk), desk.request.POST.getlist("take")),
        expected_version=saving.cleaned_data["expected_version"],
        at=now(),
        asked_for_by=get_person(int(asked)) if asked else None,
        accepts_voids=accepted(desk.request),
    )


def _there(desk: Desk) -> CleanSlot | None:
    return desk.view.text.clean if desk.view.text else None


def _compared(
    desk: Desk, form: SlotForm, stale: StaleVersionError, registers: Registers
) -> HttpResponse:
    """Show both texts side by side; the next save is made from the one that stands now."""
    saving = SavingForm(people=registers.people, version=stale.current.n if stale.current else 0)
    differing = pairs(desk.slot, stale.current, stale.mine)
    return _shown(desk, form, saving, status=409, theirs=stale.current, pairs=differing)


def _role_added(request: Request) -> str:
    """Add a role to the list, and say what was wrong with its name."""
    try:
        add_role(actor=request.user, name=request.POST.get("new_role", ""), at=now())
    except NameRefusedError as refusal:
        return str(refusal)
    return ""


def _shown(
    desk: Desk, form: SlotForm, saving: SavingForm, *, status: int = 200, **more: object
) -> HttpResponse:
    round_ = open_round_of(desk.initiative)
    context = {
        "initiative": desk.initiative,
        "view": desk.view,
        "slot": desk.slot,
        **_beside(desk),
        "is_in_review": round_ is not None and round_.is_in_review,
        "form": form,
        "asked": list(form.asked()),
        "saving": saving,
        "signatures": warning(desk.initiative),
        "may_resend": desk.part.leads_side,
        "names_roles": any(
            "role" in (field.type, *(column.type for column in field.columns))
            for field in desk.slot.fields
        ),
        **more,
    }
    return page(desk.request, "initiatives/artefacts/form.html", context, status=status)


def _beside(desk: Desk) -> dict[str, object]:
    """Return what is said about the slot: how many questions are open, and whose call it is."""
    key = desk.slot.key
    return {
        "questions": open_beside(desk.initiative).beside.get(key, 0),
        "call": calls_of(desk.initiative).get(key),
    }
