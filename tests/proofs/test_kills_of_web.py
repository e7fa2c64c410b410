"""The web process is killed in the middle of signing: kill -9, 200 times by `./dev prove kills`.

Hana's confirmation is posted to a real web process, which is killed at some moment of it. Whatever
was answered must be there; whatever was not is there whole, or not at all. The same request is then
sent again, twice, to the next process: both lead to the one signature and its one receipt.
"""

import contextlib
import hashlib
import http.client
import os
import secrets
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from threading import Event
from urllib.parse import quote, urlencode

import pytest
from django.db import connection
from django.test import Client

from governance.choices import SigningAct
from governance.models import Intent, Passage, Signature
from governance.operations.ceremony import begin_signing
from governance.queries.rounds import get_round
from governance.queries.standing import signing_facts
from governance.rules.wishes import Wish
from journal.clock import now
from journal.models import Head
from launcher import ports
from tests.architecture.tree import ROOT
from tests.cast import PASSWORD
from tests.gates import make_review, sign
from tests.proofs.races.judging import Judge, judge_at
from tests.proofs.races.slates import Slate, slate
from tests.proofs.reporting import report, trials

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.untraced]
SEED = 20261122
PATIENCE = 60
NAME = "counterpart-to-be-killed"
LEFT = "SELECT count(*) FROM pg_stat_activity WHERE application_name = %s"
TOKEN = secrets.token_hex(16)


@dataclass
class Web:
    """A web process on this database: its port, and whom of it to kill."""

    port: int
    file: Path

    def worker(self) -> int:
        return int(self.file.read_text(encoding="utf-8"))

    def post(self, path: str, cookie: str) -> str:
        """Send the confirmation; return where it leads, or "" when nobody answered."""
        body = urlencode({"password": PASSWORD, "csrfmiddlewaretoken": TOKEN})
        sent = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        asked = http.client.HTTPConnection(ports.LOOPBACK, self.port, timeout=PATIENCE)
        with contextlib.closing(asked):
            try:
                asked.request("POST", path, body, sent)
                answer = asked.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException):
                return ""
        assert answer.status == 302, (answer.status, path)
        return answer.getheader("Location", "")

    def kill(self) -> None:
        """kill -9, and wait until PostgreSQL has noticed: what was committing has committed."""
        before = self.worker()
        os.kill(before, signal.SIGKILL)
        until = time.monotonic() + PATIENCE
        while self.worker() == before or left():
            assert time.monotonic() < until
            Event().wait(0.01)


def left() -> int:
    with connection.cursor() as cursor:
        cursor.execute(LEFT, [NAME])
        return int(cursor.fetchone()[0])


@contextlib.contextmanager
def web(folder: Path):
    """Run the product on this database, as the role that serves it."""
    have, port, file = connection.settings_dict, ports.any_free(), folder / "worker"
    who = f"{quote(have['USER'])}:{quote(have['PASSWORD'])}"
    env = {
        **os.environ,
        "DATABASE_URL": f"postgres://{who}@{have['HOST']}:{have['PORT']}/{have['NAME']}",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PGAPPNAME": NAME,
        "WEB_PORT": str(port),
        "WORKER_FILE": str(file),
    }
    command = [sys.executable, "-m", "gunicorn", "--config", "python:tests.faults.web"]
    master = subprocess.Popen([*command, "config.wsgi"], cwd=ROOT, env=env)
    try:
        until = time.monotonic() + PATIENCE
        while not file.exists():
            assert master.poll() is None
            assert time.monotonic() < until
            Event().wait(0.05)
        yield Web(port, file)
    finally:
        master.terminate()
        master.wait(PATIENCE)


@dataclass
class Gate:
    """A gate that Technology has signed, and Hana's session at it."""

    round_id: int
    hana: object
    session: str
    judge: Judge
    slate: Slate

    @property
    def cookie(self) -> str:
        return f"sessionid={self.session}; csrftoken={TOKEN}"

    def begun(self) -> Intent:
        """Make ready what Hana is about to confirm."""
        at = now()
        seen = signing_facts(get_round(self.round_id), at).now
        return begin_signing(
            round_id=self.round_id,
            wish=Wish(act=SigningAct.APPROVE),
            seen={"snapshot": seen.snapshot, "terms": seen.terms},
            session_ref=hashlib.sha256(self.session.encode()).hexdigest(),
            actor=self.hana,
            at=at,
        )


@pytest.fixture
def gate():
    lately = now() - timedelta(days=2)
    world, round_ = make_review(lately)
    sign(world.cast.ivo, round_.pk, at=lately)
    client = Client()
    client.force_login(world.cast.hana)
    with slate() as ours:
        session = client.cookies["sessionid"].value
        yield Gate(round_.pk, world.cast.hana, session, judge_at(now()), ours)


def kill_while_signing(gate: Gate, process: Web, wait: float) -> tuple[str, list[str]]:
    """Kill while one signature is confirmed; say how that came out, and what is wrong with it."""
    intent = gate.begun()
    path = f"/step-up/{intent.nonce}/"
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(process.post, path, gate.cookie)
        Event().wait(wait)
        process.kill()
        answered = answer.result()
    first = Signature.objects.filter(intent=intent).first()
    faults = gate.judge.faults([])
    if answered and first is None:
        faults.append("it was acknowledged and is lost")
    if (first is None) == Passage.objects.filter(round=gate.round_id).exists():
        faults.append("half of it stands")
    again = [process.post(path, gate.cookie) for _ in range(2)]
    made = Signature.objects.get(intent=intent)
    if len({*again, answered} - {""}) != 1 or (first or made) != made:
        faults.append(f"it leads to {answered}, then to {again}")
    faults += gate.judge.faults([])
    if answered:
        return "acknowledged, and there", faults
    return "not acknowledged, and " + ("there whole" if first else "not there"), faults


def test_a_web_process_killed_while_it_signs_loses_nothing_and_leaves_no_half(
    gate, tmp_path
) -> None:
    begun, chance, told, broken = time.monotonic(), Random(SEED), Counter(), []
    with web(tmp_path) as process:
        assert process.post(f"/step-up/{gate.begun().nonce}/", gate.cookie)
        gate.slate.wipe()
        clock = time.monotonic()
        assert process.post(f"/step-up/{gate.begun().nonce}/", gate.cookie)
        usual = time.monotonic() - clock
        gate.slate.wipe()
        for trial in trials(short=6, long=200):
            how, faults = kill_while_signing(gate, process, usual * chance.uniform(0.2, 1.2))
            told[how] += 1
            broken += [f"trial {trial}: {one}" for one in faults]
            gate.slate.wipe()
    report(
        f"kill -9 of the web process while a gate is signed, seed {SEED}",
        [
            ("signings", told.total(), "200"),
            *((how, many, "") for how, many in sorted(told.items())),
            ("lost, half, twice, or with another receipt", len(broken), "0"),
            ("seconds", round(time.monotonic() - begun), ""),
        ],
    )
    assert broken == []
    assert Head.objects.get().seq == gate.judge.seq
