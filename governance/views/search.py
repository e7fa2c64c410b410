"""Search: one field in the head of every page, and the page of what was found."""

from dataclasses import dataclass
from functools import singledispatch
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.queries.search import (
    FEW,
    GROUPS,
    MANY,
    SUGGESTED,
    SUGGESTIONS,
    Found,
    Group,
    Most,
    RoundHit,
    search,
)
from initiatives.choices import ENDED
from initiatives.queries.hits import ArtefactHit, InitiativeHit, PersonHit
from initiatives.rules.search import Piece
from kernel.pages import page
from kernel.templatetags.say import NBSP, counted, day, way
from people.http import Request
from people.rules import Authority
from playbook.editions import current
from playbook.playbooks import Playbook

PART = "suggestions"
DETAIL = "initiatives:initiative-detail"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing that was found: what it is, where it is, and where it says what was asked."""

    title: tuple[Piece, ...]
    where: tuple[Piece, ...]
    url: str = ""
    side: str = ""
    said: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class Reader:
    """Who looks, and the playbook whose words the lines use."""

    authority: Authority
    playbook: Playbook


@dataclass(frozen=True)
class Section:
    """What was found of one noun, as lines."""

    group: Group
    lines: tuple[Line, ...]
    more: str


@login_required
@require_safe
def search_list(request: Request) -> HttpResponse:
    """Show what was found; with `go`, as Enter in the head asks, go there if it is clear."""
    only = request.GET.get("in", "")
    only = only if only in GROUPS else ""
    text, who = request.GET.get("q", ""), request.authority
    if request.headers.get("HX-Target") == PART:
        found = search(text, who, most=SUGGESTED, among=SUGGESTIONS)
    elif only:
        found = search(text, who, most=Most.of(MANY), among=(only,))
    else:
        found = search(text, who, most=Most.of(FEW))
    if "go" in request.GET and found.way_on is not None:
        return redirect(DETAIL, found.way_on.code)
    context = {
        "found": found,
        "only": only,
        "most": MANY,
        "sections": _sections(found, Reader(request.authority, current())),
        "whole": _address(found),
    }
    return page(request, "governance/search/list.html", context, parts=(PART,))


def _sections(found: Found, reader: Reader) -> list[Section]:
    return [
        Section(
            group,
            tuple(_line(hit, reader) for hit in group.hits),
            more=_address(found, group.key) if group.has_more else "",
        )
        for group in found.groups
    ]


def _address(found: Found, only: str = "") -> str:
    text = found.wanted.text
    query = {"q": text, "in": only} if only else {"q": text}
    return f"{reverse('governance:search-list')}?{urlencode(query)}"


@singledispatch
def _line(hit: object, _: Reader) -> Line:
    raise TypeError(f"{hit} is nothing that is searched for")


@_line.register
def _(hit: InitiativeHit, reader: Reader) -> Line:
    stage = reader.playbook.stage(hit.stage).name
    told = [hit.about.code, stage, hit.unit]
    if hit.reads_whole and hit.standing in ENDED:
        told.append(hit.standing.label)
    if hit.reads_whole and hit.is_archived:
        told.append("Archived")
    return Line(
        title=hit.name,
        where=(Piece(" · ".join(told)),),
        url=way(DETAIL, hit.about.code) if hit.reads_whole else "",
        said=hit.said,
    )


@_line.register
def _(hit: RoundHit, reader: Reader) -> Line:
    gate = reader.playbook.gate(hit.gate)
    name = "governance:gate-signed" if hit.is_passed else "governance:gate-detail"
    ended = f" · round{NBSP}{hit.n} · {hit.state.label}, {day(hit.since)}"
    return Line(
        title=(Piece(f"{hit.gate_word}: {gate.name}"),),
        where=(Piece(f"{hit.about.code} · "), *hit.name, Piece(ended)),
        url=way(name, hit.round_id),
        said=hit.said,
    )


@_line.register
def _(hit: ArtefactHit, reader: Reader) -> Line:
    book, one = reader.playbook, hit.about
    slot = book.slot(hit.slot) if book.has_slot(hit.slot) else None
    return Line(
        title=(Piece(slot.label if slot else hit.slot),),
        where=(Piece(f"{one.code} · {one.name}"),),
        url=way("initiatives:artefact-form", one.code, hit.slot) if slot else way(DETAIL, one.code),
        side=slot.side if slot else "",
        said=hit.said,
    )


@_line.register
def _(hit: PersonHit, reader: Reader) -> Line:
    led = f"Leads {counted(hit.leads, 'initiative')}" if hit.leads else ""
    left = "" if hit.is_active else "Has left"
    return Line(
        title=hit.name,
        where=(*hit.title, Piece("".join(f" · {said}" for said in (led, left) if said))),
        url=_of_person(hit, reader.authority),
    )


def _of_person(hit: PersonHit, authority: Authority) -> str:
    """Return where there is more about the person: what they lead, or their offices."""
    if hit.leads:
        query = urlencode({"view": "table", "text": hit.full_name})
        return f"{reverse('initiatives:portfolio-list')}?{query}"
    return reverse("people:office-list") if authority.reads_everything else ""
