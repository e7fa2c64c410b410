"""kill -9 in the middle of a list: whole rows are here, the begun one is not, the rest follows."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db import connection

from initiatives.models import ImportedRow, Initiative
from initiatives.queries.imports import how_far
from journal.clock import now
from journal.deliveries import LEASE, settle_due
from journal.models import Delivery
from journal.verification import verify
from tests.architecture.tree import ROOT
from tests.cast import gather
from tests.initiatives.lists import make_list
from tests.initiatives.operations.test_import_rows import confirmed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.untraced]
ROWS, DONE = 6, 2


def run_until_killed(source) -> None:
    """Let a worker of its own bring in the list on this database, until it is killed."""
    have = connection.settings_dict
    place = f"{have['HOST']}:{have['PORT']}/{have['NAME']}"
    who = f"{quote(have['USER'])}:{quote(have['PASSWORD'])}"
    ended = subprocess.run(
        [sys.executable, "-m", "tests.faults.dying_import", str(source.pk), str(DONE)],
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


def test_a_killed_worker_leaves_whole_rows_and_the_next_one_goes_on() -> None:
    at = now()
    source = confirmed(gather(at).ada, at, make_list(ROWS))
    debt = Delivery.objects.get(subscriber="initiatives.reactions.bring_in")

    run_until_killed(source)

    assert how_far(source).done == Initiative.objects.count() == DONE
    assert [*verify()] == []
    debt.refresh_from_db()
    assert debt.settled_at is None

    settle_due(at=at + LEASE + timedelta(seconds=1))

    source.refresh_from_db()
    assert source.is_applied
    assert ImportedRow.objects.count() == Initiative.objects.count() == ROWS
    assert sorted(Initiative.objects.values_list("number", flat=True)) == [*range(1, ROWS + 1)]
    assert [*verify()] == []
