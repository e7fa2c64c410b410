"""Who takes part: joining, giving parts, leaving."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from initiatives.choices import MemberRole
from initiatives.forms.members import MemberForm
from initiatives.forms.refusals import add_blockers
from initiatives.operations.memberships import (
    MembershipRefusedError,
    end_membership,
    join,
    set_member,
)
from initiatives.queries.memberships import (
    get_membership,
    members_of,
    pair_of,
    part_of,
    side_to_write_for,
)
from initiatives.queries.rows import Initiative
from initiatives.queries.visibility import get_joinable
from initiatives.rules.memberships import JOINT, Part
from initiatives.views.codes import numbered, of_initiative
from initiatives.views.voids import accepted, is_about_voids, warning
from journal.clock import now
from kernel.pages import page
from kernel.refusals import NotVisibleError, StaleError
from people.choices import Side
from people.http import Request
from people.queries import active_people, get_person

DETAIL = "initiatives:initiative-detail"
LIST = "initiatives:member-list"


@login_required
@require_POST
def member_join(request: Request, code: str) -> HttpResponse:
    """Join what one's own proposal turned out to be a duplicate of, in one click."""
    initiative = get_joinable(numbered(code))
    word = request.authority.key_side or request.POST.get("side", "")
    if word not in Side.values:
        raise NotVisibleError
    join(
        actor=request.user,
        initiative=initiative,
        side=Side(word),
        role=MemberRole.CONTRIBUTOR,
        at=now(),
        name=request.POST.get("name", ""),
        problem=request.POST.get("problem", ""),
        accepts_voids=accepted(request),
    )
    messages.success(request, f"You work on {initiative.code} now, for {Side(word).label}.")
    return redirect(DETAIL, code=initiative.code)


@of_initiative
@require_http_methods(["GET", "HEAD", "POST"])
def member_list(request: Request, initiative: Initiative) -> HttpResponse:
    part = part_of(initiative, request.authority)
    if request.method != "POST":
        return _shown(request, initiative, part, _form(initiative, part))
    side_to_write_for(initiative, request.authority, side=JOINT)
    form = _form(initiative, part, request.POST)
    status = 422
    if form.is_valid():
        try:
            _give_part(request, initiative, form)
        except MembershipRefusedError as refusal:
            add_blockers(form, refusal)
        except StaleError as refusal:
            if not is_about_voids(refusal):
                raise
            add_blockers(form, refusal)
            status = 409
        else:
            return redirect(_way_back(request) or reverse(LIST, args=[initiative.code]))
    return _shown(request, initiative, part, form, status=status)


@of_initiative
@require_POST
def member_end(request: Request, initiative: Initiative, pk: int) -> HttpResponse:
    membership = get_membership(initiative, pk)
    end_membership(
        actor=request.user, membership=membership, at=now(), accepts_voids=accepted(request)
    )
    if membership.user_id == request.user.pk:
        messages.success(request, f"You no longer work on {initiative.code}.")
        return redirect("initiatives:portfolio-list")
    messages.success(request, f"{membership.user.name} no longer works on {initiative.code}.")
    return redirect(LIST, code=initiative.code)


def _way_back(request: Request) -> str:
    """Return the page of ours that the part was given on, or nothing."""
    path = request.POST.get("next", "")
    is_ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if is_ours else ""


def _give_part(request: Request, initiative: Initiative, form: MemberForm) -> None:
    given = form.cleaned_data
    person = get_person(int(given["user"]))
    if person is None:
        raise NotVisibleError
    set_member(
        actor=request.user,
        initiative=initiative,
        user=person,
        side=Side(given["side"]),
        role=MemberRole(given["role"]),
        at=now(),
        accepts_voids=accepted(request),
    )
    messages.success(request, f"{person.name} works on {initiative.code} now.")


def _form(initiative: Initiative, part: Part, data: object = None) -> MemberForm:
    """Return the form; of the other side one may name the lead while it has none."""
    people = [(person.pk, f"{person.name} ({person.email})") for person in active_people()]
    led = pair_of(initiative)
    sides = [side for side in Side if side == part.side or side not in led]
    return MemberForm(data, people=people, sides=sides, side=part.side)


def _shown(
    request: Request, initiative: Initiative, part: Part, form: MemberForm, *, status: int = 200
) -> HttpResponse:
    members = members_of(initiative)
    return page(
        request,
        "initiatives/members/list.html",
        {
            "initiative": initiative,
            "form": form,
            "part": part,
            "sides": [(side, [one for one in members if one.side == side]) for side in Side],
            "signatures": warning(initiative),
        },
        status=status,
    )
