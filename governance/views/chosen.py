"""Acting on many rows of the table at once: each its own act, done whole or refused whole."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from governance.forms.chosen import ACTS, ARCHIVE, LEAD, NEEDS, RESTORE, TAG, UNTAG, ChosenForm
from governance.operations.archives import archive_initiative, restore_initiative
from governance.queries.chosen import ChosenRow, chosen_rows
from initiatives.choices import MemberRole
from initiatives.operations.memberships import set_member
from initiatives.operations.tags import add_tag, remove_tag, set_needs
from initiatives.queries.rows import Initiative
from initiatives.queries.tags import every_tag
from initiatives.rules.keysets import LARGEST
from journal.clock import now
from kernel.pages import page
from kernel.refusals import NotVisibleError, RefusedError
from people.choices import Side
from people.http import Request, posted
from people.queries import active_people, get_person

TABLE = "?view=table"
GONE = "It is not there any more."
DONE = {
    LEAD: "has a new lead",
    TAG: "has the tag",
    UNTAG: "no longer has the tag",
    NEEDS: "says whose work it is",
    ARCHIVE: "is in the archive",
    RESTORE: "is back",
}


@dataclass(frozen=True)
class Outcome:
    """What became of one row: done, or refused with every reason."""

    initiative: Initiative
    refused: tuple[str, ...]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def chosen_list(request: Request) -> HttpResponse:
    """Show what was chosen and what can be done with it; do it, and show what became of it."""
    asked = request.POST if request.method == "POST" else request.GET
    back = _back(asked)
    rows = chosen_rows(_numbers(asked), request.authority)
    people = [(person.pk, f"{person.name} ({person.email})") for person in active_people()]
    form = ChosenForm(posted(request), people=people, side=request.authority.key_side or "")
    context = {"form": form, "rows": rows, "tags": every_tag(), "acts": ACTS}
    context |= {"back": reverse("initiatives:portfolio-list") + back, "back_query": back}
    is_asked = request.method == "POST"
    if not is_asked or not rows or not form.is_valid():
        status = 422 if is_asked else 200
        return page(request, "governance/chosen/list.html", context, status=status)
    outcomes = _outcomes(request, rows, form)
    done = [one for one in outcomes if not one.refused]
    context |= {
        "done": done,
        "refused": [one for one in outcomes if one.refused],
        "act": form.cleaned_data["act"],
        "words": DONE[form.cleaned_data["act"]],
    }
    return page(request, "governance/chosen/done.html", context)


def _outcomes(request: Request, rows: list[ChosenRow], form: ChosenForm) -> list[Outcome]:
    act = _act(request, form)
    return [Outcome(row.initiative, _tried(act, row.initiative)) for row in rows]


def _tried(act: Callable[[Initiative], object], initiative: Initiative) -> tuple[str, ...]:
    """Return why the act was refused for this one, nothing when it was done."""
    try:
        act(initiative)
    except RefusedError as refusal:
        return tuple(blocker.message for blocker in refusal.blockers)
    except NotVisibleError:
        return (GONE,)
    return ()


def _act(request: Request, form: ChosenForm) -> Callable[[Initiative], object]:
    """Return the act that was asked for, to be done with one row after the other."""
    given, actor, at = form.cleaned_data, request.user, now()

    def lead(one: Initiative) -> None:
        person = get_person(int(given["user"]))
        if person is None:
            raise NotVisibleError
        side, role = Side(given["side"]), MemberRole.LEAD
        set_member(actor=actor, initiative=one, user=person, side=side, role=role, at=at)

    acts: dict[str, Callable[[Initiative], object]] = {
        LEAD: lead,
        TAG: lambda one: add_tag(actor=actor, initiative=one, tag=given["tag"], at=at),
        UNTAG: lambda one: remove_tag(actor=actor, initiative=one, tag=given["tag"], at=at),
        NEEDS: lambda one: set_needs(actor=actor, initiative=one, needs=given["needs"], at=at),
        ARCHIVE: lambda one: archive_initiative(actor=actor, initiative=one, at=at),
        RESTORE: lambda one: restore_initiative(actor=actor, initiative=one, at=at),
    }
    return acts[given["act"]]


def _numbers(asked: QueryDict) -> list[int]:
    """Return the numbers that were ticked; what is none is left out."""
    words = [word for word in asked.getlist("n") if word.isascii() and word.isdigit()]
    return [number for word in words if (number := int(word[:20])) <= LARGEST]


def _back(asked: QueryDict) -> str:
    """Return the way back to the table as it was narrowed."""
    back = asked.get("back", "")
    return back if back.startswith(TABLE) else TABLE
