"""Evidence: adding a file, a link or a statement, handing files out safely, taking one back."""

from contextlib import suppress

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from initiatives.choices import EvidenceKind
from initiatives.forms.evidence import EvidenceForm, WithdrawalForm
from initiatives.forms.refusals import add_blockers
from initiatives.operations.evidence import (
    add_evidence_attestation,
    add_evidence_file,
    add_evidence_link,
    withdraw_evidence,
)
from initiatives.operations.files import FileRefusedError
from initiatives.operations.pieces import AddedAlreadyError, EvidenceRefusedError
from initiatives.operations.requests import request_capture
from initiatives.queries.captures import kept_copy
from initiatives.queries.evidence import copy_name_of, file_name_of, get_evidence, words_of
from initiatives.queries.files import open_file
from initiatives.queries.memberships import side_to_write_for
from initiatives.queries.rows import Capture, Evidence, Initiative
from initiatives.queries.targets import Target, target_of
from initiatives.views.codes import of_initiative
from initiatives.views.voids import accepted, is_about_voids, warning
from journal.clock import now
from kernel.pages import page
from kernel.refusals import NotVisibleError, StaleError
from people.http import Request
from playbook.editions import current

# Whatever the bytes are, a browser that opens them runs nothing and sends nothing.
SANDBOX = "default-src 'none'; style-src 'none'; sandbox"


@of_initiative
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_form(request: Request, initiative: Initiative) -> HttpResponse:
    book = current()
    target = target_of(
        book, slot=request.GET.get("slot", ""), criterion=request.GET.get("criterion", "")
    )
    side_to_write_for(initiative, request.authority, side=target.side)
    form, status = EvidenceForm(), 200
    if request.method == "POST":
        form = EvidenceForm(request.POST, request.FILES)
        status = _added(request, initiative, target, form)
        if not status:
            messages.success(request, "Evidence added.")
            return redirect(_way_back(initiative, target))
    is_slot = bool(target.slot)
    return page(
        request,
        "initiatives/evidence/form.html",
        {
            "initiative": initiative,
            "target": target,
            "label": book.slot(target.slot).label
            if is_slot
            else book.criterion(target.criterion).text,
            "form": form,
            "back": _way_back(initiative, target),
            "signatures": warning(initiative),
        },
        status=status,
    )


@of_initiative
@require_safe
def evidence_file(request: Request, initiative: Initiative, pk: int) -> HttpResponseBase:  # noqa: ARG001  the initiative is what is allowed
    evidence = get_evidence(initiative, pk)
    if evidence.sealed.text is None:
        raise NotVisibleError
    return _handed_out(evidence, file_name_of(evidence))


@of_initiative
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_copy(request: Request, initiative: Initiative, pk: int) -> HttpResponseBase:
    """Hand out the copy of a link, or ask for one."""
    if request.method == "POST":
        request_capture(actor=request.user, initiative=initiative, evidence_id=pk, at=now())
        messages.success(request, "Asked for. The copy is made within a minute or two.")
        return redirect("initiatives:initiative-detail", code=initiative.code)
    evidence = get_evidence(initiative, pk)
    if evidence.sealed.text is None:
        raise NotVisibleError
    capture = kept_copy(evidence)
    return _handed_out(capture, copy_name_of(evidence, capture))


@of_initiative
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_withdraw(request: Request, initiative: Initiative, pk: int) -> HttpResponse:
    evidence = get_evidence(initiative, pk)
    target = target_of(current(), slot=evidence.slot, criterion=evidence.criterion)
    side_to_write_for(initiative, request.authority, side=target.side)
    form, status = WithdrawalForm(request.POST or None), 200
    if request.method == "POST":
        status = _taken_back(request, initiative, pk, form)
        if not status:
            messages.success(request, "Taken back. It stays in the record.")
            return redirect("initiatives:initiative-detail", code=initiative.code)
    return page(
        request,
        "initiatives/evidence/withdraw.html",
        {
            "initiative": initiative,
            "evidence": evidence,
            "title": words_of(evidence).get("title", ""),
            "form": form,
            "signatures": warning(initiative),
        },
        status=status,
    )


def _handed_out(stored: Evidence | Capture, name: str) -> FileResponse:
    """Hand a file out to be kept: never shown in the page, never opened here."""
    response = FileResponse(
        open_file(stored), as_attachment=True, filename=name, content_type=stored.content_type
    )
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _added(request: Request, initiative: Initiative, target: Target, form: EvidenceForm) -> int:
    """Add what was sent; return the status of the page that says why not, or 0."""
    if not form.is_valid():
        return 422
    try:
        with suppress(AddedAlreadyError):  # the second click: what was wanted stands
            _add(request, initiative, target, form)
    except (EvidenceRefusedError, FileRefusedError) as refusal:
        add_blockers(form, refusal)
        return 422
    except StaleError as stale:
        if not is_about_voids(stale):
            raise
        add_blockers(form, stale)
        return 409
    return 0


def _add(request: Request, initiative: Initiative, target: Target, form: EvidenceForm) -> None:
    given = form.cleaned_data
    said = {
        "actor": request.user,
        "initiative": initiative,
        "slot": target.slot,
        "criterion": target.criterion,
        "title": given["title"],
        "note": given["note"],
        "valid_until": given["valid_until"],
        "accepts_voids": accepted(request),
        "at": now(),
    }
    match given["kind"]:
        case EvidenceKind.FILE:
            add_evidence_file(upload=given["upload"], **said)
        case EvidenceKind.LINK:
            add_evidence_link(url=given["url"], **said)
        case _:
            add_evidence_attestation(**said)


def _taken_back(request: Request, initiative: Initiative, pk: int, form: WithdrawalForm) -> int:
    if not form.is_valid():
        return 422
    try:
        withdraw_evidence(
            actor=request.user,
            initiative=initiative,
            evidence_id=pk,
            reason=form.cleaned_data["reason"],
            at=now(),
            accepts_voids=accepted(request),
        )
    except EvidenceRefusedError as refusal:
        add_blockers(form, refusal)
        return 422
    except StaleError as stale:
        if not is_about_voids(stale):
            raise
        add_blockers(form, stale)
        return 409
    return 0


def _way_back(initiative: Initiative, target: Target) -> str:
    if target.slot:
        kwargs = {"code": initiative.code, "slot": target.slot}
        return reverse("initiatives:artefact-form", kwargs=kwargs)
    return reverse("initiatives:initiative-detail", kwargs={"code": initiative.code})
