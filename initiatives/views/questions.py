"""Questions and answers: the threads of an initiative, one of them, closing and opening it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from initiatives.forms.questions import AnswerForm, QuestionForm
from initiatives.forms.refusals import add_blockers
from initiatives.operations.questions import (
    QuestionRefusedError,
    answer_question,
    ask_question,
    close_question,
    reopen_question,
)
from initiatives.queries.deferrals import calls_of
from initiatives.queries.memberships import part_of, side_to_write_for
from initiatives.queries.questions import (
    closer_facts,
    get_question,
    question_view,
    questions_of,
    target_label,
)
from initiatives.queries.rows import Initiative
from initiatives.queries.targets import target_of
from initiatives.rules.memberships import JOINT
from initiatives.rules.questions import may_close
from initiatives.views.codes import of_initiative
from journal.clock import now
from kernel.numbers import page_number
from kernel.pages import page
from kernel.refusals import NotVisibleError
from people.http import Request, posted
from playbook.editions import current


@of_initiative
@require_http_methods(["GET", "HEAD", "POST"])
def question_list(request: Request, initiative: Initiative) -> HttpResponse:
    """Show every thread, or those beside one place, where the next one is asked."""
    place = _place(request)
    if request.method == "POST":
        side_to_write_for(initiative, request.authority, side=JOINT)
        if not place:
            raise NotVisibleError
    form = QuestionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            question = ask_question(
                actor=request.user,
                initiative=initiative,
                text=form.cleaned_data["text"],
                at=now(),
                **place,
            )
        except QuestionRefusedError as refusal:
            add_blockers(form, refusal)
        else:
            messages.success(request, f"Asked. It waits for {question.get_waits_for_display()}.")
            return redirect("initiatives:question-detail", initiative.code, question.pk)
    side = part_of(initiative, request.authority).side
    number = page_number(request.GET.get("page", ""))
    found = questions_of(initiative, current(), **place, number=number)
    context = {
        "initiative": initiative,
        "place": place,
        "label": _label(place),
        "questions": found.rows,
        "waiting": found.open,
        "previous": _turned(place, number - 1) if number > 1 else "",
        "next": _turned(place, number + 1) if found.has_next else "",
        "side": side,
        "is_joint": bool(place) and target_of(current(), **place).side == JOINT,
        "call": calls_of(initiative).get(place["slot"] or place["criterion"]) if place else None,
        "form": form if place and side and not initiative.is_over else None,
    }
    status = 422 if form.errors else 200
    return page(request, "initiatives/questions/list.html", context, status=status)


@of_initiative
@require_http_methods(["GET", "HEAD", "POST"])
def question_detail(request: Request, initiative: Initiative, pk: int) -> HttpResponse:
    form = AnswerForm(posted(request))
    if request.method == "POST":
        side_to_write_for(initiative, request.authority, side=JOINT)
        if form.is_valid() and _answered(request, initiative, pk, form):
            messages.success(request, "Said. Both sides can read it.")
            return redirect("initiatives:question-detail", initiative.code, pk)
    question = get_question(initiative, pk)
    side = part_of(initiative, request.authority).side
    facts = closer_facts(question, initiative, request.authority, now())
    may_say = side is not None and not initiative.is_over
    context = {
        "initiative": initiative,
        "question": question_view(question, current()),
        "may_close": may_say and may_close(facts),
        "form": form if may_say and (question.is_open or form.errors) else None,
        "is_asker": facts.is_asker,
    }
    status = 422 if form.errors else 200
    return page(request, "initiatives/questions/detail.html", context, status=status)


@of_initiative
@require_POST
def question_close(request: Request, initiative: Initiative, pk: int) -> HttpResponse:
    close_question(actor=request.user, initiative=initiative, question_id=pk, at=now())
    messages.success(request, "Closed. It stays readable here.")
    return redirect("initiatives:question-detail", initiative.code, pk)


@of_initiative
@require_POST
def question_reopen(request: Request, initiative: Initiative, pk: int) -> HttpResponse:
    reopen_question(actor=request.user, initiative=initiative, question_id=pk, at=now())
    messages.success(request, "Open again.")
    return redirect("initiatives:question-detail", initiative.code, pk)


def _answered(request: Request, initiative: Initiative, pk: int, form: AnswerForm) -> bool:
    """Say the words in the thread; tell whether they stand there now."""
    try:
        answer_question(
            actor=request.user,
            initiative=initiative,
            question_id=pk,
            text=form.cleaned_data["text"],
            at=now(),
        )
    except QuestionRefusedError as refusal:
        add_blockers(form, refusal)
        return False
    return True


def _place(request: Request) -> dict[str, str]:
    """Return the slot or criterion that the page is about; nothing for all of them.

    :raises NotVisibleError: when the playbook has none of that name.
    """
    said = request.POST if request.method == "POST" else request.GET
    slot, criterion = said.get("slot", ""), said.get("criterion", "")
    if not (slot or criterion):
        return {}
    target_of(current(), slot=slot, criterion=criterion)
    return {"slot": slot, "criterion": criterion}


def _turned(place: dict[str, str], number: int) -> str:
    """Return the address of another page of the same list."""
    told = {name: word for name, word in place.items() if word}
    return f"?{urlencode({**told, 'page': str(number)})}"


def _label(place: dict[str, str]) -> str:
    return target_label(current(), **place) if place else ""
