"""Every page, as its reader sees it: WCAG 2.2 AA in both themes, and no window too narrow."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings
from playwright.sync_api import Page

from governance.models import Commitment
from governance.operations.proposals import propose_appointment
from initiatives.models import Import
from initiatives.operations.import_rows import apply_import
from initiatives.operations.imports import start_import
from initiatives.operations.notes import share_note
from initiatives.operations.questions import ask_question
from journal.clock import now
from journal.deliveries import settle_due
from journal.transports import FOLDER_BACKEND
from people.choices import Office, Side
from people.operations.invitations import invite, link_of
from people.operations.new_passwords import link_word
from tests.architecture.access_governance import prepare
from tests.browser import axe_problems, overflow, screenshot
from tests.cast import gather
from tests.gates import company
from tests.initiatives.lists import in_csv, make_list
from tests.initiatives.operations.test_import_rows import confirmed
from tests.initiatives.reads import decided, proposed, whole
from tests.journeys import steps
from tests.journeys.conftest import give_session

WIDTHS = (320, 390, 768, 1024, 1440, 1920)
# (who looks, address). A page with something in it is worth more than an empty one.
NOWHERE = "/nowhere/"
NEW = "nora@example.com"
VISITOR = ("/sign-in/", NOWHERE)
UNFOUNDED = ("/found/",)
EVERYONE = (
    "/profile/",
    "/profile/days/",
    "/profile/passkeys/add/",
    "/profile/days/",
    "/profile/password/",
    "/profile/second-factor/add/",
    "/profile/stolen/",
    "/settings/people/",
)
ADMINISTRATOR = (
    "/",
    "/settings/people/",
    "/settings/people/appoint/",
    "/settings/changes/",
    "/settings/people/add/",
    "/settings/people/invite/",
    "/settings/people/invite-list/",
    "/settings/mails/",
    "/settings/days/",
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
    "/priorities/",
    "/priorities/shortlist/",
    "/initiatives/{passed}/scores/",
    "/initiatives/{passed}/rank/",
    "/initiatives/{passed}/",
    "/initiatives/{passed}/?stage=2",
    "/initiatives/{passed}/history/",
    "/initiatives/{passed}/pause/",
    "/initiatives/{passed}/slots/tech_landscape/",
    "/initiatives/{passed}/slots/success_statement/versions/",
    "/gates/{Passed}/",
    "/gates/{Passed}/signed/",
    "/gates/{Passed}/receipt/",
    "/gates/{Waiting}/",
    "/gates/{Half}/",
    "/gates/{Refused}/",
    "/gates/{Split}/",
    "/profile/delegations/",
    "/profile/delegations/new/",
    "/delegations/{Delegation}/",
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
    "/gates/{Draft}/disagreements/",
    "/disagreements/{Disagreement}/",
)

LIST = (
    ("Name", "Purpose", "Unit", "Status", "ID"),
    ("Route planner for trucks", "Drivers take the long way round.", "Depot", "Live", "1"),
    ("Planner of truck routes", "Trucks drive the long way round.", "Depot", "Pilot", "2"),
)

pytestmark = pytest.mark.django_db(transaction=True)


def problems_of(page: Page, address: str) -> list[str]:
    answer = page.goto(address)
    if answer.status != (404 if address == NOWHERE else 200):
        return [f"{address}: {answer.status}"]
    return problems_here(page, address)


def problems_here(page: Page, address: str) -> list[str]:
    """Look at the page that is open in both themes and at every width."""
    found = []
    name = "-".join(filter(str.isalnum, address.replace("=", "/").split("/"))) or "home"
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            found += [f"{address} {theme} {width}: {problem}" for problem in axe_problems(page)]
            screenshot(page, f"page-{name}-{theme}-{width}")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if wide := overflow(page):
            found.append(f"{address} {width}: {wide} px too wide")
    return found


@pytest.fixture
def busy(transactional_db):  # the database it is made in
    """A company with a gate in every state, and the numbers that addresses are made of."""
    world = SimpleNamespace(cast=company(now() - timedelta(days=30)), things={})
    prepare(world)
    rounds = {name: world.things[name] for name in ("Waiting", "Half", "Refused", "Split", "Draft")}
    rounds["Passed"] = world.things["Passed"]
    read = whole(world.cast, now(), tech="tariq", people="petra")
    proposed(read, world.cast.tariq, now())
    world.numbers = {name: round_.pk for name, round_ in rounds.items()} | {
        "Disagreement": world.things["Disagreement"].pk,
        "Delegation": world.things["Delegation"].pk,
        "passed": rounds["Passed"].initiative.code,
        "half": rounds["Half"].initiative.code,
        "draft": rounds["Draft"].initiative.code,
        "commitment": Commitment.objects.get().pk,
        "read": read.pk,
        "tried": decided(world.cast, now(), name="Reads parts lists").pk,
        "note": share_note(
            actor=world.cast.petra,
            side=Side.PEOPLE,
            title="The rota before the phones",
            text="It may be the rota, and not the phones at all.",
            at=now(),
        ).pk,
        "question": ask_question(
            actor=world.cast.tariq,
            initiative=rounds["Half"].initiative,
            slot="gaps_to_fill",
            text="Which of these could people grow into?",
            at=now(),
        ).pk,
    }
    return world


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


def test_what_everyone_sees(page_js, live_server):
    cast = gather(now() - timedelta(days=30))
    give_session(page_js, cast.hana, live_server.url)

    found = [problem for address in EVERYONE for problem in problems_of(page_js, address)]

    assert found == []


def test_what_an_administrator_sees(page_js, live_server, settings, tmp_path):
    cast = gather(now() - timedelta(days=30))
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = FOLDER_BACKEND, str(tmp_path / "mail")
    invite(actor=cast.ada, email=NEW, office=Office.AUDITOR, title="Auditor", at=now())
    settle_due(at=now())
    give_session(page_js, cast.ada, live_server.url)
    change = propose_appointment(
        actor=cast.cleo,
        user=cast.erin,
        office=Office.COMMITTEE_MEMBER,
        title="Member",
        reason="Dispatch should be heard.",
        at=now(),
    )
    about = f"/settings/people/{cast.petra.pk}/"
    theirs = (f"{about}leave/", f"{about}hand-over/", f"{about}recover/")
    visited = (*ADMINISTRATOR, f"/settings/changes/{change.pk}/", *theirs)

    found = [problem for address in visited for problem in problems_of(page_js, address)]

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


def test_what_readers_and_writers_see(busy, page_js, live_server):
    found = []
    for person, addresses in ((busy.cast.hana, READING), (busy.cast.petra, WRITING)):
        give_session(page_js, person, live_server.url)
        for address in addresses:
            found += problems_of(page_js, address.format(**busy.numbers))

    assert found == []


def test_what_a_signer_sees_on_the_way(busy, page_js, live_server):
    give_session(page_js, busy.cast.ivo, live_server.url)
    page_js.goto("/record/")
    page_js.get_by_role("button", name="Check it yourself").click()
    steps.heading(page_js, "Every link")
    found = problems_here(page_js, "/record/check/")

    gate = f"/gates/{busy.numbers['Half']}/"
    for decision in ("Sign with conditions", "Ask for changes", "Decline"):
        page_js.goto(gate)
        steps.decide(page_js, decision)
        found += problems_here(page_js, f"{gate}{decision}")
    page_js.goto(gate)
    steps.begin_signing(page_js)
    found += problems_here(page_js, "/step-up/")
    steps.confirm(page_js, "not-the-password")
    steps.told(page_js, "Nothing is signed yet")
    found += problems_here(page_js, "/step-up/wrong/")

    assert found == []
