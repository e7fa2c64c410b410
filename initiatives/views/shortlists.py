"""The shortlist of a quarter: proposed by one side, agreed by the other, all of them kept."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from initiatives.forms.opportunities import AnswerForm, ShortlistForm
from initiatives.forms.refusals import add_blockers
from initiatives.operations.shortlists import (
    ShortlistRefusedError,
    answer_shortlist,
    propose_shortlist,
)
from initiatives.queries.days import fiscal_month, home_day
from initiatives.queries.rankings import must_settle, named, places
from initiatives.queries.shortlists import ShortlistView, shortlists
from initiatives.queries.visibility import readable_keys
from initiatives.rules.rankings import quarters_from
from journal.clock import now
from kernel.pages import page
from people.choices import Side
from people.http import Request

PAGE = "initiatives:shortlist-list"
OFFERED = 50


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def shortlist_list(request: Request) -> HttpResponse:
    if request.method != "POST":
        return _shown(request)
    must_settle(request.authority)
    form = _form(request.POST)
    if not form.is_valid():
        return _shown(request, form=form, status=422)
    try:
        propose_shortlist(
            actor=request.user,
            quarter=form.cleaned_data["quarter"],
            chosen=form.cleaned_data["chosen"],
            words=form.cleaned_data["words"],
            at=now(),
        )
    except ShortlistRefusedError as refusal:
        add_blockers(form, refusal)
        return _shown(request, form=form, status=422)
    messages.success(request, "Proposed. It counts once the other side agrees.")
    return redirect(PAGE)


@login_required
@require_POST
def shortlist_answer(request: Request, pk: int) -> HttpResponse:
    must_settle(request.authority)
    form = AnswerForm(request.POST, prefix=str(pk))
    if form.is_valid():
        try:
            answer_shortlist(
                actor=request.user,
                shortlist_id=pk,
                is_agreed=form.is_agreed,
                reason=form.cleaned_data["reason"],
                at=now(),
            )
        except ShortlistRefusedError as refusal:
            add_blockers(form, refusal)
        else:
            messages.success(
                request, "Agreed by both." if form.is_agreed else "Your word is kept with it."
            )
            return redirect(PAGE)
    return _shown(request, answer=form, about=pk, status=422)


def _form(data: QueryDict | None = None) -> ShortlistForm:
    """Return the form over the first places of the joint order; bound to what was sent."""
    quarters = quarters_from(home_day(now()), fiscal_month())
    order = places()
    offered = [key for key in order if order[key] <= OFFERED]
    rows = named(offered)
    return ShortlistForm(
        data,
        quarters=quarters,
        ranked=[(key, f"{order[key]}. {rows[key].name}, {rows[key].code}") for key in offered],
        initial={"quarter": quarters[1].isoformat()},
    )


def _shown(
    request: Request,
    *,
    form: ShortlistForm | None = None,
    answer: AnswerForm | None = None,
    about: int = 0,
    status: int = 200,
) -> HttpResponse:
    """Show all shortlists, with the form that was refused in its place."""
    authority = request.authority
    lists = shortlists(readable_keys(authority))
    if form is None and authority.key_side is not None:
        form = _form()
    return page(
        request,
        "initiatives/shortlists/list.html",
        {
            "lists": [
                (one, _answer(one, authority.key_side, answer if about == one.pk else None))
                for one in lists
            ],
            "form": form,
            "refused": answer or (form if form is not None and form.is_bound else None),
        },
        status=status,
    )


def _answer(one: ShortlistView, side: Side | None, refused: AnswerForm | None) -> AnswerForm | None:
    """Return the form for the word of the other side, where it still counts."""
    if side is None or side == one.side or not one.is_waiting:
        return None
    return refused or AnswerForm(prefix=str(one.pk))
