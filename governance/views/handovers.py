"""A leaver's hand-over: everything that is open, from one list."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from governance.forms.handovers import END, HandoverForm
from governance.operations.handovers import HandoverRefusedError, Word, hand_over
from governance.queries.handovers import lines_of, voided_by_leaving
from initiatives.operations.memberships import MembershipRefusedError
from journal.clock import now
from kernel.numbers import whole_number
from kernel.pages import page
from kernel.refusals import NotVisibleError
from people.forms.refusals import add_blockers
from people.http import Request, must_keep, posted
from people.queries import active_people, get_person


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def handover_detail(request: Request, user_id: int) -> HttpResponse:
    must_keep(request)
    person = get_person(user_id)
    if person is None:
        raise NotVisibleError
    lines = lines_of(person, now())
    others = [one for one in active_people() if one.person_key != person.person_key]
    form = HandoverForm(
        posted(request),
        lines=[line for line in lines if line.key],
        people=[(one.pk, f"{one.name}, {one.title}" if one.title else one.name) for one in others],
    )
    if request.method == "POST" and form.is_valid():
        people = {str(one.pk): one for one in others}
        words = [
            Word(key, None if value == END else people[value]) for key, value in form.said().items()
        ]
        try:
            said: dict[str, Any] = {"words": words, "at": now(), "accepts_voids": _shown(request)}
            hand_over(actor=request.user, user=person, **said)
        except (HandoverRefusedError, MembershipRefusedError) as refusal:
            add_blockers(form, refusal)
        else:
            many = "One line is" if len(words) == 1 else f"{len(words)} lines are"
            messages.success(request, f"{many} handed over.")
            return redirect("governance:handover-detail", user_id)
    context = {
        "person": person,
        "form": form,
        "lines": lines,
        "follows": [line for line in lines if not line.key],
        "signatures": voided_by_leaving(person),
    }
    status = 422 if form.errors else 200
    return page(request, "governance/handovers/detail.html", context, status=status)


def _shown(request: Request) -> list[int]:
    """Return the signatures that the page showed as voided by another lead."""
    words = request.POST.getlist("accepts_voids")
    return [number for word in words if (number := whole_number(word)) is not None]
