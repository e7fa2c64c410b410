"""Proposing an initiative: four fields, what is here already, and going on with a reason."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from initiatives.forms.proposals import ProposalForm
from initiatives.forms.refusals import add_blockers
from initiatives.operations.initiatives import (
    DuplicatesFoundError,
    ProposalRefusedError,
    ProposedAlreadyError,
    propose,
)
from initiatives.operations.notes import propose_with_note
from initiatives.operations.rapid_reads import BegunAlreadyError, propose_with_read
from initiatives.queries.days import home_day
from initiatives.queries.duplicates import Duplicate, likely_duplicates
from initiatives.queries.memberships import may_import, only_reads
from initiatives.queries.notes import NoteView, get_note, note_view
from initiatives.queries.rapid_reads import get_read
from initiatives.queries.rapid_views import ReadView, read_view
from initiatives.queries.rows import Initiative
from initiatives.queries.visibility import reads_code
from journal.clock import now
from kernel.canonical import clean_text
from kernel.numbers import whole_number
from kernel.pages import page
from kernel.refusals import Blocker, ForbiddenError, NotVisibleError
from people.choices import Side
from people.http import Request
from people.queries import active_people, get_person
from people.rules import Authority
from playbook.editions import current
from workforce.queries import unit_names

LONGEST = 2_000
READS = Blocker("only_reads", "The sponsor and the auditors read, and propose nothing.")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_form(request: Request) -> HttpResponse:
    if only_reads(request.authority):
        raise ForbiddenError(READS)
    read = _read(request)
    if read is not None and read.code:
        return _begun(request, read.id, read.code)
    if request.method == "POST":
        return _proposed(request, read)
    name, problem = _asked(request, read)
    return _shown(request, _form(request, read=read), _alike(name, problem), read=read)


def _proposed(request: Request, read: ReadView | None) -> HttpResponse:
    form = _form(request, request.POST)
    found: tuple[Duplicate, ...] = ()
    if form.is_valid():
        try:
            initiative = _propose(request, form, read)
        except BegunAlreadyError as begun:
            return _begun(request, begun.read_id, begun.code)
        except ProposedAlreadyError as twice:
            return _proposed_before(request, twice.code)
        except DuplicatesFoundError as alike:
            found = alike.duplicates
            add_blockers(form, alike)
        except ProposalRefusedError as refusal:
            add_blockers(form, refusal)
        else:
            messages.success(request, f"{initiative.code} is here. Now both sides add their half.")
            return redirect("initiatives:initiative-detail", code=initiative.code)
    else:
        found = _alike(request.POST.get("name", ""), request.POST.get("problem", ""))
    return _shown(request, form, found, read=read, status=422)


def _propose(request: Request, form: ProposalForm, read: ReadView | None) -> Initiative:
    chosen = form.cleaned_data["counterpart"]
    given = {
        "actor": request.user,
        "counterpart": get_person(int(chosen)) if chosen else None,
        "at": now(),
        **form.given(),
    }
    if read is not None:
        return propose_with_read(read_id=read.id, **given)
    number = _number(request, "note")
    return propose_with_note(note_id=number, **given) if number else propose(**given)


def _number(request: Request, key: str) -> int | None:
    return whole_number((request.POST if request.method == "POST" else request.GET).get(key, ""))


def _note(request: Request) -> NoteView | None:
    """Return the note that the proposal begins with; none, once it was taken back."""
    number = _number(request, "note")
    try:
        return note_view(get_note(number, request.authority)) if number else None
    except NotVisibleError:
        return None


def _read(request: Request) -> ReadView | None:
    """Return the rapid read that the proposal begins with, where there is one to read."""
    number = _number(request, "read")
    try:
        found = get_read(number, request.authority) if number else None
    except NotVisibleError:
        return None
    return read_view(found, home_day(now())) if found else None


def _proposed_before(request: Request, code: str) -> HttpResponse:
    """Lead to what the first click began, or to the portfolio, for who has left it since."""
    messages.info(request, f"You proposed this already: it is {code}.")
    if reads_code(code, request.authority):
        return redirect("initiatives:initiative-detail", code=code)
    return redirect("initiatives:portfolio-list")


def _begun(request: Request, read_id: int, code: str) -> HttpResponse:
    """Lead to the initiative that began with the read, or to the read, for who reads no more."""
    if reads_code(code, request.authority):
        return redirect("initiatives:initiative-detail", code=code)
    return redirect("initiatives:rapid-read-detail", read_id)


def _asked(request: Request, read: ReadView | None) -> tuple[str, str]:
    """Return name and problem as the address says them, else as the read does."""
    words = (read.name, read.seen) if read and not read.is_erased else ("", "")
    return request.GET.get("name", words[0]), request.GET.get("problem", words[1])


def _form(request: Request, data: object = None, *, read: ReadView | None = None) -> ProposalForm:
    others = [
        (person.pk, f"{person.name}, {person.title}" if person.title else person.name)
        for person in active_people()
        if person.pk != request.user.pk
    ]
    form = ProposalForm(data, people=others, side=request.authority.key_side)
    form.fields["name"].initial, form.fields["problem"].initial = _asked(request, read)
    return form


def _shown(
    request: Request,
    form: ProposalForm,
    found: tuple[Duplicate, ...],
    *,
    read: ReadView | None,
    status: int = 200,
) -> HttpResponse:
    typed = request.POST if request.method == "POST" else request.GET
    side = request.authority.key_side or typed.get("side", "")
    return page(
        request,
        "initiatives/proposals/form.html",
        {
            "form": form,
            "duplicates": _offered(found, side, request.authority),
            "typed": {"name": typed.get("name", ""), "problem": typed.get("problem", "")},
            "side": side if side in Side.values else "",
            "key_side": request.authority.key_side,
            "asks_reason": bool(found) or bool(typed.get("reason")) or "reason" in form.errors,
            "units": unit_names(),
            "may_import": may_import(request.authority),
            "notices": current().notices,
            "note": _note(request),
            "read": read,
        },
        parts=("duplicates",),
        status=status,
    )


def _offered(
    found: tuple[Duplicate, ...], side: str, authority: Authority
) -> list[tuple[Duplicate, list[Side]]]:
    """Return each duplicate with the sides the reader may join it for without asking its lead."""
    wanted = [Side(side)] if side in Side.values else [*Side]
    return [
        (one, [side for side in wanted if authority.reads_everything or side not in one.led])
        for one in found
    ]


def _alike(name: str, problem: str) -> tuple[Duplicate, ...]:
    """Return what is alike, also where the text itself is refused."""
    try:
        name, problem = clean_text(name[:LONGEST]), clean_text(problem[:LONGEST])
    except ValueError:
        return ()
    return likely_duplicates(name=name, problem=problem) if (name + problem).strip() else ()
