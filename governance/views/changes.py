"""What takes two people: what waits for the second one, and what became of the rest."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from governance.choices import ChangeOutcome
from governance.forms.changes import AnswerForm, RecoverForm
from governance.operations.changes import answer_change
from governance.operations.proposals import ChangeRefusedError, propose_recovery
from governance.queries.changes import (
    change_view,
    ended_changes,
    standing_change,
    waiting_changes,
    why_not_answer,
)
from governance.queries.playbook_differences import differences_of
from governance.queries.step_up import asks_by_office
from journal.clock import now
from kernel.pages import page
from kernel.refusals import ForbiddenError, NotVisibleError, RefusedError, StaleError
from people.confirming import Confirmation
from people.forms.refusals import add_blockers
from people.http import Request, must_propose, must_read, posted
from people.operations.recovery import NO_MAILBOX, has_any_factor, reaches_mailbox
from people.queries import get_person

LIST = "governance:change-list"
SAID = {
    ChangeOutcome.CONFIRMED: "Confirmed. It counts from now on.",
    ChangeOutcome.REFUSED: "Refused. Nothing was changed.",
}


@login_required
@require_http_methods(["GET", "HEAD"])
def change_list(request: Request) -> HttpResponse:
    must_read(request)
    at = now()
    return page(
        request,
        "governance/changes/list.html",
        {"waiting": waiting_changes(at), "ended": ended_changes(at)},
    )


@sensitive_post_parameters()
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change_detail(request: Request, change_id: int) -> HttpResponse:
    must_read(request)
    at = now()
    found = change_view(change_id, at)
    form = AnswerForm(posted(request))
    proof = Confirmation(request, office_asks=asks_by_office(request.authority.offices))
    blockers = why_not_answer(change_id, request.authority, ChangeOutcome.REFUSED, at)
    if request.method == "POST" and blockers:
        raise (ForbiddenError if found.is_open else StaleError)(*blockers)
    if request.method == "POST" and form.is_valid() and _answer(request, change_id, form, proof):
        return redirect(LIST)
    may_take_back = not why_not_answer(change_id, request.authority, ChangeOutcome.TAKEN_BACK, at)
    return page(
        request,
        "governance/changes/detail.html",
        {
            "found": found,
            "form": form,
            "proof": proof,
            "blockers": blockers,
            "may_take_back": may_take_back,
            "differences": differences_of(change_id) if found.digest else (),
        },
        status=proof.status(form),
    )


@login_required
@require_POST
def change_take_back(request: Request, change_id: int) -> HttpResponse:
    must_read(request)
    change, at = standing_change(change_id), now()
    if blockers := why_not_answer(change_id, request.authority, ChangeOutcome.TAKEN_BACK, at):
        raise ForbiddenError(*blockers)
    answer_change(actor=request.user, change=change, outcome=ChangeOutcome.TAKEN_BACK, at=at)
    messages.success(request, "You took it back. Nothing was changed.")
    return redirect(LIST)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_recover(request: Request, user_id: int) -> HttpResponse:
    must_propose(request)
    person = get_person(user_id)
    if person is None or not person.is_active:
        raise NotVisibleError
    has_factor, may_mail = has_any_factor(person), reaches_mailbox()
    form = RecoverForm(posted(request), asks=has_factor and may_mail)
    if request.method == "POST" and form.is_valid():
        try:
            propose_recovery(
                actor=request.user,
                user=person,
                reason=form.cleaned_data["reason"],
                with_password=form.cleaned_data.get("with_password", not has_factor),
                at=now(),
            )
        except ChangeRefusedError as refusal:
            add_blockers(form, refusal)
        else:
            messages.success(request, "It waits for a second person to confirm it.")
            return redirect(LIST)
    return page(
        request,
        "governance/changes/recover.html",
        {
            "form": form,
            "person": person,
            "has_factor": has_factor,
            "no_mailbox": "" if may_mail else NO_MAILBOX.message,
        },
        status=422 if form.errors else 200,
    )


def _answer(request: Request, change_id: int, form: AnswerForm, confirmation: Confirmation) -> bool:
    """Answer as the second person, who proves to be here; the forms say why not."""
    proof = confirmation.prove()
    if proof is None:
        return False
    outcome = ChangeOutcome(form.cleaned_data["outcome"])
    try:
        answer_change(
            actor=request.user,
            change=standing_change(change_id),
            outcome=outcome,
            reason=form.cleaned_data["reason"],
            proof=proof,
            at=now(),
        )
    except RefusedError as refusal:  # whatever the act refuses that is confirmed here
        add_blockers(form, refusal)
        return False
    messages.success(request, SAID[outcome])
    return True
