"""A list before it comes in: every row with what becomes of it, and the choice that is made."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from initiatives.operations.imports import (
    Choice,
    ImportRefusedError,
    choose_rows,
    confirm_import,
)
from initiatives.queries.imports import Review, get_import, must_import, review_of
from initiatives.queries.rows import Import
from initiatives.rules.import_rows import Fate
from initiatives.views.import_results import result
from journal.clock import now
from kernel.numbers import whole_number
from kernel.pages import page
from kernel.refusals import Blocker
from people.http import Request

PAGE = 50
DIGITS = 8
TABS = {
    "": "All",
    Fate.COMES: "Come in",
    "alike": "Look alike",
    Fate.WRONG: "Cannot come",
    Fate.HERE: "Here already",
    Fate.LEFT_OUT: "Left out",
}


@dataclass(frozen=True)
class Tab:
    """A part of the rows, with how many they are."""

    word: str
    count: int
    url: str
    is_here: bool


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_detail(request: Request, pk: int) -> HttpResponse:
    must_import(request.authority)
    source = get_import(pk)
    if request.method == "POST":
        return _decided(request, source)
    if not source.is_matching:
        return result(request, source)
    if source.matched_at is None:
        return redirect("initiatives:import-columns", pk=pk)
    return _preview(request, source)


def _decided(request: Request, source: Import) -> HttpResponse:
    deed = request.POST.get("deed", "")
    decide = confirm_import if deed == "confirm" else choose_rows
    try:
        source = decide(
            actor=request.user,
            source=source,
            choice=_choice(request, source, deed),
            expected_version=version_of(request),
            at=now(),
        )
    except ImportRefusedError as refusal:
        return _preview(request, source, refusal.blockers)
    if deed != "confirm":
        messages.success(request, f"Kept. {len(source.left_out)} left out.")
        return redirect(request.get_full_path())
    return redirect("initiatives:import-detail", pk=source.pk)


def _choice(request: Request, source: Import, deed: str) -> Choice:
    """Return what was ticked among the rows of the page, or all that look alike, or none."""
    if deed == "alike":
        alike = [int(line) for line in source.alike]
        return Choice(shown=alike, left_out=alike)
    if deed == "none":
        return Choice(shown=source.left_out)
    lines = _numbers(request.POST.get("shown", "").split(","))
    return Choice(shown=lines, left_out=_numbers(request.POST.getlist("out")))


def _preview(request: Request, source: Import, blockers: tuple[Blocker, ...] = ()) -> HttpResponse:
    review = review_of(source)
    show = request.GET.get("show", "")
    rows = review.of(show)
    begins = next(iter(_numbers([request.GET.get("from", "")])), 0)
    shown = rows[begins : begins + PAGE]
    return page(
        request,
        "initiatives/imports/preview.html",
        {
            "source": source,
            "review": review,
            "counts": review.counts,
            "tabs": _tabs(review, show),
            "rows": shown,
            "shown": ",".join(str(one.one.line) for one in shown),
            "blockers": blockers,
            "previous": begins and _address(show, max(begins - PAGE, 0)),
            "next": _address(show, begins + PAGE) if begins + PAGE < len(rows) else "",
            "place": f"{begins + 1} to {begins + len(shown)} of {len(rows)}" if shown else "",
        },
        status=422 if blockers else 200,
    )


def _tabs(review: Review, show: str) -> list[Tab]:
    return [
        Tab(word, review.counts[key or "all"], _address(key), is_here=key == show)
        for key, word in TABS.items()
        if not key or review.counts[key]
    ]


def _address(show: str, begins: int = 0) -> str:
    words = {"show": str(show), "from": begins or ""}
    return f"?{urlencode({key: word for key, word in words.items() if word})}"


def version_of(request: Request) -> int:
    """Return which version of the list the form was made from; 0 for what is none."""
    return next(iter(_numbers([request.POST.get("version", "")])), 0)


def _numbers(words: Iterable[str]) -> list[int]:
    """Return the words that are numbers of lines, as pages write them."""
    return [number for word in words if (number := whole_number(word, DIGITS)) is not None]
