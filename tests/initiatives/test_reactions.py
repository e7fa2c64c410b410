"""A confirmed list is brought in by the worker: once, however often and by however many told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection

from initiatives.models import ImportedRow, Initiative
from initiatives.operations import import_rows
from initiatives.operations.import_rows import apply_import, resume_import
from initiatives.operations.imports import StaleImportError
from initiatives.queries.imports import has_stopped, how_far
from initiatives.reactions import bring_in
from journal.clock import now
from journal.deliveries import settle_due
from journal.kinds import Kind
from journal.models import Delivery, Entry
from journal.verification import verify
from kernel.refusals import ForbiddenError
from tests.cast import gather
from tests.initiatives.lists import make_list
from tests.initiatives.operations.test_import_rows import confirmed

ROWS = 12


@pytest.mark.django_db(transaction=True)
def test_the_worker_brings_in_what_was_confirmed_and_the_debt_is_settled():
    at = now()
    source = confirmed(gather(at).ada, at, make_list(4))

    settle_due(at=at + timedelta(seconds=10))
    settle_due(at=at + timedelta(minutes=10))

    assert how_far(source).done == Initiative.objects.count() == 4
    debt = Delivery.objects.get(subscriber="initiatives.reactions.bring_in")
    assert (debt.attempts, debt.settled_at is not None) == (1, True)


@pytest.mark.django_db(transaction=True)
def test_told_again_nothing_comes_twice():
    at = now()
    confirmed(gather(at).ada, at, make_list(3))
    entry = Entry.objects.get(kind=Kind.IMPORT_CONFIRMED)

    bring_in(entry)
    bring_in(entry)

    assert Initiative.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_list_that_the_worker_gave_up_goes_on_once_somebody_says_so():
    at = now()
    cast = gather(at)
    source = confirmed(cast.ada, at, make_list(3))
    with pytest.raises(StaleImportError):
        resume_import(actor=cast.ada, source=source, at=at)
    Delivery.objects.filter(subscriber="initiatives.reactions.bring_in").update(attempts=10)
    assert has_stopped(source)
    settle_due(at=at + timedelta(days=1))
    assert not Initiative.objects.exists()
    with pytest.raises(ForbiddenError):
        resume_import(actor=cast.petra, source=source, at=at)

    resume_import(actor=cast.ada, source=source, at=at)

    assert not has_stopped(source)
    with pytest.raises(StaleImportError):
        resume_import(actor=cast.ada, source=source, at=at)
    settle_due(at=at + timedelta(days=1))
    assert Initiative.objects.count() == 3
    assert ImportedRow.objects.filter(source=source).count() == 3


def race(sources, at):
    """Bring in lists at once, each on a connection of its own; return what went wrong."""
    barrier = Barrier(len(sources))

    def run(source):
        try:
            barrier.wait()
            apply_import(source_id=source.pk, clock=lambda: at)
        except IntegrityError as error:
            return error
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(sources)) as pool:
        return [error for error in pool.map(run, sources) if error]


@pytest.mark.django_db(transaction=True)
def test_two_administrators_with_the_same_list_end_well_and_nothing_is_there_twice(noon):
    cast = gather(noon)
    sources = [confirmed(actor, noon, make_list(ROWS)) for actor in (cast.ada, cast.ivo)]

    assert race(sources, noon) == []

    assert Initiative.objects.count() == ImportedRow.objects.count() == ROWS
    assert sum(how_far(source).done for source in sources) == ROWS
    for source in sources:
        source.refresh_from_db()
    assert [(source.state, source.refused) for source in sources] == [("applied", [])] * 2
    assert [*verify()] == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_one_list_share_its_rows(noon):
    source = confirmed(gather(noon).ada, noon, make_list(ROWS))

    assert race([source, source], noon) == []

    assert Initiative.objects.count() == how_far(source).done == ROWS
    assert Entry.objects.filter(kind=Kind.IMPORT_APPLIED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_waiting_for_each_other_the_database_would_have_to_say_no(noon, monkeypatch):
    """Negative control: the key is unique, and the race is real."""
    monkeypatch.setattr(import_rows, "_one_row_at_a_time", lambda: None)
    cast = gather(noon)
    met = Barrier(2)
    real = import_rows.keys_here

    def together(keys):
        found = real(keys)
        if len(ImportedRow.objects.all()[:1]) == 0:
            met.wait(timeout=30)
        return found

    monkeypatch.setattr(import_rows, "keys_here", together)
    sources = [confirmed(actor, noon, make_list(1)) for actor in (cast.ada, cast.ivo)]

    assert len(race(sources, noon)) == 1
    assert ImportedRow.objects.count() == 1
