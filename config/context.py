"""What the frame of every page needs: whose register this is, who is here, where one can go.

It is lazy: a page that shows no frame (a part for htmx, a mail) asks the database nothing.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import is_valid_path
from django.utils.functional import SimpleLazyObject

from governance.rules.signals import reads_signals
from initiatives.queries.memberships import only_reads
from journal.queries import installation
from kernel.pages import THEMES, theme_of
from people.choices import Office
from people.rules import NOBODY

OFFICE_WORDS = {
    Office.CIO: ("Signs for Technology (CIO)", "CIO"),
    Office.CHRO: ("Signs for People (CHRO)", "CHRO"),
    Office.SPONSOR: ("Sponsor", "Sponsor"),
    Office.COMMITTEE_CHAIR: ("Chairs the committee", "Chair"),
    Office.COMMITTEE_MEMBER: ("Committee", "Committee"),
    Office.AUDITOR: ("Auditor", "Auditor"),
    Office.ADMINISTRATOR: ("Administrator", "Admin"),
}
RECORD, PROFILE, SIGN_OUT = "/record/", "/profile/", "/sign-out/"
PORTFOLIO, SEARCH = "/portfolio/", "/search/"
OF_PORTFOLIO = ("/initiatives/AI-", "/priorities/", "/gates/", "/imports/")
GLOSSARY, SIDES = "/glossary/", "/sides/"
PEOPLE, PROPOSE, NOTES = "/settings/people/", "/initiatives/new/", "/notes/"
RAPID_READS = "/rapid-reads/"
# (label, address, icon); where nothing is, or nothing for this person, no way is shown.
MAIN = (
    ("Home", "/", "home"),
    ("Portfolio", PORTFOLIO, "portfolio"),
    ("Record", RECORD, "record"),
)
MORE = (
    ("Between the two sides", SIDES, "record"),
    ("People and offices", PEOPLE, "person"),
    ("Early thinking", NOTES, "plus"),
    ("Rapid reads", RAPID_READS, "plus"),
    ("Propose an initiative", PROPOSE, "plus"),
    ("Your profile", PROFILE, "person"),
    ("What the words mean", GLOSSARY, "record"),
)


@dataclass(frozen=True)
class Place:
    label: str
    url: str
    icon: str
    is_here: bool


@dataclass(frozen=True)
class Person:
    name: str
    role: str
    short: str
    side: str  # the class of the half-disc, "" for those who sign for nobody


@dataclass(frozen=True)
class Frame:
    theme: str
    organisation: str
    is_demo: bool
    person: Person | None
    main: tuple[Place, ...]
    more: tuple[Place, ...]
    record_url: str = RECORD
    profile_url: str = PROFILE
    sign_out_url: str = SIGN_OUT
    search_url: str = SEARCH


def frame(request: HttpRequest) -> dict[str, Any]:
    return {"frame": SimpleLazyObject(lambda: _frame(request))}


def _frame(request: HttpRequest) -> Frame:
    ours = installation()
    return Frame(
        theme=_theme(request),
        organisation=ours.name if ours else "",
        is_demo=bool(ours and ours.is_demo),
        person=_person(request),
        main=_places(request, MAIN),
        more=_places(request, MORE),
    )


def _person(request: HttpRequest) -> Person | None:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    authority = getattr(request, "authority", None)
    held = authority.offices if authority else frozenset()
    roles = [words for office, words in OFFICE_WORDS.items() if office in held]
    role, short = roles[0] if roles else (user.title, "")
    return Person(
        name=user.name,
        role=role,
        short=short or _initials(user.name),
        side={"technology": "tech", "people": "people"}.get(
            str(authority.key_side) if authority and authority.key_side else "", ""
        ),
    )


def _theme(request: HttpRequest) -> str:
    """Use what the person chose; before sign-in, what this browser was told."""
    chosen = getattr(getattr(request, "user", None), "theme", "")
    return chosen if chosen in THEMES else theme_of(request) if not chosen else ""


def _initials(name: str) -> str:
    words = name.split()
    return "".join(word[0] for word in (words[0], words[-1])) if words else ""


def _places(request: HttpRequest, rows: tuple[tuple[str, str, str], ...]) -> tuple[Place, ...]:
    return tuple(
        Place(label, url, icon, is_here=_is_here(request.path, url))
        for label, url, icon in rows
        if is_valid_path(url) and _is_open(request, url)
    )


def _is_open(request: HttpRequest, url: str) -> bool:
    """Tell whether this person is let in there; the page itself says so again."""
    authority = getattr(request, "authority", NOBODY)
    if url == SIDES:
        return reads_signals(authority.offices)
    if url == PEOPLE:
        return authority.reads_everything
    return url != PROPOSE or not only_reads(authority)


def _is_here(path: str, url: str) -> bool:
    if url == PORTFOLIO and path.startswith(OF_PORTFOLIO):
        return True
    return path == url or (url != "/" and path.startswith(url))
