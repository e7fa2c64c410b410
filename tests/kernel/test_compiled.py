"""A compiled query gives what the query itself gives, whatever it is asked with this time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Subquery
from django.db.models.functions import Upper
from django.db.transaction import TransactionManagementError, atomic
from django.test.utils import CaptureQueriesContext

from journal.models import Head, Sealed
from kernel.compiled import compiled
from people.choices import Office
from people.models import OfficeTerm
from tests.cast import gather


@pytest.fixture
def sealed(db):
    return [
        Sealed.objects.create(commitment=str(n) * 64, key=b"k", text=f"text {n}") for n in range(3)
    ]


def test_each_value_stands_where_the_query_has_it_and_other_values_stay(sealed):
    @compiled
    def after(text, least):
        rows = Sealed.objects.filter(text__gt=text, pk__gte=least).exclude(text="text 9")
        return rows.order_by("pk")

    assert after("text 0", "0" * 64) == sealed[1:]
    assert after("text 0", "2" * 64) == sealed[2:]
    assert after("'; DROP TABLE journal_sealed; --%s", "9") == []


def test_a_model_comes_with_what_was_fetched_beside_it_and_nothing_else(db, noon):
    gather(noon)
    held = OfficeTerm.objects.select_related("user").get(office=Office.CIO)

    @compiled
    def terms(at, office):
        rows = OfficeTerm.objects.held_at(at).filter(office=office).select_related("user")
        rows = rows.only("office", "user__name")
        return rows.annotate(head=Subquery(Head.objects.values("seq")[:1]), loud=Upper("title"))

    terms(noon, "sponsor")
    with CaptureQueriesContext(connection) as seen:
        (found,) = terms(noon, "cio")
        said = (found.pk, found.user.name, found.office, found.loud)
    assert said == (held.pk, held.user.name, "cio", held.title.upper())
    assert len(seen) == 1
    assert found.get_deferred_fields() >= {"title", "starts_at"}
    assert found.head == Head.objects.get().seq
    assert terms(noon - timedelta(days=400), "cio") == []


def test_none_is_a_shape_of_its_own(sealed):
    @compiled
    def erased(at):
        return Sealed.objects.filter(erased_at=at).order_by("pk")

    assert erased(None) == sealed


def test_plain_values_come_as_the_query_gives_them(sealed):
    @compiled
    def texts(least):
        return Sealed.objects.filter(pk__gte=least).order_by("pk").values_list("text", flat=True)

    assert texts("1" * 64) == ["text 1", "text 2"]


def test_it_is_put_into_sql_once_and_asked_in_the_words_of_the_query(sealed):
    asked = []

    def query(least):
        asked.append(least)
        return Sealed.objects.filter(pk__gte=least).order_by("pk")

    once = compiled(query)
    with CaptureQueriesContext(connection) as seen:
        once("1" * 64)
        once("2" * 64)
        list(query("2" * 64))
    assert len(asked) == 2  # once for the compiled one, once by the test
    assert seen[1]["sql"] == seen[2]["sql"]


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_on_its_own_connection():
    @compiled
    def pid(name):
        return Sealed.objects.filter(text=name)

    def ask(number):
        try:
            return pid(f"none {number}"), id(connection.connection)
        finally:
            connection.close()

    pid("none")
    with ThreadPoolExecutor(2) as threads:
        found = list(threads.map(ask, range(2)))
    assert [rows for rows, _ in found] == [[], []]
    assert id(connection.connection) not in {own for _, own in found}


@pytest.mark.django_db(transaction=True)
def test_rows_are_held_in_a_transaction_only_however_often_it_was_asked():
    @compiled
    def held(text):
        return Sealed.objects.select_for_update().filter(text=text)

    with atomic():
        assert held("none") == []
    with pytest.raises(TransactionManagementError):
        held("none")


def test_what_it_cannot_take_is_refused(sealed):
    @compiled
    def any_of(keys):
        return Sealed.objects.filter(pk__in=keys)

    @compiled
    def doubled(size):
        return Sealed.objects.filter(commitment=str(size))

    @compiled
    def chosen(size):
        return Sealed.objects.all() if size else Sealed.objects.none()

    with pytest.raises(TypeError, match="any_of is asked with"):
        any_of([sealed[0].pk])
    with pytest.raises(ValueError, match="do not reach the SQL"):
        doubled(3)
    with pytest.raises(ValueError, match="do not reach the SQL"):
        chosen(3)
