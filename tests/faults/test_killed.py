"""kill -9 in the middle of the second signature: all of it, or nothing; the next one goes on."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db import connection

from governance.choices import RoundState
from governance.models import Intent, Passage, Signature
from journal.models import Delivery
from journal.verification import verify
from tests.architecture.tree import ROOT
from tests.gates import make_review, sign

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.untraced]


def run_until_killed(round_, at, when) -> None:
    """Let a process of its own sign for Hana on this database, until it is killed."""
    have = connection.settings_dict
    place = f"{have['HOST']}:{have['PORT']}/{have['NAME']}"
    who = f"{quote(have['USER'])}:{quote(have['PASSWORD'])}"
    ended = subprocess.run(
        [sys.executable, "-m", "tests.faults.dying", str(round_.pk), at.isoformat(), when],
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": f"postgres://{who}@{place}",
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr


def test_killed_before_the_commit_nothing_is_written_and_the_gate_goes_on(noon) -> None:
    world, round_ = make_review(noon)
    first = sign(world.cast.ivo, round_.pk, at=noon)
    owed = Delivery.objects.count()

    run_until_killed(round_, noon, "before")

    round_.refresh_from_db()
    assert Signature.objects.get() == first
    assert round_.state == RoundState.IN_REVIEW
    assert not Passage.objects.exists()
    assert Delivery.objects.count() == owed
    assert Intent.objects.filter(person=world.cast.hana, signature=None).count() == 1
    assert [*verify()] == []

    sign(world.cast.hana, round_.pk, at=noon + timedelta(minutes=1))
    assert Passage.objects.get().round == round_
    assert [*verify()] == []


def test_killed_before_the_answer_everything_stands_once(noon) -> None:
    world, round_ = make_review(noon)
    sign(world.cast.ivo, round_.pk, at=noon)

    run_until_killed(round_, noon, "after")

    world.initiative.refresh_from_db()
    assert Signature.objects.filter(signer=world.cast.hana).count() == 1
    assert Passage.objects.get().round == round_
    assert world.initiative.stage == 2
    assert [*verify()] == []
