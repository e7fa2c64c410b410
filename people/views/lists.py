"""A list of people to invite: read and shown first, then sent whole or not at all."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from journal.clock import now
from kernel.pages import page
from kernel.refusals import Blocker, StaleError
from kernel.sheets.shapes import MOST_BYTES, SheetRefusedError
from people.choices import Office
from people.http import Request, must_keep
from people.operations.invitation_lists import Listed, invite_all, read_people
from people.operations.invitations import InvitationRefusedError

SALT, GOOD_FOR = "people.invitation_list", timedelta(hours=1)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_import(request: Request) -> HttpResponse:
    must_keep(request)
    if "list" in request.POST:
        return _invite(request)
    if request.method != "POST":
        return _shown(request)
    upload = request.FILES.get("file")
    try:
        return _shown(request, read_people(upload.read(MOST_BYTES + 1) if upload else b""))
    except SheetRefusedError as refusal:
        return _shown(request, blockers=refusal.blockers)


def _invite(request: Request) -> HttpResponse:
    """Invite exactly those who were shown: the list comes back under our own seal."""
    try:
        shown = signing.loads(request.POST["list"], salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature as error:
        raise StaleError(
            Blocker("list", "This list was read too long ago. Bring it again.")
        ) from error
    people = [Listed(**one) for one in shown]
    try:
        invite_all(actor=request.user, people=people, at=now())
    except InvitationRefusedError as refusal:
        return _shown(request, people, refusal.blockers)
    messages.success(request, f"{len(people)} invited. Each link opens for 14 days.")
    return redirect("people:office-list")


def _shown(
    request: Request, people: Sequence[Listed] = (), blockers: Sequence[Blocker] = ()
) -> HttpResponse:
    wrong = sum(1 for one in people if one.problem)
    sealed = signing.dumps([asdict(one) for one in people], salt=SALT, compress=True)
    context = {
        "people": people,
        "wrong": wrong,
        "blockers": blockers,
        "list": sealed if people and not wrong and not blockers else "",
        "offices": Office.values,
    }
    status = 422 if wrong or blockers else 200
    return page(request, "people/invitations/import.html", context, status=status)
