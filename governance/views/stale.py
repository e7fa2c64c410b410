"""What was read has changed: what is different now, and the words that were typed."""

from collections.abc import Iterable, Mapping

from django.forms import BaseForm
from django.http import HttpResponse

from governance.choices import RoundState
from governance.queries.intents import IntentView
from governance.queries.staleness import what_changed
from journal.clock import now
from kernel.pages import page
from kernel.refusals import Blocker, RefusedError, StaleError
from kernel.typed import is_lost, typed_in
from people.http import Request

OVER = Blocker("ended", "What this form was for is over meanwhile.")


def stale_intent(request: Request, intent: IntentView, refusal: RefusedError) -> HttpResponse:
    """Say why the statement cannot be confirmed any more, and give its words back."""
    stale = what_changed(intent.round_id, request.authority, now(), intent.terms)
    status = 409 if isinstance(refusal, StaleError) else 422
    context = {"stale": stale, "blockers": refusal.blockers, "typed": intent.typed}
    return page(request, "governance/gates/stale.html", context, status=status)


def stale_form(request: Request, pk: int, *blockers: Blocker, what: str = "signed") -> HttpResponse:
    """Say what has changed since the form was shown, and keep what was typed."""
    stale = what_changed(pk, request.authority, now(), request.POST.get("terms", ""))
    context = {"stale": stale, "blockers": blockers, "typed": typed_in(request), "what": what}
    return page(request, "governance/gates/stale.html", context, status=409)


def prepared_no_more(request: Request, pk: int, state: str) -> HttpResponse:
    """Say that nothing is answered or waived at a round that is in preparation no longer."""
    word = RoundState(state).label.lower()
    text = f"This round is no longer in preparation: {word}."
    return stale_form(request, pk, Blocker("state", text), what="changed")


def at_gate(
    request: Request, pk: int, answer: HttpResponse, forms: Mapping[str, object]
) -> HttpResponse:
    """Return the page of the gate; where the form is gone from it, say why and keep its words."""
    if request.method == "POST" and is_lost(request, answer):
        return stale_form(request, pk, *_refused_in(forms.values()), what="changed")
    return answer


def keeping(request: Request, answer: HttpResponse, *forms: object) -> HttpResponse:
    """Return the page, unless the form is gone from it and with it what was typed.

    :raises StaleError: then; its page gives the words back.
    """
    if request.method == "POST" and is_lost(request, answer):
        raise StaleError(*_refused_in(forms))
    return answer


def _refused_in(forms: Iterable[object]) -> list[Blocker]:
    """Return why the forms were refused, for a page that does not show them any more."""
    refused = [form for form in forms if isinstance(form, BaseForm) and form.errors]
    said = [text for form in refused for texts in form.errors.values() for text in texts]
    return [Blocker("refused", str(text)) for text in said] or [OVER]
