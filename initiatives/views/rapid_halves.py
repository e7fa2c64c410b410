"""One half of a rapid read: answered by its side, compared when two of a side wrote at once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from initiatives.forms.rapid_reads import HalfForm
from initiatives.forms.refusals import add_blockers
from initiatives.operations.rapid_halves import StaleHalfError, write_half
from initiatives.operations.rapid_reads import ReadDecidedError, ReadRefusedError
from initiatives.queries.days import home_day
from initiatives.queries.rapid_reads import get_read, must_speak, speaker_facts
from initiatives.queries.rapid_views import HalfView, ReadView, read_view
from initiatives.rules.differences import Change
from journal.clock import now
from kernel.pages import page
from kernel.refusals import NotVisibleError
from people.choices import Side
from people.http import Request, posted

DETAIL = "initiatives:rapid-read-detail"
Pairs = list[tuple[str, str, list[Change]]]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rapid_read_half(request: Request, pk: int, side: str) -> HttpResponse:
    if side not in Side.values:
        raise NotVisibleError
    row = get_read(pk, request.authority)
    read = read_view(row, home_day(now()))
    must_speak(speaker_facts(row, request.authority), Side(side))
    half = read.half(Side(side))
    if not read.is_open and request.method != "POST":
        return redirect(DETAIL, pk)
    earlier = _earlier(request, read, half)
    start = half.answers or (earlier.answers if earlier else {})
    form = HalfForm(posted(request), questions=half.questions, answers=start, version=half.n)
    if request.method != "POST":
        return _shown(request, read, half, form, earlier=earlier)
    return _saved(request, read, half, form)


def _saved(request: Request, read: ReadView, half: HalfView, form: HalfForm) -> HttpResponse:
    """Save what was typed; whatever stands in the way, the typed text comes back."""
    try:
        status = _write(request, read, half, form) if form.is_valid() else 422
    except StaleHalfError as stale:
        return _compared(request, read, stale)
    if status:
        return _shown(request, read, half, form, status=status)
    messages.success(request, f"{half.side.label}: saved.")
    return redirect(DETAIL, read.id)


def _write(request: Request, read: ReadView, half: HalfView, form: HalfForm) -> int:
    """Save the half; return the status of the page that says why not, or 0.

    :raises StaleHalfError: when somebody saved since.
    """
    taken = request.POST.getlist("take")
    try:
        write_half(
            actor=request.user,
            read_id=read.id,
            side=half.side,
            answers=form.answers()
            | {key: said for key, said in half.answers.items() if key in taken},
            expected_version=form.cleaned_data["expected_version"],
            at=now(),
        )
    except ReadDecidedError as decided:
        add_blockers(form, decided)
        return 409
    except ReadRefusedError as refusal:
        add_blockers(form, refusal)
        return 422
    return 0


def _compared(request: Request, read: ReadView, stale: StaleHalfError) -> HttpResponse:
    """Show both texts; the next save is made from the one that stands now."""
    there = stale.current
    form = HalfForm(None, questions=there.questions, answers=stale.mine, version=there.n)
    pairs: Pairs = [
        (one.key, one.label, [Change(one.key, one.label, said, stale.mine.get(one.key, ""))])
        for one, said in there.pairs
        if said != stale.mine.get(one.key, "")
    ]
    return _shown(request, read, there, form, status=409, pairs=pairs)


def _earlier(request: Request, read: ReadView, half: HalfView) -> HalfView | None:
    """Return what the side answered in the read that this one takes up, to begin with."""
    if half.n or read.before_id is None:
        return None
    try:
        row = get_read(read.before_id, request.authority)
    except NotVisibleError:
        return None
    before = read_view(row, read.on).half(half.side)
    return before if before.n and not before.is_erased else None


def _shown(
    request: Request,
    read: ReadView,
    half: HalfView,
    form: HalfForm,
    *,
    status: int = 200,
    earlier: HalfView | None = None,
    pairs: Pairs | None = None,
) -> HttpResponse:
    context = {
        "read": read,
        "half": half,
        "form": form,
        "earlier": earlier,
        "pairs": pairs or [],
        "is_stale": pairs is not None,
    }
    return page(request, "initiatives/rapid_reads/half.html", context, status=status)
