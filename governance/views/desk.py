"""Home: what needs me now, for whoever it is."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from governance.queries.delegation_desk import in_places, signing_side
from governance.queries.desk import in_use, pauses, piles, without_gate
from governance.queries.record import DecisionFilters, decisions
from governance.queries.unfinished import unfinished
from governance.queries.waiting import Waiting, waiting
from governance.views.first_steps import first_steps, keep_over
from initiatives.queries.days import home_day
from journal.clock import now
from journal.queries import head
from kernel.numbers import page_number
from kernel.pages import page
from people.choices import Office
from people.http import Request
from people.queries import terms_at
from playbook.editions import current
from playbook.playbooks import Playbook

PAGE = "disagreements"
NEEDED = (Office.CIO, Office.CHRO, Office.SPONSOR)
WAITING = 10
LATELY = 5
SHOWN = (
    *("asked", "vacant", "unfinished", "escalated", "disagreed", "owed", "questions"),
    *("reads", "shortlists", "changes", "idle", "in_use", "decided", "pauses"),
)


@login_required
@require_safe
def home(request: Request) -> HttpResponse:
    who, at = request.authority, now()
    playbook = current()
    found = piles(who, playbook)
    side = signing_side(who)
    context: dict[str, Any] = {
        "today": timezone.localtime(at).date(),
        "at": at,
        "who": who,
        "side": side,
        **in_places(request.user, who, at),
        "piles": found,
        "again": sum(gate.is_again(side) for gate in found.mine.gates) if side else 0,
        "escalated_action": "Read both and decide" if who.is_sponsor else "Read both",
        "escalated": [gate for gate in found.others.gates if gate.is_escalated],
    }
    if not who.is_auditor:
        context |= _waits(request, playbook, at)
    owing = context["unfinished"] = unfinished(who, playbook)
    if who.is_sponsor:
        context["pauses"] = pauses(who, at)
    if who.is_auditor:
        context |= {
            "last": head(),
            "decided": decisions(who, DecisionFilters(), playbook=playbook).rows[:LATELY],
        }
    if who.is_administrator:
        held = {term.office for term in terms_at(at) if term.starts_at <= at}
        context["vacant"] = [office for office in NEEDED if office not in held]
    if not who.offices:
        named = {one.initiative.pk for one in owing}
        idle = [one for one in without_gate(who) if one.pk not in named]
        context |= {"idle": idle, "in_use": in_use(who)}
    first = context["first"] = first_steps(request, at)
    shown = any(context.get(name) for name in SHOWN)
    context["nothing"] = not (found.open or first.way_in or shown)
    response = page(request, "governance/desk/detail.html", context)
    if first.is_over:
        keep_over(response, request)
    return response


def _waits(request: Request, playbook: Playbook, at: datetime) -> dict[str, object]:
    """Return what waits for a word of this person; of many disagreements, one page."""
    number = page_number(request.GET.get(PAGE, ""))
    found = _waiting(request, playbook, number, at)
    if number > 1 and not found.disagreements:
        number, found = 1, _waiting(request, playbook, 1, at)
    more = found.disagreed_in_all - (number - 1) * WAITING - len(found.disagreements)
    pages = {
        "total": found.disagreed_in_all,
        "more": more,
        "previous": f"?{PAGE}={number - 1}" if number > 1 else "",
        "next": f"?{PAGE}={number + 1}" if more else "",
    }
    return found.by_name | {"disagreed_pages": pages}


def _waiting(request: Request, playbook: Playbook, number: int, at: datetime) -> Waiting:
    before = (number - 1) * WAITING
    today = home_day(at)
    return waiting(request.authority, playbook, today=today, limit=WAITING, disagreed_from=before)
