"""Copies of what links lead to: kept once, as they were, or the reason why there is none."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from django.db import IntegrityError, connection

from initiatives.models import Capture, CaptureRequest
from initiatives.operations import captures
from initiatives.operations.captures import capture_link, store_capture
from initiatives.operations.evidence import add_evidence_link, withdraw_evidence
from initiatives.operations.initiatives import propose
from initiatives.operations.orphans import remove_orphans
from initiatives.operations.requests import CaptureRefusedError, request_capture
from initiatives.queries.captures import kept_copy
from initiatives.queries.evidence import copy_name_of, evidence_of, get_evidence
from initiatives.queries.files import file_path
from journal.acts import act
from journal.deliveries import settle_due
from journal.kinds import Kind
from journal.models import Delivery, Entry
from journal.operations import erase_text
from journal.verification import verify
from kernel.refusals import ForbiddenError, NotVisibleError
from people.choices import Side
from tests.cast import gather
from tests.initiatives import samples
from tests.initiatives.conftest import PROPOSAL
from tests.initiatives.operations.test_scanner import scanner  # noqa: F401  a fixture
from tests.kernel.outside import PUBLIC, Names, page, serving

PAGE = b"<!doctype html><title>Outside test</title><p>Two findings, both closed.</p>"
MAKER = "initiatives.reactions.make_copy"


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    settings.EVIDENCE_ROOT = tmp_path / "evidence"
    settings.CAPTURE_LINKS = True
    return settings.EVIDENCE_ROOT


def link(initiative, actor, at, url="https://wiki.example/test?id=7", **more):
    return add_evidence_link(
        actor=actor,
        initiative=initiative,
        url=url,
        title="Outside test",
        slot="problem_statement",
        at=at,
        **more,
    )


@pytest.fixture
def add(helper, cast, noon):
    return lambda url="http://wiki.example/test?id=7": link(helper, cast.petra, noon, url)


@pytest.fixture
def capture(noon):
    """Make the copy that was asked for last, against a server that gives this answer."""

    def make(answer=None, *, request=None, url_leads_to=PUBLIC):
        request = request or CaptureRequest.objects.latest("pk")
        with serving(page(PAGE) if answer is None else answer) as server:
            wire = Names(server, wiki_example=[[url_leads_to]])
            result = capture_link(request_id=request.pk, clock=lambda: noon, wire=wire)
        return result, server

    return make


def files_in(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()] if root.exists() else []


def test_the_copy_is_kept_with_its_digest_time_type_and_scan(add, capture, helper, noon, root):
    evidence = add()

    assert capture()[0] == "kept"

    sha256 = hashlib.sha256(PAGE).hexdigest()
    kept = kept_copy(evidence)
    assert (kept.sha256, kept.size, kept.content_type) == (sha256, len(PAGE), "text/html")
    assert (kept.fetched_at, kept.scan) == (noon, "not_scanned")
    assert files_in(root) == [file_path(sha256)]
    assert file_path(sha256).read_bytes() == PAGE
    assert copy_name_of(get_evidence(helper, evidence.pk), kept) == "wiki.example 2026-12-03.html"
    view = evidence_of(helper, on=noon.date())[0]
    assert (view.copy.is_kept, view.copy.why_not, view.may_ask) == (True, "", False)
    assert remove_orphans(at=noon + timedelta(days=400)) == 0


def test_who_wanted_it_and_what_came_stand_in_the_journal_without_the_address(add, capture):
    add("http://wiki.example/secret-plan?key=geheim")
    capture()

    entries = Entry.objects.filter(kind__startswith="evidence.copy_").order_by("seq")
    assert [one.kind for one in entries] == [Kind.COPY_REQUESTED, Kind.COPY_KEPT]
    assert b"secret-plan" not in b"".join(bytes(one.body) for one in entries)
    assert hashlib.sha256(PAGE).hexdigest().encode() in bytes(entries[1].body)


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        (page(status="401 Who"), "sign_in"),
        (page(status="403 No"), "sign_in"),
        (page(b"", status="302 Found", more=["Location: http://127.0.0.1/"]), "moved"),
        (page(status="404 None"), "gone"),
        (page(status="503 Busy"), "failing"),
        (page(status="206 Part"), "failing"),
        (page(b""), "empty"),
        (page(samples.PDF, kind="application/octet-stream"), "kind"),
        (page(b"MZ" + bytes(64)), "kind"),
        (page(PAGE, kind="application/pdf"), "kind"),
        (page(PAGE, kind="nonsense"), "kind"),
        (page(more=["Content-Encoding: gzip"]), "packed"),
        (page(bytes(1 << 17)), "too_large"),
    ],
)
def test_without_a_copy_the_reason_is_kept_and_nothing_else(
    add, capture, helper, noon, root, settings, answer, result
):
    settings.CAPTURE_MAX_BYTES = 1 << 16
    evidence = add()

    assert capture(answer)[0] == result

    assert files_in(root) == []
    with pytest.raises(NotVisibleError):
        kept_copy(evidence)
    view = evidence_of(helper, on=noon.date())[0]
    assert (view.copy.result, view.copy.is_kept, view.may_ask) == (result, False, True)
    assert view.copy.why_not
    assert Entry.objects.filter(kind=Kind.COPY_MISSED).count() == 1


def test_a_file_behind_a_link_is_judged_as_a_file(add, capture):
    add()

    assert capture(page(samples.PDF, kind="Application/PDF; charset=x"))[0] == "kept"
    assert Capture.objects.get().content_type == "application/pdf"


def test_what_leads_inside_is_not_asked(add, capture):
    add()

    result, server = capture(url_leads_to="127.0.0.1")

    assert (result, server.asked) == ("forbidden", [])


@pytest.mark.parametrize(
    ("said", "data", "result"),
    [
        (None, PAGE, "kept"),
        (None, PAGE + samples.EICAR, "infected"),
        (b"stream: ERROR", PAGE, "unchecked"),
    ],
)
def test_the_scanner_looks_at_the_copy_too(add, capture, root, scanner, said, data, result):  # noqa: F811  the fixture
    scanner(answer=said)
    add()

    assert capture(page(data))[0] == result
    assert len(files_in(root)) == (result == "kept")
    assert Capture.objects.get().scan == ("clean" if result == "kept" else "")


def test_a_disk_that_is_full_is_said(add, capture, root):
    root.parent.mkdir(exist_ok=True)
    root.write_bytes(b"a file where the folder should be")
    add()

    assert capture()[0] == "no_room"


def test_a_disk_that_fails_at_the_last_step_is_said_too(add, capture, root):
    sha256 = hashlib.sha256(PAGE).hexdigest()
    root.mkdir(parents=True)
    (root / sha256[:2]).write_bytes(b"a file where the folder should be")
    add()

    assert capture()[0] == "no_room"
    assert files_in(root) == [root / sha256[:2]]


def test_told_twice_it_asks_once(add, capture):
    add()

    assert capture()[0] == "kept"
    again, server = capture()

    assert (again, server.asked) == (None, [])
    assert Capture.objects.count() == 1


def test_what_was_taken_back_meanwhile_is_dropped(add, capture, helper, cast, noon, root):
    evidence = add()
    request = CaptureRequest.objects.get()

    def withdraw():
        withdraw_evidence(
            actor=cast.petra, initiative=helper, evidence_id=evidence.pk, reason="No", at=noon
        )
        return noon

    with serving(page(PAGE)) as server:
        wire = Names(server, wiki_example=[[PUBLIC]])
        done = capture_link(request_id=request.pk, clock=withdraw, wire=wire)

    assert done is None
    assert len(server.asked) == 1
    assert files_in(root) == []
    assert not Capture.objects.exists()
    again, server = capture(request=request)
    assert (again, server.asked) == (None, [])


def test_what_was_answered_meanwhile_keeps_its_first_answer(add, noon):
    add()
    request = CaptureRequest.objects.get()

    def answered():
        if not Capture.objects.exists():
            found = captures.Found(captures.CaptureResult.GONE)
            store_capture(request_id=request.pk, found=found, at=noon)
        return noon

    with serving(page(status="503 Busy")) as server:
        wire = Names(server, wiki_example=[[PUBLIC]])
        assert capture_link(request_id=request.pk, clock=answered, wire=wire) is None

    assert [one.result for one in Capture.objects.all()] == ["gone"]


def test_an_erased_address_is_not_asked(add, capture, helper, cast, noon):
    evidence = add()
    erase_text(sealed=evidence.sealed, actor=cast.ada, reason="Asked for", at=noon)

    done, server = capture()

    assert (done, server.asked) == (None, [])
    assert not evidence_of(helper, on=noon.date())[0].may_ask


def test_somebody_may_have_it_tried_again(add, capture, helper, cast, noon):
    evidence = add()
    again = {"actor": cast.tariq, "initiative": helper, "evidence_id": evidence.pk, "at": noon}
    with pytest.raises(CaptureRefusedError) as early:
        request_capture(**again)
    capture(page(status="503 Busy"))
    Delivery.objects.update(settled_at=noon)

    request_capture(**again)
    assert capture()[0] == "kept"

    Delivery.objects.update(settled_at=noon)
    with pytest.raises(CaptureRefusedError) as late:
        request_capture(**again)
    assert (early.value.codes, late.value.codes) == (("waited_for",), ("kept",))
    assert [one.result for one in Capture.objects.order_by("pk")] == ["failing", "kept"]


def test_a_late_answer_to_an_earlier_request_is_the_copy(add, capture, helper, cast, noon):
    evidence = add()
    first = CaptureRequest.objects.get()
    Delivery.objects.update(attempts=10)  # the worker gave it up
    assert not evidence_of(helper, on=noon.date())[0].copy.is_waited_for
    request_capture(actor=cast.petra, initiative=helper, evidence_id=evidence.pk, at=noon)

    assert capture(request=first)[0] == "kept"
    assert capture()[0] is None
    assert Capture.objects.count() == 1
    assert evidence_of(helper, on=noon.date())[0].copy.is_kept


def test_only_who_may_add_evidence_asks(add, helper, cast, noon):
    evidence = add()

    for who, error in ((cast.audrey, ForbiddenError), (cast.erin, NotVisibleError)):
        with pytest.raises(error):
            request_capture(actor=who, initiative=helper, evidence_id=evidence.pk, at=noon)


def test_switched_off_nobody_asks_and_what_waits_is_answered(add, capture, helper, noon, settings):
    add()
    settings.CAPTURE_LINKS = False

    done, server = capture()

    assert (done, server.asked) == ("off", [])
    add("http://wiki.example/other")
    assert CaptureRequest.objects.count() == 1
    assert [one.may_ask for one in evidence_of(helper, on=noon.date())] == [False, False]


def test_the_database_has_room_for_one_copy_of_a_link(add, capture, helper, cast, noon):
    evidence = add()
    capture()

    @act
    def another():
        request = CaptureRequest.objects.create(
            evidence=evidence, asked_by=cast.petra, asked_key=cast.petra.person_key, asked_at=noon
        )
        kept = kept_copy(evidence)
        Capture.objects.create(
            request=request,
            evidence=evidence,
            result="kept",
            sha256=kept.sha256,
            size=1,
            content_type="text/html",
            scan="clean",
            fetched_at=noon,
        )

    with pytest.raises(IntegrityError, match="one_copy_of_a_link"):
        another()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_keep_one_copy_and_the_worker_pays_its_debt(noon, settings):
    cast = gather(noon)
    helper = propose(actor=cast.petra, side=Side.PEOPLE, at=noon, **PROPOSAL)
    link(helper, cast.petra, noon, "http://wiki.example/")
    request = CaptureRequest.objects.get()
    barrier = Barrier(2)

    def together():
        barrier.wait(timeout=30)
        return noon

    with serving(page(PAGE)) as server:

        def run(_):
            wire = Names(server, wiki_example=[[PUBLIC]])
            try:
                return capture_link(request_id=request.pk, clock=together, wire=wire)
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            done = [*pool.map(run, range(2))]

    assert sorted(done, key=str) == [None, "kept"]
    assert len(server.asked) == 2
    assert len(files_in(settings.EVIDENCE_ROOT)) == Capture.objects.count() == 1
    settle_due(at=noon + timedelta(hours=1))
    assert Delivery.objects.get(subscriber=MAKER).settled_at is not None
    assert [*verify()] == []
