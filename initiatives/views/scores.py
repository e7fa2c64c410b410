"""The scores of one initiative: one's own while they are blind, both sides once they are shown."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from initiatives.forms.opportunities import AgainForm, ScoresForm, TalkForm
from initiatives.forms.refusals import add_blockers
from initiatives.operations.discussions import discuss_difference
from initiatives.operations.opportunities import (
    ScoresRefusedError,
    ScoringMovedError,
    give_scores,
    score_again,
)
from initiatives.queries.memberships import (
    part_of,
    side_of_key,
    side_to_lead_for,
    side_to_write_for,
)
from initiatives.queries.rows import Initiative
from initiatives.queries.scores_page import ScoresPage, scores_page
from initiatives.rules.memberships import JOINT
from initiatives.views.codes import of_initiative
from initiatives.views.voids import accepted, is_about_voids, warning
from journal.clock import now
from kernel.pages import page
from kernel.refusals import StaleError
from people.choices import Side
from people.http import Request
from playbook.editions import current

PAGE = "initiatives:scores-form"


@of_initiative
@require_http_methods(["GET", "HEAD", "POST"])
def scores_form(request: Request, initiative: Initiative) -> HttpResponse:
    if request.method != "POST":
        return _shown(request, initiative)
    side_to_lead_for(initiative, request.authority)
    found = _found(request, initiative)
    form = ScoresForm(request.POST, sheet=found.own_sheet, own={}, n=found.n)
    if not form.is_valid():
        return _shown(request, initiative, scores=form, status=422)
    try:
        scoring = give_scores(
            actor=request.user,
            initiative=initiative,
            values=form.values(),
            n=form.cleaned_data["n"],
            at=now(),
        )
    except (ScoresRefusedError, ScoringMovedError) as refusal:
        add_blockers(form, refusal)
        status = 409 if isinstance(refusal, StaleError) else 422
        return _shown(request, initiative, scores=form, status=status)
    if hasattr(scoring, "reveal"):
        messages.success(request, "Both sides are shown now, and fixed.")
    else:
        messages.success(request, "Saved. The other side sees none of it yet.")
    return redirect(PAGE, code=initiative.code)


@of_initiative
@require_POST
def scores_discuss(request: Request, initiative: Initiative, criterion: str) -> HttpResponse:
    side_to_write_for(initiative, request.authority, side=JOINT)
    form = TalkForm(request.POST, prefix=criterion)
    if form.is_valid():
        try:
            discuss_difference(
                actor=request.user,
                initiative=initiative,
                criterion=criterion,
                text=form.cleaned_data["text"],
                at=now(),
            )
        except ScoresRefusedError as refusal:
            add_blockers(form, refusal)
        else:
            messages.success(request, "Kept beside the scores.")
            return redirect(PAGE, code=initiative.code)
    return _shown(request, initiative, talk=form, about=criterion, status=422)


@of_initiative
@require_POST
def scores_again(request: Request, initiative: Initiative) -> HttpResponse:
    side_of_key(initiative, request.authority)
    form, status = AgainForm(request.POST), 422
    if form.is_valid():
        try:
            score_again(
                actor=request.user,
                initiative=initiative,
                reason=form.cleaned_data["reason"],
                at=now(),
                accepts_voids=accepted(request),
            )
        except ScoresRefusedError as refusal:
            add_blockers(form, refusal)
        except StaleError as stale:
            if not is_about_voids(stale):
                raise
            add_blockers(form, stale)
            status = 409
        else:
            messages.success(request, "Both sides score again, apart.")
            return redirect(PAGE, code=initiative.code)
    return _shown(request, initiative, again=form, status=status)


def _found(request: Request, initiative: Initiative) -> ScoresPage:
    return scores_page(initiative, part_of(initiative, request.authority), current())


def _shown(
    request: Request,
    initiative: Initiative,
    *,
    scores: ScoresForm | None = None,
    talk: TalkForm | None = None,
    about: str = "",
    again: AgainForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the page as it stands now, with the form that was refused in its place."""
    found = _found(request, initiative)
    facts, goes_on = found.facts, not initiative.is_over
    is_key = found.part.by_office and found.part.side is not None
    may_again = is_key and facts.is_revealed and goes_on
    others = [side for side in Side if side != found.part.side]
    own = ScoresForm(sheet=found.own_sheet, own=found.own, n=found.n)
    return page(
        request,
        "initiatives/scores/detail.html",
        {
            "initiative": initiative,
            "found": found,
            "scores": scores or own,
            "far": [(side, facts.given[side], facts.of[side]) for side in Side],
            "is_last": all(facts.given[side] == facts.of[side] for side in others),
            "talks": [
                (one, talk if talk and about == key else TalkForm(prefix=key))
                for one in found.compared
                if one.must_talk and (key := one.criterion.key)
            ],
            "again": again or AgainForm(),
            "refused": scores or talk or again,
            "may_score": found.may_score and goes_on,
            "may_talk": found.part.side is not None and facts.is_revealed and goes_on,
            "may_again": may_again,
            "signatures": warning(initiative) if may_again else (),
        },
        status=status,
    )
