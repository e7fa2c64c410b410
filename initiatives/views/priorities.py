"""Priorities: where both sides see what, the joint order, and moving it by hand."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from initiatives.forms.opportunities import MoveForm
from initiatives.forms.refusals import add_blockers
from initiatives.operations.rankings import RankingRefusedError, move_initiative
from initiatives.queries.days import home_day
from initiatives.queries.memberships import side_of_key
from initiatives.queries.priorities_page import (
    ON_A_PAGE,
    Ranked,
    move_page,
    priorities_page,
)
from initiatives.queries.rows import Initiative
from initiatives.queries.shortlists import nearest_word, shortlists
from initiatives.views.codes import of_initiative
from journal.clock import now, this_hour
from kernel.numbers import whole_number
from kernel.pages import page
from kernel.plot import Idea
from people.http import Request, kept_by_browser
from playbook.editions import current

PAGE = "initiatives:priorities-list"
FROM = "from"
MOST_DIGITS = 7


@login_required
@require_safe
@kept_by_browser
def priorities_list(request: Request) -> HttpResponse:
    found = priorities_page(request.authority, start=_start(request))
    today = home_day(this_hour())
    sheet = current().scoring
    wide = sum(bool(row.reveal.to_discuss) for row in found.rows)
    return page(
        request,
        "initiatives/priorities/list.html",
        {
            "found": found,
            "ideas": [_idea(row) for row in found.rows],
            "wide": wide,
            "is_whole": found.total == len(found.rows),
            "previous": _at(found.start - ON_A_PAGE) if found.start else "",
            "next": _at(found.end) if found.end < found.total else "",
            "rows": [(row, nearest_word(row.quarters, today)) for row in found.rows],
            "lists": [
                one
                for one in shortlists(found.reads, since=today)
                if one.is_in_force or one.is_waiting
            ],
            "holds_key": request.authority.key_side is not None,
            "of": {side: len(sheet.of(side)) for side in ("technology", "people")},
            "has_sheet": bool(sheet.criteria),
        },
    )


@of_initiative
@require_http_methods(["GET", "HEAD", "POST"])
def rank_form(request: Request, initiative: Initiative) -> HttpResponse:
    side_of_key(initiative, request.authority)
    found = move_page(initiative)
    form, status = MoveForm(initial={"place": found.place}), 200
    if request.method == "POST":
        form, status = MoveForm(request.POST), 422
        if form.is_valid() and _moved(request, initiative, form):
            messages.success(request, "The order says so now, with your reason.")
            return redirect(PAGE)
    return page(
        request,
        "initiatives/priorities/move.html",
        {"initiative": initiative, "form": form, "found": found},
        status=status,
    )


def _moved(request: Request, initiative: Initiative, form: MoveForm) -> bool:
    try:
        move_initiative(
            actor=request.user,
            initiative=initiative,
            place=form.cleaned_data["place"],
            reason=form.cleaned_data["reason"],
            at=now(),
        )
    except RankingRefusedError as refusal:
        add_blockers(form, refusal)
        return False
    return True


def _start(request: Request) -> int:
    return max((whole_number(request.GET.get(FROM, ""), MOST_DIGITS) or 1) - 1, 0)


def _at(start: int) -> str:
    return "?" + urlencode({FROM: max(start, 0) + 1})


def _idea(row: Ranked) -> Idea:
    seen, initiative = row.reveal, row.initiative
    return Idea(
        number=row.place,
        name=initiative.name,
        url=reverse("initiatives:scores-form", args=[initiative.code]),
        said=(
            f"{row.place}. {initiative.name}: Technology sees it {seen.technology_feasible:.1f}"
            f" feasible and {seen.technology_needed:.1f} needed, People"
            f" {seen.people_feasible:.1f} and {seen.people_needed:.1f}."
        ),
        technology=(float(seen.technology_feasible), float(seen.technology_needed)),
        people=(float(seen.people_feasible), float(seen.people_needed)),
    )
