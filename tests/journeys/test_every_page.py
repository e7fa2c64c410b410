"""Every page, as its reader sees it: WCAG 2.2 AA in both themes, and no window too narrow."""

from datetime import timedelta

import pytest
from django.conf import settings
from playwright.sync_api import Page

from initiatives.models import Import
from initiatives.operations.import_rows import apply_import
from initiatives.operations.imports import start_import
from journal.clock import now
from journal.deliveries import settle_due
from journal.transports import FOLDER_BACKEND
from people.choices import Office
from people.operations.invitations import invite, link_of
from people.operations.new_passwords import link_word
from tests.browser import axe_problems, overflow, screenshot
from tests.cast import gather
from tests.initiatives.lists import in_csv, make_list
from tests.initiatives.operations.test_import_rows import confirmed
from tests.journeys import steps
from tests.journeys.busy import make_busy
from tests.journeys.conftest import give_session

# The page is loaded in the first and left in the last. At these two somebody looks in both themes.
WIDTHS = (1440, 1920, 1024, 768, 390, 320)
LOOKED_AT = (1440, 390)
# (who looks, address). A page with something in it is worth more than an empty one.
NOWHERE = "/nowhere/"
# Gates in every state have the long text in common: axe reads it on one of them.
PAPER, WHOLE = ".paper", "/gates/{Waiting}/"
NEW = "nora@example.com"
VISITOR = ("/sign-in/", NOWHERE)
UNFOUNDED = ("/found/",)
EVERYONE = (
    "/profile/",
    "/profile/days/",
    "/profile/passkeys/add/",
    "/profile/password/",
    "/profile/second-factor/add/",
    "/profile/stolen/",
    "/profile/delegations/",
    "/profile/delegations/new/",
    "/delegations/{Running}/",
    "/settings/people/",
    "/settings/changes/",
)
ADMINISTRATOR = (
    "/",
    "/settings/people/",
    "/settings/people/add/",
    "/settings/people/invite/",
    "/settings/people/invite-list/",
    "/settings/mails/",
    "/settings/units/",
)
READING = (
    "/",
    "/portfolio/",
    "/portfolio/?view=table",
    "/portfolio/?view=table&risk=low&tag=",
    "/portfolio/chosen/?n=1&n=2",
    "/portfolio/views/",
    "/glossary/",
    "/search/",
    "/search/?q=waiting gate",
    "/record/",
    "/record/journal/",
    "/record/checkpoints/",
    "/record/sample/",
    "/sides/",
    "/priorities/",
    "/priorities/shortlist/",
    "/initiatives/{passed}/scores/",
    "/initiatives/{passed}/rank/",
    "/initiatives/{passed}/",
    "/initiatives/{passed}/?stage=2",
    "/initiatives/{passed}/history/",
    "/initiatives/{passed}/decisions/",
    "/initiatives/{passed}/decisions/?which=withdrawn",
    "/initiatives/{passed}/pause/",
    "/initiatives/{passed}/slots/tech_landscape/",
    "/initiatives/{passed}/slots/success_statement/versions/",
    "/gates/{Passed}/",
    "/gates/{Passed}/signed/",
    "/gates/{Passed}/receipt/",
    "/gates/{Waiting}/",
    "/gates/{Half}/",
    "/gates/{Left}/",
    "/gates/{Refused}/",
    "/gates/{Split}/",
    "/gates/{Stale}/",
    "/gates/{Held}/",
    "/gates/{Let}/signed/",
    "/gates/{Let}/receipt/",
    "/initiatives/{held}/",
    "/commitments/{commitment}/close/",
    "/initiatives/{half}/questions/",
    "/initiatives/{half}/questions/{question}/",
    "/initiatives/{draft}/disagreements/",
    "/disagreements/{Disagreement}/",
)
WRITING = (
    "/",
    "/initiatives/new/?name=Waiting gate&problem=dispatchers phone each other",
    "/initiatives/{half}/",
    "/initiatives/{half}/people/",
    "/initiatives/{half}/details/",
    "/initiatives/{draft}/scores/",
    "/priorities/",
    "/initiatives/{half}/facts/",
    "/initiatives/{half}/decisions/",
    "/initiatives/{half}/decisions/new/",
    "/initiatives/{passed}/decisions/{log}/withdraw/",
    "/initiatives/{half}/evidence/?slot=problem_statement",
    "/notes/",
    "/notes/new/",
    "/notes/{note}/",
    "/initiatives/new/?note={note}",
    "/rapid-reads/",
    "/rapid-reads/new/",
    "/rapid-reads/{read}/",
    "/rapid-reads/{read}/halves/people/",
    "/rapid-reads/{read}/decide/",
    "/initiatives/new/?read={tried}",
    "/initiatives/{half}/slots/problem_statement/",
    "/initiatives/{half}/slots/success_statement/",
    "/initiatives/{half}/questions/?slot=gaps_to_fill",
    "/initiatives/{draft}/halves/people/",
    "/initiatives/{draft}/halves/joint/",
    "/gates/{Draft}/",
    "/gates/{Draft}/points/g1_change_load/waive/",
    "/gates/{Out}/",
    "/gates/{Draft}/disagreements/",
    "/disagreements/{Disagreement}/",
)
# What only one of them has a form on.
SPONSOR = (
    "/",
    "/gates/{Split}/",
    "/gates/{Left}/recusals/{recusal}/substitute/",
    "/initiatives/{held}/pause/decide/",
    "/settings/changes/{recovery}/",
    "/settings/people/terms/{term}/end/",
)
KEEPER = (
    "/settings/people/appoint/",
    "/settings/changes/{appointment}/",
    "/settings/changes/{refused}/",
    "/settings/days/",
    "/settings/people/{petra}/hand-over/",
    "/settings/people/{petra}/leave/",
    "/settings/people/{kim}/recover/",
)
SEEN_BY = {
    "hana": EVERYONE + READING,
    "petra": WRITING,
    "cleo": SPONSOR,
    "ada": KEEPER,
    "ivo": ("/gates/{Split}/", "/delegations/{Delegation}/"),
    "erin": ("/", "/delegations/{Delegation}/"),
    "kim": ("/profile/", "/profile/passkeys/{passkey}/revoke/"),
}

LIST = (
    ("Name", "Purpose", "Unit", "Status", "ID"),
    ("Route planner for trucks", "Drivers take the long way round.", "Depot", "Live", "1"),
    ("Planner of truck routes", "Trucks drive the long way round.", "Depot", "Pilot", "2"),
)

pytestmark = pytest.mark.django_db(transaction=True)


def problems_of(page: Page, address: str, without: str = "") -> list[str]:
    answer = page.goto(address)
    if answer.status != (404 if address == NOWHERE else 200):
        return [f"{address}: {answer.status}"]
    return problems_here(page, address, without)


def problems_here(page: Page, address: str, without: str = "") -> list[str]:
    """Look at the page that is open at every width, and at two of them in both themes."""
    found = []
    name = "-".join(filter(str.isalnum, address.replace("=", "/").split("/"))) or "home"
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if wide := overflow(page):
            found.append(f"{address} {width}: {wide} px too wide")
        if width in LOOKED_AT:
            for theme in ("light", "dark"):
                page.emulate_media(color_scheme=theme, reduced_motion="reduce")
                problems = axe_problems(page, colours_only=theme == "dark", without=without)
                found += [f"{address} {theme} {width}: {problem}" for problem in problems]
                screenshot(page, f"page-{name}-{theme}-{width}")
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    return found


@pytest.fixture
def busy(transactional_db):  # the database it is made in
    return make_busy()


def test_what_a_visitor_sees(page_js):
    found = [problem for address in UNFOUNDED for problem in problems_of(page_js, address)]
    cast = gather(now() - timedelta(days=30))
    link = link_of(invite(actor=cast.ada, email=NEW, office=None, title="", at=now()))
    cast.erin.set_unusable_password()
    cast.erin.save(update_fields=["password"])
    word = link_word(cast.erin, now())
    visited = (*VISITOR, link.removeprefix(settings.BASE_URL), f"/new-password/{word}/")
    found += [problem for address in visited for problem in problems_of(page_js, address)]
    page_js.goto("/invitations/0/")
    found += problems_here(page_js, "/invitations/0/")

    assert found == []


def test_what_an_administrator_sees(page_js, live_server, settings, tmp_path):
    cast = gather(now() - timedelta(days=30))
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = FOLDER_BACKEND, str(tmp_path / "mail")
    invite(actor=cast.ada, email=NEW, office=Office.AUDITOR, title="Auditor", at=now())
    settle_due(at=now())
    give_session(page_js, cast.ada, live_server.url)

    found = [problem for address in ADMINISTRATOR for problem in problems_of(page_js, address)]

    assert found == []


def test_what_whoever_brings_a_list_sees(page_js, live_server):
    at = now()
    cast = gather(at - timedelta(days=30))
    give_session(page_js, cast.ada, live_server.url)
    content = in_csv([*LIST, ("", "Nameless", "", "", "9")])
    apply_import(source_id=confirmed(cast.ada, at, content).pk, clock=now)
    over = Import.objects.latest("pk").pk
    coming = confirmed(cast.ada, at, make_list(5)).pk
    new = in_csv([*LIST, ("Menu of the week", "", "", "Idea", "7"), ("", "Nameless", "", "", "9")])
    chosen = start_import(actor=cast.ada, name="new.csv", content=new, at=at).pk

    found = [
        problem
        for address in (
            "/imports/",
            "/imports/new/",
            f"/imports/{chosen}/columns/",
            f"/imports/{chosen}/",
            f"/imports/{coming}/",
            f"/imports/{over}/",
            "/portfolio/",
            "/portfolio/?view=table",
            "/initiatives/AI-001/",
        )
        for problem in problems_of(page_js, address)
    ]

    assert found == []


def test_what_each_of_a_busy_company_sees(busy, page_js, live_server):
    found = []
    for person, addresses in SEEN_BY.items():
        give_session(page_js, getattr(busy.cast, person), live_server.url)
        for address in addresses:
            without = PAPER if address.startswith("/gates/") and address != WHOLE else ""
            found += problems_of(page_js, address.format(**busy.numbers), without)

    give_session(page_js, busy.cast.ivo, live_server.url)
    found += problems_on_the_way(page_js, f"/gates/{busy.numbers['Half']}/")

    assert found == []


def problems_on_the_way(page: Page, gate: str) -> list[str]:
    """Look at what is seen between two pages: a check, each decision, and who one is."""
    page.goto("/record/")
    page.get_by_role("button", name="Check it yourself").click()
    steps.heading(page, "Every link")
    found = problems_here(page, "/record/check/")
    for decision in ("Sign with conditions", "Ask for changes", "Decline"):
        page.goto(gate)
        steps.decide(page, decision)
        found += problems_here(page, f"{gate}{decision}", PAPER)
    page.goto(gate)
    steps.begin_signing(page)
    found += problems_here(page, "/step-up/")
    steps.confirm(page, "not-the-password")
    steps.told(page, "Nothing is signed yet")
    return found + problems_here(page, "/step-up/wrong/")
