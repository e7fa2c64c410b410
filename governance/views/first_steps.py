"""The first steps at home: shown until they are done or put away, and shown again on request."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from governance.queries.first_steps import FirstTime, first_time
from governance.rules.first_steps import Step, first_three, vacant, way_in
from people.choices import KEY_OFFICE, Office
from people.http import Request

COOKIE = "first_steps"
COOKIE_AGE = 365 * 24 * 3600
PORTFOLIO = "initiatives:portfolio-list"
PLACES = {
    "keys": "people:office-list",
    "app": "people:factor-add",
    "propose": "initiatives:import-form",
    "score": "initiatives:priorities-list",
    "record": "governance:record-list",
}
OF_INITIATIVE = {
    "lead": "initiatives:member-list",
    "halves": "initiatives:initiative-detail",
    "gate": "initiatives:initiative-detail",
}
LED = (Office.CHRO, Office.CIO, Office.SPONSOR)


@dataclass(frozen=True)
class Shown:
    """A step with the way to it; no way to what is done or comes later."""

    step: Step
    url: str


@dataclass(frozen=True)
class FirstSteps:
    """What home shows of them: some, the way back to them, or nothing because all is done."""

    way_in: tuple[Shown, ...] = ()
    three: tuple[Shown, ...] = ()
    is_away: bool = False
    is_over: bool = False

    @property
    def is_alone(self) -> bool:
        """Tell whether the three stand without the way in, whose button puts both away."""
        return not self.way_in


def first_steps(request: Request, at: datetime) -> FirstSteps:
    """Return the first steps of whoever they are for; asks nothing once they are away or over."""
    who = request.authority
    office = next((one for one in LED if one in who.offices), None)
    kept = request.COOKIES.get(COOKIE, "")
    if kept in (_away(request), _over(request)) or not (office or who.is_administrator):
        return FirstSteps(is_away=kept == _away(request))
    time = first_time(who, at)
    if time is None:
        return FirstSteps()
    steps = way_in(time.facts) if who.is_administrator or who.key_side else ()
    three = first_three(time.facts, office) if office else ()
    return FirstSteps(
        tuple(Shown(step, _way(step, time)) for step in steps),
        tuple(Shown(step, _way(step, time)) for step in three),
        is_over=time.facts.is_passed and not three,
    )


@login_required
@require_POST
def first_steps_away(request: Request) -> HttpResponse:
    """Put them away in this browser, or show them again."""
    response = redirect("governance:home")
    if "show" in request.POST:
        response.delete_cookie(COOKIE, samesite="Lax")
    else:
        _keep(response, _away(request))
    return response


def keep_over(response: HttpResponse, request: Request) -> None:
    """Remember that this person has done them all, so that home asks for them no more."""
    _keep(response, _over(request))


def _keep(response: HttpResponse, value: str) -> None:
    response.set_cookie(
        COOKIE,
        value,
        max_age=COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _away(request: Request) -> str:
    return f"{request.user.pk}-away"


def _over(request: Request) -> str:
    return f"{request.user.pk}-over"


def _way(step: Step, time: FirstTime) -> str:
    """Return where a step is done; nowhere for what is done or has to wait for another."""
    if step.is_done or not (step.is_next or step.key == "app"):
        return ""
    if step.key == "invite" and (side := vacant(time.facts)):
        return f"{reverse('people:invitation-add')}?office={KEY_OFFICE[side]}"
    if step.key == "gate" and time.round_id:
        return reverse("governance:gate-detail", args=[time.round_id])
    return _place(step.key, time.code)


def _place(key: str, code: str) -> str:
    if code and key in OF_INITIATIVE:
        return reverse(OF_INITIATIVE[key], args=[code])
    return reverse(PLACES.get(key, PORTFOLIO))
