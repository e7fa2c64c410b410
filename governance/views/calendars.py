"""When a person's clock runs: holidays and absences; and the days of the organisation."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance.forms.calendars import AbsenceForm, HolidaysForm, OwnDayForm
from governance.forms.gates import RefusableForm
from governance.operations.calendars import (
    CalendarRefusedError,
    come_back,
    drop_day,
    go_away,
    keep_day,
    set_holidays,
)
from governance.queries.calendars import (
    coming_absences,
    holidays_of,
    next_holidays,
    own_day,
    own_days,
)
from initiatives.queries.days import home_day
from journal.clock import now
from kernel.pages import page
from people.http import Request, must_keep, must_read

OWN, DAYS = "governance:calendar-detail", "governance:day-list"


@login_required
@require_safe
def calendar_detail(request: Request) -> HttpResponse:
    return _own(request)


@login_required
@require_POST
def calendar_holidays(request: Request) -> HttpResponse:
    form = HolidaysForm(request.POST)
    done = _done(request, form, set_holidays, said="Your holidays are saved.", then=OWN)
    return done or _own(request, {"holidays_form": form}, refused=form)


@login_required
@require_POST
def absence_add(request: Request) -> HttpResponse:
    form = AbsenceForm(request.POST)
    said = "Entered. Your clock rests on these days."
    done = _done(request, form, go_away, said=said, then=OWN)
    return done or _own(request, {"absence_form": form}, refused=form)


@login_required
@require_POST
def absence_end(request: Request, pk: int) -> HttpResponse:
    come_back(absence_id=pk, actor=request.user, at=now())
    messages.success(request, "Welcome back. Your clock runs again.")
    return redirect(OWN)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def day_list(request: Request) -> HttpResponse:
    must_read(request)
    if request.method != "POST":
        return _days(request, OwnDayForm())
    must_keep(request)
    form = OwnDayForm(request.POST)
    done = _done(request, form, keep_day, said="The day is in the list.", then=DAYS)
    return done or _days(request, form)


@login_required
@require_POST
def day_drop(request: Request, pk: int) -> HttpResponse:
    must_keep(request)
    drop_day(day_id=pk, actor=request.user, at=now())
    messages.success(request, "The day is off the list.")
    return redirect(DAYS)


def _done(
    request: Request, form: RefusableForm, act: Callable[..., object], *, said: str, then: str
) -> HttpResponse | None:
    """Do what was typed and lead on; None where the form has to say why not."""
    if form.is_valid():
        with form.telling(CalendarRefusedError):
            act(actor=request.user, at=now(), **form.cleaned_data)
            messages.success(request, said)
            return redirect(then)
    return None


def _own(
    request: Request,
    forms: dict[str, Any] | None = None,
    *,
    refused: RefusableForm | None = None,
) -> HttpResponse:
    today = own_day(request.user, now())
    country, region = holidays_of(request.user)
    context = {
        "today": today,
        "country": country,
        "public": next_holidays(country, region, today),
        "own": own_days(today)[:5],
        "absences": coming_absences(request.user, today),
        "holidays_form": HolidaysForm(initial={"country": country, "region": region}),
        "absence_form": AbsenceForm(),
        "refused": refused,
        **(forms or {}),
    }
    return page(
        request, "governance/calendars/detail.html", context, status=422 if refused else 200
    )


def _days(request: Request, form: OwnDayForm) -> HttpResponse:
    context = {"form": form, "days": own_days(home_day(now()))}
    status = 422 if form.errors else 200
    return page(request, "governance/calendars/days.html", context, status=status)
