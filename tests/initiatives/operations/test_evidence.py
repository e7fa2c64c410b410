"""Evidence: files stored whole or not at all, links, statements, and taking back."""

import hashlib
import resource
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection

from initiatives.choices import Standing
from initiatives.models import Evidence
from initiatives.operations.evidence import (
    add_evidence_attestation,
    add_evidence_file,
    add_evidence_link,
    withdraw_evidence,
)
from initiatives.operations.files import FileRefusedError
from initiatives.operations.initiatives import propose
from initiatives.operations.pieces import EvidenceRefusedError
from initiatives.operations.stages import change_standing
from initiatives.queries.evidence import (
    by_slot,
    evidence_of,
    file_name_of,
    get_evidence,
)
from initiatives.queries.files import file_path, open_file
from journal.kinds import Kind
from journal.models import Entry
from journal.operations import erase_text
from journal.subscriptions import _within, within
from kernel.refusals import Blocker, ForbiddenError, NotVisibleError, RefusedError
from people.choices import Side
from playbook.load import files
from tests.cast import gather
from tests.initiatives import samples
from tests.initiatives.conftest import PROPOSAL

TODAY = date(2026, 12, 3)


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    settings.EVIDENCE_ROOT = tmp_path / "evidence"
    return settings.EVIDENCE_ROOT


@pytest.fixture
def add(helper, cast, noon, upload):
    def adding(data=samples.PDF, name="plan.pdf", *, actor=cast.petra, **more):
        where = {} if "criterion" in more else {"slot": "problem_statement"}
        return add_evidence_file(
            actor=actor,
            initiative=helper,
            upload=upload(data, name),
            at=noon,
            **{"title": "The plan", **where, **more},
        )

    return adding


def files_in(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()] if root.exists() else []


def test_a_file_is_stored_by_its_fingerprint_outside_of_what_is_served(add, helper, root):
    evidence = add()

    sha256 = hashlib.sha256(samples.PDF).hexdigest()
    assert evidence.sha256 == sha256
    assert files_in(root) == [file_path(sha256)]
    assert (evidence.size, evidence.content_type) == (len(samples.PDF), "application/pdf")
    with open_file(evidence) as stream:
        assert stream.read() == samples.PDF
    view = evidence_of(helper, on=TODAY)[0]
    assert (view.title, view.file_name, view.scan) == ("The plan", "plan.pdf", "not_scanned")
    assert file_name_of(get_evidence(helper, evidence.pk)) == "plan.pdf"


def test_names_stand_only_beside_the_entry(add):
    add(name="Review of Erin Doyle.pdf", title="About Erin")

    body = bytes(Entry.objects.get(kind=Kind.EVIDENCE_ADDED).body)
    assert b"Erin" not in body
    assert hashlib.sha256(samples.PDF).hexdigest().encode() in body


def test_the_same_bytes_twice_are_two_rows_and_one_file(add, root):
    add()
    add(name="again.pdf", title="")

    assert Evidence.objects.count() == 2
    assert len(files_in(root)) == 1


def test_without_a_title_the_name_is_the_title(add, helper):
    add(title="")

    assert evidence_of(helper, on=TODAY)[0].title == "plan.pdf"


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "empty.pdf", "file_empty"),
        (b"MZ\x90\x00", "setup.exe", "file_type"),
        (samples.png() + b"PK\x05\x06" + bytes(18), "polyglot.png", "file_polyglot"),
        (samples.PDF, "", "file_name"),
        (samples.PDF, "x" * 300 + ".pdf", "file_name"),
        (samples.PDF, "half \ud800.pdf", "file_name"),
        (samples.PDF, "photo_\u202egpj.pdf", "file_name"),
    ],
)
def test_a_refused_file_leaves_nothing_behind(add, root, data, name, code):
    with pytest.raises(FileRefusedError) as refused:
        add(data, name)

    assert refused.value.codes == (code,)
    assert files_in(root) == []
    assert not Evidence.objects.exists()


def test_a_file_that_is_too_large_is_not_read_to_its_end(add, helper, cast, noon, root, settings):
    settings.EVIDENCE_MAX_BYTES = 1 << 20
    read = []

    def endless():
        while True:
            read.append(1)
            yield bytes(1 << 19)

    with pytest.raises(FileRefusedError) as refused:
        add_evidence_file(
            actor=cast.petra,
            initiative=helper,
            upload=SimpleNamespace(name="zeros.pdf", chunks=endless),
            title="",
            slot="problem_statement",
            at=noon,
        )

    assert refused.value.codes == ("file_too_large",)
    assert len(read) == 3
    assert files_in(root) == []


def test_a_full_disk_is_said_and_leaves_nothing(add, root, noon):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, before[1]))
    try:
        with pytest.raises(FileRefusedError) as refused:
            add(b"%PDF-" + bytes(1 << 20) + b"%%EOF")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert refused.value.codes == ("no_room",)
    assert files_in(root) == []
    assert not Evidence.objects.exists()


def test_a_place_that_cannot_be_written_is_said(add, root, settings):
    root.parent.mkdir(exist_ok=True)
    root.write_bytes(b"a file where the folder should be")

    with pytest.raises(FileRefusedError) as refused:
        add()

    assert refused.value.codes == ("no_room",)


def test_a_disk_that_fails_at_the_last_step_undoes_the_act(add, root):
    folder = root / hashlib.sha256(samples.PDF).hexdigest()[:2]
    root.mkdir(parents=True)
    folder.write_bytes(b"a file where the folder should be")

    with pytest.raises(FileRefusedError) as refused:
        add()

    assert refused.value.codes == ("no_room",)
    assert not Evidence.objects.exists()
    assert files_in(root) == [folder]


def test_an_act_that_fails_takes_its_file_back(add, root):
    @within(Kind.EVIDENCE_ADDED)
    def refuse(happening):
        raise RefusedError(Blocker("voids", "This voids a signature."))

    try:
        with pytest.raises(RefusedError):
            add(accepts_voids=[1])
    finally:
        _within[Kind.EVIDENCE_ADDED].remove(refuse)

    assert files_in(root) == []


def test_a_failed_act_leaves_a_file_that_others_rest_on(add, root):
    add()

    with pytest.raises(EvidenceRefusedError):
        add(valid_until=date(2020, 1, 1))

    assert len(files_in(root)) == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_bytes_at_once_are_never_lost(noon, upload):
    cast = gather(noon)
    initiative = propose(actor=cast.petra, side=Side.PEOPLE, at=noon, **PROPOSAL)

    def race(number):
        try:
            return add_evidence_file(
                actor=cast.petra,
                initiative=initiative,
                upload=upload(samples.PDF, "plan.pdf"),
                title=f"Plan {number}",
                slot="problem_statement",
                valid_until=date(2020, 1, 1) if number % 2 else None,
                at=noon,
            )
        except EvidenceRefusedError:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        kept = [one for one in pool.map(race, range(12)) if one]

    assert len(kept) == 6
    assert file_path(kept[0].sha256).read_bytes() == samples.PDF


def test_a_link_keeps_its_address_title_and_day(helper, cast, noon):
    add_evidence_link(
        actor=cast.tariq,
        initiative=helper,
        url="https://example.com/report?q=1",
        title="The report",
        slot="tech_landscape",
        valid_until=TODAY,
        at=noon,
    )

    view = evidence_of(helper, on=TODAY)[0]
    assert (view.url, view.title, view.fetched_at) == (
        "https://example.com/report?q=1",
        "The report",
        noon,
    )
    assert not view.is_stale
    assert evidence_of(helper, on=date(2026, 12, 4))[0].is_stale


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("javascript:alert(1)", "not_an_address"),
        ("ftp://example.com/x", "not_an_address"),
        ("example.com", "not_an_address"),
        ("https://", "not_an_address"),
        ("https://[broken", "not_an_address"),
        ("https://example.com/\u2066fdp", "broken"),
        ("https://exa mple.com", "not_an_address"),
        ("https://me:secret@example.com", "has_password"),
        ("https://example.com/" + "x" * 2_000, "too_long"),
    ],
)
def test_a_wrong_address_is_refused(helper, cast, noon, url, code):
    with pytest.raises(EvidenceRefusedError) as refused:
        add_evidence_link(
            actor=cast.tariq,
            initiative=helper,
            url=url,
            title="x",
            slot="tech_landscape",
            at=noon,
        )

    assert refused.value.codes == (code,)


@pytest.mark.parametrize(
    ("words", "code", "field"),
    [
        ({"title": "", "note": "Seen"}, "title_missing", "title"),
        ({"title": "x" * 201, "note": "Seen"}, "too_long", "title"),
        ({"title": "Seen", "note": "x" * 2_001}, "too_long", "note"),
        ({"title": "Seen", "note": " "}, "statement_missing", "note"),
        ({"title": "half \ud800", "note": "Seen"}, "broken", "title"),
        ({"title": "Seen", "note": "half \ud800"}, "broken", "note"),
    ],
)
def test_a_statement_says_something(helper, cast, noon, words, code, field):
    with pytest.raises(EvidenceRefusedError) as refused:
        add_evidence_attestation(
            actor=cast.petra, initiative=helper, slot="gaps_to_fill", at=noon, **words
        )

    assert [(one.code, one.field) for one in refused.value.blockers] == [(code, field)]


def _criterion() -> str:
    return next(one.key for one in files().criteria_of("1") if one.side == "joint")


def test_a_criterion_can_be_the_target(helper, cast, noon):
    evidence = add_evidence_attestation(
        actor=cast.petra,
        initiative=helper,
        criterion=_criterion(),
        title="Seen",
        note="I was there",
        at=noon,
    )

    assert (evidence.slot, evidence.side) == ("", Side.PEOPLE)
    assert by_slot(evidence_of(helper, on=TODAY)) == {}


@pytest.mark.parametrize(
    "target", [{}, {"slot": "none"}, {"criterion": "none"}, {"slot": "x", "criterion": "y"}]
)
def test_an_unknown_target_is_not_there(add, target):
    with pytest.raises(NotVisibleError):
        add(**{"slot": "", "criterion": "", **target})


@pytest.mark.parametrize(
    ("who", "slot", "error"),
    [
        ("tariq", "gaps_to_fill", ForbiddenError),
        ("audrey", "problem_statement", ForbiddenError),
        ("erin", "problem_statement", NotVisibleError),
    ],
)
def test_nobody_else_adds(add, cast, root, who, slot, error):
    with pytest.raises(error):
        add(actor=getattr(cast, who), slot=slot)

    assert files_in(root) == []


def test_evidence_comes_with_the_stage_and_not_after_the_end(add, helper, cast, noon):
    with pytest.raises(EvidenceRefusedError) as early:
        add(actor=cast.tariq, slot="exit_plan")
    change_standing(initiative=helper, standing=Standing.DECLINED, actor=cast.hana, at=noon)
    with pytest.raises(EvidenceRefusedError) as late:
        add()

    assert (early.value.codes, late.value.codes) == (("not_open",), ("over",))


def test_what_is_taken_back_counts_no_longer_and_stays_stored(add, helper, cast, noon, root):
    evidence = add()

    withdraw_evidence(
        actor=cast.tariq,
        initiative=helper,
        evidence_id=evidence.pk,
        reason="It was the wrong plan",
        at=noon,
    )

    assert evidence_of(helper, on=TODAY) == ()
    assert len(files_in(root)) == 1
    assert Entry.objects.filter(kind=Kind.EVIDENCE_WITHDRAWN).count() == 1
    with pytest.raises(NotVisibleError):
        get_evidence(helper, evidence.pk)


@pytest.mark.parametrize("reason", ["", "  ", "x" * 2_001])
def test_taking_back_needs_a_reason(add, helper, cast, noon, reason):
    evidence = add()

    with pytest.raises(EvidenceRefusedError) as refused:
        withdraw_evidence(
            actor=cast.petra, initiative=helper, evidence_id=evidence.pk, reason=reason, at=noon
        )

    assert refused.value.codes == ("reason_missing",)


def test_one_side_does_not_take_back_the_others(add, helper, cast, noon):
    evidence = add(slot="gaps_to_fill")

    with pytest.raises(ForbiddenError):
        withdraw_evidence(
            actor=cast.tariq, initiative=helper, evidence_id=evidence.pk, reason="No", at=noon
        )


def test_a_link_has_no_bytes_and_a_lost_file_is_not_there(add, helper, cast, noon):
    link = add_evidence_link(
        actor=cast.petra,
        initiative=helper,
        url="https://example.com",
        title="x",
        slot="gaps_to_fill",
        at=noon,
    )
    evidence = add()
    file_path(evidence.sha256).unlink()

    for one in (link, evidence):
        with pytest.raises(NotVisibleError):
            open_file(one)


def test_erased_words_leave_the_evidence_standing(add, helper, cast, noon):
    evidence = add()
    erase_text(sealed=evidence.sealed, actor=cast.ada, reason="Asked for", at=noon)

    view = evidence_of(helper, on=TODAY)[0]
    assert (view.is_erased, view.title) == (True, "")
    assert file_name_of(get_evidence(helper, evidence.pk)) == f"evidence-{evidence.pk}"
