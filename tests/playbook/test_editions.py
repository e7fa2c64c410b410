from datetime import UTC, datetime

import pytest
from django.db import IntegrityError

from journal.acts import act, record
from journal.kinds import Kind
from journal.operations import found_installation
from kernel.canonical import digest
from playbook import editions
from playbook.editions import NoEditionError, current, current_digest, edition
from playbook.load import read
from playbook.models import PlaybookEdition
from playbook.playbooks import Playbook
from playbook.shapes import PlaybookError

AT = datetime(2026, 12, 3, 9, 0, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("founded")]


@pytest.fixture(autouse=True)
def fresh_cache():
    editions.edition.cache_clear()
    yield
    editions.edition.cache_clear()


@pytest.fixture
def founded(db):
    return found_installation(name="Harrowgate", zone="UTC", currency="EUR", is_demo=False, at=AT)


@act
def adopt(playbook: Playbook, number: int = 1, *, name: str = "", data: bytes = b"") -> None:
    row = PlaybookEdition(
        number=number,
        digest=name or playbook.digest,
        bytes=data or playbook.bytes,
        adopted_at=AT,
    )
    row.save()
    record(Kind.EDITION_ADOPTED, actor="test", subject=row, thread=None, at=AT, data={})


def test_before_the_first_adoption_there_is_no_edition():
    with pytest.raises(NoEditionError, match="run found"):
        current()


def test_the_newest_adoption_is_in_force_and_older_ones_stay_readable(playbook, folder, edit):
    adopt(playbook)
    edit("playbook.yaml", "revision: 1", "revision: 2")
    later = read(folder)

    adopt(later, 2)

    assert current() == later
    assert current().revision == 2
    assert edition(playbook.digest) == playbook


def test_the_current_edition_costs_one_small_query(playbook, django_assert_num_queries):
    adopt(playbook)
    current()

    with django_assert_num_queries(1) as queries:
        again = current()

    assert again is edition(playbook.digest)
    assert "bytes" not in queries.captured_queries[0]["sql"]
    assert current_digest() == playbook.digest


def test_an_edition_never_adopted_is_not_there(playbook):
    with pytest.raises(NoEditionError, match="never adopted"):
        edition(playbook.digest)


def test_bytes_that_do_not_fit_their_digest_are_refused(playbook):
    adopt(playbook, name=digest(b"something else"))

    with pytest.raises(PlaybookError, match="not those of"):
        current()


@pytest.mark.parametrize(
    ("number", "name"), [(1, "A" * 64), (1, "a" * 63), (0, "a" * 64)], ids=["case", "short", "zero"]
)
def test_the_database_refuses_what_is_no_edition(playbook, number, name):
    with pytest.raises(IntegrityError):
        adopt(playbook, number, name=name)


def test_an_edition_is_adopted_once(playbook):
    adopt(playbook)

    with pytest.raises(IntegrityError):
        adopt(playbook, 2)
    assert str(PlaybookEdition.objects.get()) == f"edition 1 ({playbook.digest[:8]})"
