"""Leaving a joint contribution or point to the other side, and taking it back."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from initiatives.operations.deferrals import leave_call, take_back_call
from initiatives.queries.memberships import side_to_write_for
from initiatives.queries.rows import Initiative
from initiatives.rules.memberships import JOINT
from initiatives.views.codes import of_initiative
from journal.clock import now
from people.http import Request

LEAVE = "leave"


@of_initiative
@require_POST
def call_change(request: Request, initiative: Initiative) -> HttpResponse:
    side_to_write_for(initiative, request.authority, side=JOINT)
    leaves = request.POST.get("deed", LEAVE) == LEAVE
    place = {key: request.POST.get(key, "") for key in ("slot", "criterion")}
    change = leave_call if leaves else take_back_call
    change(actor=request.user, initiative=initiative, at=now(), **place)
    messages.success(
        request, "Left to the other side." if leaves else "It belongs to both sides again."
    )
    there = reverse("initiatives:question-list", kwargs={"code": initiative.code})
    return redirect(f"{there}?{urlencode({key: word for key, word in place.items() if word})}")
