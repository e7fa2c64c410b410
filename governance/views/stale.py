"""What was read has changed: what is different now, and the words that were typed."""

from django.http import HttpResponse

from governance.queries.intents import IntentView
from governance.queries.staleness import what_changed
from journal.clock import now
from kernel.pages import page
from kernel.refusals import Blocker, RefusedError, StaleError
from people.http import Request


def stale_intent(request: Request, intent: IntentView, refusal: RefusedError) -> HttpResponse:
    """Say why the statement cannot be confirmed any more, and give its words back."""
    stale = what_changed(intent.round_id, request.authority, now(), intent.terms)
    status = 409 if isinstance(refusal, StaleError) else 422
    context = {"stale": stale, "blockers": refusal.blockers, "typed": intent.typed}
    return page(request, "governance/gates/stale.html", context, status=status)


def stale_form(request: Request, pk: int, *blockers: Blocker) -> HttpResponse:
    """Say what has changed since the form was shown, and keep what was typed."""
    stale = what_changed(pk, request.authority, now(), request.POST.get("terms", ""))
    typed = [
        (name.rsplit("-", 1)[-1].replace("_", " ").capitalize(), value)
        for name, value in request.POST.items()
        if isinstance(value, str) and " " in value.strip()
    ]
    context = {"stale": stale, "blockers": blockers, "typed": typed}
    return page(request, "governance/gates/stale.html", context, status=409)
