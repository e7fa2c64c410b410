"""What the product leans on breaks: disk, cache, scanner. It says so, and stays whole."""

import errno
import resource
import socket
from contextlib import contextmanager

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile

from governance.models import Signature
from initiatives.models import Evidence
from journal.models import Entry
from journal.verification import verify
from launcher import ports
from tests.initiatives import samples
from tests.initiatives.operations.test_scanner import Scanner

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.untraced]
SMALL, LARGE = 1 << 20, 3 << 20  # kept in memory while it is sent, and in a file of its own


@contextmanager
def a_full_disk(room=1 << 16):
    """Let no file of this process grow beyond `room`."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def root(settings, tmp_path):
    settings.EVIDENCE_ROOT = tmp_path / "evidence"
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    return tmp_path


@pytest.fixture
def add(waiting, as_, root):
    """Send a file as evidence for the problem: add(b"…")."""
    world, _ = waiting
    url = f"/initiatives/{world.initiative.code}/evidence/?slot=problem_statement"

    def send(data, name="calls.pdf"):
        file = SimpleUploadedFile(name, data)
        sent = {"kind": "file", "title": "Calls", "note": "Kept words", "upload": file}
        return as_(world.cast.petra).post(url, sent)

    return send


def files_in(root):
    return [path for path in root.rglob("*") if path.is_file()]


@pytest.fixture
def nothing_added(waiting, root):
    """Whatever happened, no row and no file came of it."""
    before = Evidence.objects.count()
    yield
    assert Evidence.objects.count() == before
    assert files_in(root / "evidence") == []  # what Django held meanwhile goes with its request
    assert [*verify()] == []


@pytest.mark.parametrize(("size", "status"), [(SMALL, 422), (LARGE, 503)])
def test_a_full_disk_refuses_evidence_whole(nothing_added, add, size, status) -> None:
    with a_full_disk():
        answer = add(b"%PDF-" + bytes(size) + b"%%EOF")

    assert answer.status_code == status
    assert "no room left" in answer.content.decode()


def test_the_limit_is_what_a_full_disk_says(root) -> None:
    with a_full_disk(), pytest.raises(OSError, match="File too large") as full:
        (root / "large").write_bytes(bytes(SMALL))

    assert full.value.errno == errno.EFBIG


@pytest.fixture
def scanner(settings):
    line = Scanner(socket.AF_INET, ("127.0.0.1", 0))
    line.start()
    settings.CLAMD_URL = f"tcp://127.0.0.1:{line.line.getsockname()[1]}"
    yield line
    line.line.close()


def test_a_virus_is_refused_and_the_rest_kept(scanner, nothing_added, add) -> None:
    answer = add(samples.EICAR, "notes.txt")

    assert answer.status_code == 422
    assert "virus scanner found something" in answer.content.decode()
    assert "Kept words" in answer.content.decode()


def test_a_clean_file_passes_the_scanner(scanner, root, add) -> None:
    before = Evidence.objects.count()

    assert add(b"harmless", "notes.txt").status_code == 302

    assert scanner.heard == b"harmless"
    assert Evidence.objects.count() == before + 1
    assert len(files_in(root / "evidence")) == 1


def test_a_scanner_that_is_gone_refuses(nothing_added, add, settings) -> None:
    settings.CLAMD_URL = f"tcp://127.0.0.1:{ports.any_free()}"

    answer = add(b"harmless", "notes.txt")

    assert answer.status_code == 422
    assert "could not be checked for viruses" in answer.content.decode()


@pytest.fixture
def no_cache(settings):
    """Let the cache be at a port where nobody listens."""
    backend = settings.CACHES["default"]["BACKEND"]
    gone = f"redis://127.0.0.1:{ports.any_free()}/0"

    def take_away() -> None:
        settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": gone}}

    yield take_away
    caches.close_all()


def test_a_cache_that_is_gone_is_said_and_nothing_is_signed(
    waiting, decide, confirm, no_cache, at_gate, client
) -> None:
    world, round_ = waiting
    decided = decide(world.cast.hana, round_, "sign")
    entries = Entry.objects.count()
    no_cache()

    shown, confirmed = client.get(at_gate(round_)), confirm(decided)

    assert shown.status_code == 503
    assert "nothing was half-written" in shown.content.decode()
    assert confirmed.status_code == 503
    assert not Signature.objects.exists()
    assert Entry.objects.count() == entries
    assert [*verify()] == []
