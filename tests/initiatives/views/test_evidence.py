"""Evidence on pages: added, handed out, copied, running out, taken back."""

import hashlib
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from initiatives.models import CaptureRequest, Evidence
from initiatives.operations.captures import capture_link
from initiatives.operations.evidence import add_evidence_attestation
from initiatives.queries.days import home_day
from initiatives.views.evidence import SANDBOX
from journal.clock import now
from journal.models import Delivery
from journal.operations import erase_text
from tests.kernel.outside import PUBLIC, Names, page, serving

URL = "/initiatives/AI-001/evidence/?slot=problem_statement"
CSV = b"day,calls\nMonday,41\nTuesday,38\n"


def upload(name="calls.csv", data=CSV):
    return SimpleUploadedFile(name, data)


@pytest.fixture
def file(world, sign_in):
    client = sign_in(world.cast.petra)
    client.post(URL, {"kind": "file", "title": "Calls in one week", "upload": upload()})
    return Evidence.objects.get()


def test_a_file_is_added_with_its_fingerprint_and_says_it_was_not_scanned(file, sign_in, world):
    html = sign_in(world.cast.tariq).get("/initiatives/AI-001/").content.decode()

    assert "Calls in one week" in html
    assert file.sha256[:4] in html
    assert "not scanned" in html


def test_a_file_is_handed_out_to_be_kept_and_never_opened(file, sign_in, world):
    answer = sign_in(world.cast.audrey).get(f"/initiatives/AI-001/evidence/{file.pk}/")

    assert b"".join(answer.streaming_content) == CSV
    assert answer["Content-Disposition"] == 'attachment; filename="calls.csv"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].endswith("sandbox")
    assert answer["Cache-Control"] == "private, no-store"


def test_a_file_of_another_initiative_is_not_there(file, sign_in, world):
    assert (
        sign_in(world.cast.otto).get(f"/initiatives/AI-001/evidence/{file.pk}/").status_code == 404
    )


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("page.html", b"<html><script>alert(1)</script></html>"),
        ("calls.csv", b"<html><body>no table</body></html>"),
        ("report.pdf", b"MZ\x90\x00 a program"),
        ("empty.txt", b""),
        ("x" * 300 + ".exe", b"MZ"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(world, sign_in, name, data):
    answer = sign_in(world.cast.petra).post(
        URL, {"kind": "file", "note": "Kept words", "upload": upload(name, data)}
    )

    assert answer.status_code == 422
    assert "Kept words" in answer.content.decode()
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": "file"}, "upload"),
        ({"kind": "link", "title": "T", "url": "javascript:alert(1)"}, "url"),
        ({"kind": "link", "title": "T", "url": "https://me:secret@example.com/"}, "url"),
        ({"kind": "link", "title": "", "url": "https://example.com/"}, "title"),
        ({"kind": "attestation", "title": "T"}, "note"),
        ({"kind": "attestation", "title": "T" * 10_000, "note": "N"}, "title"),
        (
            {"kind": "attestation", "title": "T", "note": "N", "valid_until": "31.12."},
            "valid_until",
        ),
        ({"kind": "anything", "title": "T"}, "kind"),
    ],
)
def test_what_is_missing_is_said_at_its_field(world, sign_in, given, field):
    answer = sign_in(world.cast.petra).post(URL, given)

    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_a_link_and_a_statement_are_evidence_too(world, sign_in):
    client = sign_in(world.cast.petra)
    client.post(URL, {"kind": "link", "title": "Our wiki", "url": "https://example.com/a?b=1"})
    client.post(URL, {"kind": "attestation", "title": "I saw it", "note": "On 3 March."})

    html = client.get("/initiatives/AI-001/").content.decode()

    assert 'href="https://example.com/a?b=1" rel="noreferrer noopener external"' in html
    assert "I saw it" in html


PAGE = b"<p>Two findings</p>"


@pytest.fixture
def linked(world, sign_in, settings):
    """Somebody who has added a link, and what answers the request for its copy."""
    settings.CAPTURE_LINKS = True
    client = sign_in(world.cast.petra)
    client.post(URL, {"kind": "link", "title": "Our wiki", "url": "http://wiki.example/?key=1"})
    evidence = Evidence.objects.latest("pk")

    def answered(answer):
        with serving(answer) as server:
            wire = Names(server, wiki_example=[[PUBLIC]])
            request = CaptureRequest.objects.latest("pk")
            capture_link(request_id=request.pk, clock=now, wire=wire)
        Delivery.objects.update(settled_at=now())

    return client, f"/initiatives/AI-001/evidence/{evidence.pk}/copy/", answered


def test_the_copy_of_a_link_is_a_download_and_nothing_else(linked):
    client, url, answered = linked
    assert client.get(url).status_code == 404
    assert "A copy of it is being made." in client.get("/initiatives/AI-001/").content.decode()

    answered(page(PAGE))

    answer = client.get(url)
    assert b"".join(answer.streaming_content) == PAGE
    assert answer["Content-Disposition"].startswith('attachment; filename="wiki.example 20')
    assert answer["Content-Disposition"].endswith('.html"')
    assert answer["Content-Security-Policy"] == SANDBOX
    assert answer["X-Content-Type-Options"] == "nosniff"
    html = client.get("/initiatives/AI-001/").content.decode()
    assert f'<a href="{url}">Copy of ' in html
    assert hashlib.sha256(PAGE).hexdigest()[:4] in html
    assert client.post(url).status_code == 422


def test_without_a_copy_it_says_why_and_how_to_go_on(linked):
    client, url, answered = linked
    answered(page(status="401 Who"))

    html = client.get("/initiatives/AI-001/").content.decode()
    assert "No copy could be made: it needs a sign-in." in html
    assert "Try again" in html
    assert f'href="{URL}"' in html
    assert client.post(url).status_code == 302
    answered(page(PAGE))
    assert client.get(url).status_code == 200


def test_an_erased_link_hands_out_no_copy(linked, world):
    client, url, answered = linked
    answered(page(PAGE))
    sealed = Evidence.objects.latest("pk").sealed
    erase_text(sealed=sealed, actor=world.cast.ada, reason="Asked for", at=now())

    assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    ("days", "said", "unsaid"),
    [
        (14, "Runs out soon", "Out of date"),
        (15, "good until", "Runs out soon"),
        (-1, "Out of date", "Runs out soon"),
    ],
)
def test_what_runs_out_says_so_before(world, sign_in, noon, days, said, unsaid):
    add_evidence_attestation(
        actor=world.cast.petra,
        initiative=world.initiative,
        slot="problem_statement",
        title="Counted",
        note="In March.",
        valid_until=home_day(now()) + timedelta(days=days),
        at=noon,
    )

    html = sign_in(world.cast.petra).get("/initiatives/AI-001/").content.decode()

    assert said in html
    assert unsaid not in html


def test_evidence_is_taken_back_with_a_reason(file, world, sign_in):
    client = sign_in(world.cast.petra)
    url = f"/initiatives/AI-001/evidence/{file.pk}/withdraw/"

    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "Counted twice."}).status_code == 302
    assert client.get(url).status_code == 404


def test_a_second_click_adds_nothing_and_leads_to_the_same_place(file, sign_in, world):
    typed = {"kind": "file", "title": "Calls in one week", "upload": upload()}

    second = sign_in(world.cast.petra).post(URL, typed)

    assert second.url == "/initiatives/AI-001/slots/problem_statement/"
    assert Evidence.objects.get() == file
