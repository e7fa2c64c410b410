"""People and offices: who holds the keys, who is here; and the administrator's changes."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from governance.operations.proposals import ChangeRefusedError, clear_office, fill_office
from governance.queries.handovers import lines_of
from journal.clock import now
from journal.transports import keeps_mails
from kernel.pages import page
from kernel.refusals import Blocker, NotVisibleError
from people.choices import Holding, Office, Side
from people.forms.offices import AppointmentForm, EndingForm, end_of
from people.forms.persons import PersonForm
from people.forms.refusals import add_blockers
from people.http import Request, must_keep, must_propose, must_read, posted
from people.operations.offices import AppointmentRefusedError, TermRefusedError
from people.operations.persons import PersonRefusedError, add_person, deactivate_person
from people.operations.tenures import is_ended_by_two
from people.queries import (
    active_people,
    get_person,
    get_term,
    people_page,
    seat_holders,
    standing_invitations,
    terms_at,
)

LIST, CHANGES = "people:office-list", "governance:change-list"
WAITS = "It waits for a second person to confirm it. Until then nothing changes."


@login_required
@require_http_methods(["GET", "HEAD"])
def office_list(request: Request) -> HttpResponse:
    must_read(request)
    at = now()
    seats = seat_holders(at)
    keeps = request.authority.is_administrator
    everyone = people_page(after=request.GET.get("after", ""), at=at)
    may_propose = keeps or request.authority.is_sponsor
    return page(
        request,
        "people/offices/list.html",
        {
            "technology": seats.get(Side.TECHNOLOGY),
            "people": seats.get(Side.PEOPLE),
            "terms": terms_at(at),
            "everyone": everyone,
            "may_propose": may_propose,
            "invitations": standing_invitations() if keeps else (),
            "at": at,
            "keeps_mails": keeps and keeps_mails(),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def office_appoint(request: Request) -> HttpResponse:
    must_propose(request)
    people = [(person.pk, f"{person.name} ({person.email})") for person in active_people()]
    asked = {name: request.GET[name] for name in ("office", "capacity") if name in request.GET}
    form = AppointmentForm(
        posted(request),
        people=people,
        initial=asked,
        is_proposal=not request.authority.is_administrator,
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        person = get_person(int(given["user"]))
        if person is None:
            raise NotVisibleError
        try:
            change = fill_office(
                actor=request.user,
                user=person,
                office=Office(given["office"]),
                title=given["title"],
                reason=given["reason"],
                at=now(),
                ends_at=end_of(given["ends_on"], request.user.zone),
                capacity=Holding(given["capacity"] or Holding.SEAT),
            )
        except (AppointmentRefusedError, ChangeRefusedError) as refusal:
            add_blockers(form, refusal)
        else:
            messages.success(
                request, WAITS if change else f"{person.name} holds the office from now on."
            )
            return redirect(CHANGES if change else LIST)
    return page(
        request, "people/offices/appoint.html", {"form": form}, status=422 if form.errors else 200
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def office_end(request: Request, term_id: int) -> HttpResponse:
    must_propose(request)
    term = get_term(term_id)
    if term is None:
        raise NotVisibleError
    form = EndingForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            change = clear_office(
                actor=request.user, term=term, reason=form.cleaned_data["reason"], at=now()
            )
        except (TermRefusedError, ChangeRefusedError) as refusal:
            add_blockers(form, refusal)
        else:
            messages.success(
                request, WAITS if change else f"{term.user.name} no longer holds the office."
            )
            return redirect(CHANGES if change else LIST)
    return page(
        request,
        "people/offices/end.html",
        {
            "term": term,
            "form": form,
            "by_two": is_ended_by_two() or not request.authority.is_administrator,
        },
        status=422 if form.errors else 200,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def person_add(request: Request) -> HttpResponse:
    must_keep(request)
    form = PersonForm(posted(request), initial={"zone": request.user.zone})
    if request.method == "POST" and form.is_valid():
        try:
            person = add_person(actor=request.user, at=now(), **form.cleaned_data)
        except PersonRefusedError as refusal:
            add_blockers(form, refusal)
        else:
            messages.success(request, f"{person.name} can sign in now.")
            return redirect(LIST)
    return page(
        request, "people/persons/add.html", {"form": form}, status=422 if form.errors else 200
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def person_leave(request: Request, user_id: int) -> HttpResponse:
    must_keep(request)
    person = get_person(user_id)
    if person is None or not person.is_active:
        raise NotVisibleError
    blockers: tuple[Blocker, ...] = ()
    lines = lines_of(person, now())
    if request.method == "POST":
        try:
            deactivate_person(actor=request.user, user=person, at=now())
        except (PersonRefusedError, TermRefusedError) as refusal:
            blockers = refusal.blockers
        else:
            messages.success(request, f"{person.name} can no longer sign in.")
            return redirect(LIST)
    return page(
        request,
        "people/persons/leave.html",
        {
            "person": person,
            "blockers": blockers,
            "lines": lines,
            "is_to_hand_over": any(line.key for line in lines),
        },
        status=422 if blockers else 200,
    )
