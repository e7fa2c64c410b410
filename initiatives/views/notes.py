"""Early thinking: the notes one reads, one of them, sharing one and taking it back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from initiatives.forms.notes import NoteForm
from initiatives.forms.refusals import add_blockers
from initiatives.operations.notes import (
    NoteRefusedError,
    SharedAlreadyError,
    share_note,
    withdraw_note,
)
from initiatives.queries.memberships import only_reads
from initiatives.queries.notes import get_note, note_view, notes_read
from initiatives.rules.notes import ONLY_READS
from journal.clock import now
from kernel.pages import page
from kernel.refusals import ForbiddenError
from people.choices import Side
from people.http import Request, posted


@login_required
@require_safe
def note_list(request: Request) -> HttpResponse:
    context = {
        "notes": notes_read(request.authority),
        "may_share": not only_reads(request.authority),
    }
    return page(request, "initiatives/notes/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def note_form(request: Request) -> HttpResponse:
    if only_reads(request.authority):
        raise ForbiddenError(ONLY_READS)
    key_side = request.authority.key_side
    form = NoteForm(posted(request), side=key_side)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            note = share_note(
                actor=request.user,
                side=Side(given["side"]),
                title=given["title"],
                text=given["text"],
                at=now(),
            )
        except SharedAlreadyError as twice:
            messages.info(request, "You shared this already: here it is.")
            return redirect("initiatives:note-detail", twice.note_id)
        except NoteRefusedError as refusal:
            add_blockers(form, refusal)
        else:
            messages.success(request, "Shared. Both sides can read it.")
            return redirect("initiatives:note-detail", note.pk)
    context = {"form": form, "key_side": key_side}
    return page(request, "initiatives/notes/form.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def note_detail(request: Request, pk: int) -> HttpResponse:
    note = note_view(get_note(pk, request.authority))
    context = {
        "note": note,
        "is_mine": note.author.person_key == request.authority.person_key,
        "reads_everything": request.authority.reads_everything,
        "may_propose": not only_reads(request.authority),
    }
    return page(request, "initiatives/notes/detail.html", context)


@login_required
@require_POST
def note_withdraw(request: Request, pk: int) -> HttpResponse:
    withdraw_note(actor=request.user, note_id=pk, at=now())
    messages.success(request, "Taken back. Nobody is shown it any longer.")
    return redirect("initiatives:note-list")
