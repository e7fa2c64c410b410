"""Checkpoints: what the record came to, for offices and auditors to see and to take away."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.queries.checkpoints import all_notes, checkpoint_page, note_over
from kernel.pages import page
from kernel.refusals import Blocker, ForbiddenError, NotVisibleError
from people.http import Request

ONLY_OFFICES = Blocker("not_yours", "Only office holders may see and take checkpoints.")
PLAIN = "text/plain; charset=utf-8"
MOST_DIGITS = 18


@login_required
@require_safe
def checkpoint_list(request: Request) -> HttpResponse:
    _let_in(request)
    word = request.GET.get("before", "")
    is_number = word.isascii() and word.isdigit() and len(word) <= MOST_DIGITS
    found = checkpoint_page(before=int(word) if is_number else None)
    path = reverse("governance:checkpoint-list")
    following = f"{path}?before={found.before}" if found.before else ""
    context = {"found": found, "next": following}
    return page(request, "governance/record/checkpoints.html", context)


@login_required
@require_safe
def checkpoint_note(request: Request, size: int) -> HttpResponse:
    _let_in(request)
    note = note_over(size) if len(str(size)) <= MOST_DIGITS else None
    if note is None:
        raise NotVisibleError
    return HttpResponse(note, content_type=PLAIN, headers=_attached(f"checkpoint-{size}.txt"))


@login_required
@require_safe
def checkpoint_notes(request: Request) -> StreamingHttpResponse:
    _let_in(request)
    headers = _attached("checkpoints.txt")
    return StreamingHttpResponse(all_notes(), content_type=PLAIN, headers=headers)


def _let_in(request: Request) -> None:
    """Let offices in, and the auditor, who holds one."""
    if not request.authority.reads_everything:
        raise ForbiddenError(ONLY_OFFICES)


def _attached(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
