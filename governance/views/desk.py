"""Home: what needs me now, for whoever it is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from governance.queries.delegation_desk import in_places, signing_side
from governance.queries.desk import in_use, pauses, piles, without_gate
from governance.queries.early_facts import on_desk
from governance.queries.holders import read_holders
from governance.queries.record import DecisionFilters, decisions
from governance.queries.recusals import waiting_recusals
from governance.queries.unfinished import unfinished
from governance.queries.waiting import DISAGREEMENTS, QUESTIONS, Waiting, waiting
from governance.rules.signals import reads_signals
from governance.views.first_steps import first_steps, keep_over
from initiatives.queries.days import home_day
from journal.clock import now
from journal.queries import head
from kernel.numbers import page_number
from kernel.pages import page
from people.choices import Office
from people.http import Request
from people.queries import terms_at
from people.rules import Authority
from playbook.editions import current
from playbook.playbooks import Playbook

# What goes on to another page, by the word for it in the address.
PAGES = {DISAGREEMENTS: "disagreements", QUESTIONS: "questions"}
NEEDED = (Office.CIO, Office.CHRO, Office.SPONSOR)
WAITING = 10
LATELY = 5
SHOWN = (
    *("asked", "vacant", "unfinished", "escalated", "disagreed", "owed", "questions"),
    *("reads", "shortlists", "changes", "idle", "in_use", "decided", "pauses", "to_name"),
    "repeated",
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
        "reads_signals": reads_signals(who.offices),
        "escalated_action": "Read both and decide" if who.is_sponsor else "Read both",
        "escalated": [gate for gate in found.others.gates if gate.is_escalated],
    }
    if not who.is_auditor:
        context |= _waits(request, playbook, at)
    owing = context["unfinished"] = unfinished(who, playbook)
    if who.is_sponsor:
        context |= _of_sponsor(who, at)
    if who.is_auditor:
        context |= {
            "last": head(),
            "decided": decisions(who, DecisionFilters(), playbook=playbook).rows[:LATELY],
        }
    if who.is_administrator:
        context["vacant"] = _vacant(at)
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


def _vacant(at: datetime) -> list[Office]:
    held = {term.office for term in terms_at(at) if term.starts_at <= at}
    return [office for office in NEEDED if office not in held]


def _of_sponsor(who: Authority, at: datetime) -> dict[str, object]:
    """Return what the sponsor alone decides, or hears of because it came again."""
    return {
        "pauses": pauses(who, at),
        "to_name": waiting_recusals(at),
        "repeated": on_desk(read_holders(), at),
    }


def _waits(request: Request, playbook: Playbook, at: datetime) -> dict[str, object]:
    """Return what waits for a word of this person; of what is many, one page."""
    numbers = {name: page_number(request.GET.get(word, "")) for name, word in PAGES.items()}
    found = _waiting(request, playbook, numbers, at)
    if any(numbers[name] > 1 and not found.in_all[name] for name in PAGES):
        numbers = dict.fromkeys(PAGES, 1)
        found = _waiting(request, playbook, numbers, at)
    turns = {f"{name}_pages": _turns(found, name, numbers[name]) for name in PAGES}
    return found.by_name | turns


def _turns(found: Waiting, name: str, number: int) -> dict[str, object]:
    """Return the ways from this page of a list to those before and after it."""
    total, word = found.in_all[name], PAGES[name]
    more = max(total - number * WAITING, 0)
    return {
        "total": total,
        "more": more,
        "noun": word.removesuffix("s"),
        "previous": f"?{word}={number - 1}" if number > 1 else "",
        "next": f"?{word}={number + 1}" if more else "",
    }


def _waiting(
    request: Request, playbook: Playbook, numbers: Mapping[str, int], at: datetime
) -> Waiting:
    after = {name: (number - 1) * WAITING for name, number in numbers.items()}
    today = home_day(at)
    return waiting(request.authority, playbook, today=today, at=at, limit=WAITING, after=after)
