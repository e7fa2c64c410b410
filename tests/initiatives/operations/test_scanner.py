"""Asking a scanner that speaks clamd's protocol: a small one of our own, on a real socket."""

import socket
import struct
import threading

import pytest

from initiatives.choices import ScanResult
from initiatives.models import Evidence
from initiatives.operations.evidence import add_evidence_file
from initiatives.operations.files import FileRefusedError
from initiatives.operations.scanner import scanned
from initiatives.queries.evidence import evidence_of
from tests.initiatives import samples


class Scanner(threading.Thread):
    """Answers one INSTREAM after the other: what holds the EICAR text is found out."""

    def __init__(self, family, address, answer=None):
        super().__init__(daemon=True)
        self.line = socket.socket(family, socket.SOCK_STREAM)
        self.line.bind(address)
        self.line.listen()
        self.answer = answer
        self.heard = b""

    def run(self):
        while True:
            try:
                caller, _ = self.line.accept()
            except OSError:
                return
            with caller:
                self.serve(caller)

    def serve(self, caller):
        stream = caller.makefile("rb")
        assert stream.read(10) == b"zINSTREAM\0"
        self.heard = b""
        while size := struct.unpack("!I", stream.read(4))[0]:
            self.heard += stream.read(size)
        found = samples.EICAR in self.heard
        answer = b"stream: Eicar-Test-Signature FOUND" if found else b"stream: OK"
        answer = answer if self.answer is None else self.answer
        if answer:
            caller.sendall(answer + b"\0")


@pytest.fixture
def scanner(settings, tmp_path):
    running = []

    def start(*, unix=False, answer=None):
        place = str(tmp_path / "clamd")
        family, address = (socket.AF_UNIX, place) if unix else (socket.AF_INET, ("127.0.0.1", 0))
        thread = Scanner(family, address, answer)
        thread.start()
        running.append(thread)
        port = None if unix else thread.line.getsockname()[1]
        settings.CLAMD_URL = f"unix://{place}" if unix else f"tcp://127.0.0.1:{port}"
        return thread

    yield start
    for thread in running:
        thread.line.close()


@pytest.fixture
def file(tmp_path):
    def make(data):
        path = tmp_path / "incoming"
        path.write_bytes(data)
        return path

    return make


@pytest.mark.parametrize("unix", [True, False])
def test_a_clean_file_is_sent_whole_and_found_clean(scanner, file, unix):
    thread = scanner(unix=unix)
    data = bytes(range(256)) * 3_000

    assert scanned(file(data)) == ScanResult.CLEAN
    assert thread.heard == data


def test_without_a_scanner_it_says_so(file, settings):
    settings.CLAMD_URL = ""

    assert scanned(file(samples.EICAR)) == ScanResult.NOT_SCANNED


def test_the_test_virus_is_refused(scanner, file):
    scanner()

    with pytest.raises(FileRefusedError) as refused:
        scanned(file(samples.EICAR))

    assert refused.value.codes == ("infected",)


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR", b"", b"nonsense"])
def test_a_scanner_that_does_not_say_ok_refuses(scanner, file, answer):
    scanner(answer=answer)

    with pytest.raises(FileRefusedError) as refused:
        scanned(file(b"x"))

    assert refused.value.codes == ("scan_failed",)


def test_a_scanner_that_is_gone_refuses(file, settings):
    settings.CLAMD_URL = "tcp://127.0.0.1:1"

    with pytest.raises(FileRefusedError) as refused:
        scanned(file(b"x"))

    assert refused.value.codes == ("scan_failed",)


def test_an_infected_upload_leaves_nothing(scanner, helper, cast, noon, upload, settings, tmp_path):
    scanner()
    settings.EVIDENCE_ROOT = tmp_path / "evidence"

    def add(data):
        return add_evidence_file(
            actor=cast.petra,
            initiative=helper,
            upload=upload(data, "notes.txt"),
            title="Notes",
            slot="gaps_to_fill",
            at=noon,
        )

    with pytest.raises(FileRefusedError):
        add(samples.EICAR)
    assert not Evidence.objects.exists()
    assert [*settings.EVIDENCE_ROOT.iterdir()] == []

    add(b"harmless")
    assert evidence_of(helper, on=noon.date())[0].scan == "clean"
