"""kill -9 while a copy is kept: nothing half is left, and the next worker does it once."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db import connection

from initiatives.models import Capture, CaptureRequest
from initiatives.operations.captures import capture_link
from initiatives.operations.initiatives import propose
from journal.clock import now
from journal.deliveries import LEASE, settle_due
from journal.models import Delivery
from journal.verification import verify
from people.choices import Side
from tests.architecture.tree import ROOT
from tests.cast import gather
from tests.faults.dying_capture import PAGE
from tests.initiatives.conftest import PROPOSAL
from tests.initiatives.operations.test_captures import MAKER, files_in, link
from tests.kernel.outside import PUBLIC, Names, page, serving

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.untraced]


def run_until_killed(request, root) -> None:
    have = connection.settings_dict
    place = f"{have['HOST']}:{have['PORT']}/{have['NAME']}"
    who = f"{quote(have['USER'])}:{quote(have['PASSWORD'])}"
    ended = subprocess.run(
        [sys.executable, "-m", "tests.faults.dying_capture", str(request.pk)],
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": f"postgres://{who}@{place}",
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "EVIDENCE_ROOT": str(root),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr


def test_a_killed_worker_leaves_no_half_copy_and_the_next_one_makes_it_once(
    settings, tmp_path
) -> None:
    settings.CAPTURE_LINKS, settings.EVIDENCE_ROOT = True, tmp_path
    at = now()
    cast = gather(at)
    helper = propose(actor=cast.petra, side=Side.PEOPLE, at=at, **PROPOSAL)
    link(helper, cast.petra, at, "http://wiki.example/")
    request = CaptureRequest.objects.get()

    run_until_killed(request, tmp_path)

    assert not Capture.objects.exists()
    assert [*verify()] == []
    with serving(page(PAGE)) as server:
        wire = Names(server, wiki_example=[[PUBLIC]])
        assert capture_link(request_id=request.pk, clock=lambda: at, wire=wire) == "kept"
    # The lease of the worker that died is over: who is told now finds it done.
    settle_due(at=at + LEASE + timedelta(seconds=1))
    assert Delivery.objects.get(subscriber=MAKER).settled_at is not None
    assert len(files_in(tmp_path)) == Capture.objects.count() == 1
    assert [*verify()] == []
