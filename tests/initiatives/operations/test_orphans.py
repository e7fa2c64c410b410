"""What a kill leaves on the disk is swept; what anything rests on, or may soon, stays."""

import hashlib
import os
from datetime import UTC, datetime, timedelta

import pytest

from initiatives.operations.evidence import add_evidence_file
from initiatives.operations.orphans import remove_orphans
from initiatives.queries.files import file_path
from initiatives.tasks import remove_orphaned_files
from journal.models import Entry
from tests.initiatives import samples

NOW = datetime.now(UTC)


@pytest.fixture
def root(settings, tmp_path):
    settings.EVIDENCE_ROOT = tmp_path / "evidence"
    return settings.EVIDENCE_ROOT


@pytest.fixture
def left(root):
    """A file as a killed act leaves it: left("incoming-x", hours=25)."""

    def leave(name, *, hours):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"left over")
        then = (NOW - timedelta(hours=hours)).timestamp()
        os.utime(path, (then, then))
        return path

    return leave


def stored(data: bytes) -> str:
    sha256 = hashlib.sha256(data).hexdigest()
    return f"{sha256[:2]}/{sha256}"


def test_what_no_evidence_rests_on_goes_after_a_day_and_is_logged(db, left, caplog):
    orphan = left(stored(b"left over"), hours=25)
    unfinished = left("incoming-x7", hours=25)

    assert remove_orphans(at=NOW) == 2

    assert not orphan.exists()
    assert not unfinished.exists()
    assert orphan.name in caplog.text
    assert not Entry.objects.exists()


def test_what_may_still_be_on_its_way_stays(db, left):
    young = [left(stored(b"left over"), hours=23), left("incoming-x7", hours=23)]

    assert remove_orphans(at=NOW) == 0
    assert all(path.exists() for path in young)


def test_what_evidence_rests_on_stays_for_good(helper, cast, noon, upload, root):
    add_evidence_file(
        actor=cast.petra,
        initiative=helper,
        upload=upload(samples.PDF, "plan.pdf"),
        title="The plan",
        slot="problem_statement",
        at=noon,
    )

    assert remove_orphans(at=NOW + timedelta(days=400)) == 0
    assert file_path(hashlib.sha256(samples.PDF).hexdigest()).exists()


@pytest.mark.parametrize("name", ["ab/notes.txt", "ab/" + "c" * 64, "backup.tar"])
def test_what_is_not_ours_by_its_name_is_left_alone(db, left, name):
    path = left(name, hours=1_000)

    assert remove_orphans(at=NOW) == 0
    assert path.exists()


def test_the_task_goes_by_the_clock_of_the_machine(db, left):
    left("incoming-x7", hours=25)
    young = left("incoming-x8", hours=1)

    assert remove_orphaned_files() == 1
    assert young.exists()


def test_where_nothing_was_ever_stored_there_is_nothing_to_sweep(db, root):
    assert remove_orphans(at=NOW) == 0


def test_what_cannot_be_removed_or_is_gone_by_now_does_not_stop_the_rest(db, root, left):
    (root / stored(b"a folder")).mkdir(parents=True)
    (root / "incoming-gone").symlink_to("nowhere")
    orphan = left(stored(b"left over"), hours=25)

    assert remove_orphans(at=NOW + timedelta(days=2)) == 1
    assert not orphan.exists()
