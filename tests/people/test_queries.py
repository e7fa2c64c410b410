from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from people.choices import Office, Side
from people.middleware import AuthorityMiddleware
from people.operations.persons import add_person, deactivate_person
from people.queries import (
    active_people,
    authority_of,
    get_person_by_email,
    people_by_key,
    running_terms,
    seat_holders,
)
from people.rules import NOBODY
from tests.cast import PASSWORD
from tests.changes import appoint

pytestmark = pytest.mark.django_db


def test_what_a_login_may_do_costs_one_query(cast, noon):
    with CaptureQueriesContext(connection) as queries:
        authority = authority_of(cast.hana, noon)

    assert len(queries) == 1
    assert authority.key_side == Side.PEOPLE
    assert authority.key_term_id == cast.term(cast.hana).pk


def test_who_holds_the_keys_costs_one_query(cast, noon):
    with CaptureQueriesContext(connection) as queries:
        seats = seat_holders(noon)

    assert len(queries) == 1
    assert {side: seat.user for side, seat in seats.items()} == {
        Side.TECHNOLOGY: cast.ivo,
        Side.PEOPLE: cast.hana,
    }


def test_before_their_term_nobody_holds_anything(cast, noon):
    before = noon - timedelta(seconds=1)

    assert seat_holders(before) == {}
    assert authority_of(cast.hana, before).offices == frozenset()


def test_who_has_left_may_do_nothing_without_asking_the_database(cast, noon):
    cast.hana.is_active = False

    with CaptureQueriesContext(connection) as queries:
        assert authority_of(cast.hana, noon) == NOBODY

    assert len(queries) == 0


def test_people_are_found_by_their_key_the_login_in_use_first(cast, noon):
    later = noon + timedelta(hours=1)
    second = add_person(
        actor=cast.ada,
        email="two@example.com",
        name="Hana",
        title="",
        zone="UTC",
        at=noon,
        person_key=cast.hana.person_key,
    )
    assert people_by_key([cast.hana.person_key]) == {cast.hana.person_key: cast.hana}

    deactivate_person(actor=cast.ada, user=cast.hana, at=later)

    assert people_by_key([cast.hana.person_key]) == {cast.hana.person_key: second}
    assert cast.hana not in active_people()


def test_ones_offices_are_listed_in_the_order_they_were_taken_up(cast, noon):
    later = noon + timedelta(hours=1)
    appoint(actor=cast.ada, user=cast.kim, office=Office.COMMITTEE_CHAIR, title="Chair", at=later)

    assert [term.office for term in running_terms(cast.kim, later)] == [
        Office.COMMITTEE_MEMBER,
        Office.COMMITTEE_CHAIR,
    ]


@pytest.mark.usefixtures("cast")
def test_a_person_is_found_by_an_email_typed_in_any_way():
    assert get_person_by_email(" HANA@example.com ").name == "Hana Okafor"
    assert get_person_by_email("nobody@example.com") is None


def test_a_request_asks_for_authority_only_when_a_view_does(cast, noon, monkeypatch):
    monkeypatch.setattr("people.middleware.now", lambda: noon)
    request = RequestFactory().get("/")
    request.user = cast.hana

    with CaptureQueriesContext(connection) as queries:
        AuthorityMiddleware(lambda _: HttpResponse())(request)
        assert len(queries) == 0
        assert request.authority.key_side == Side.PEOPLE
        assert request.authority.reads_everything

    assert len(queries) == 1


def test_a_visitor_has_nobodys_authority():
    request = RequestFactory().get("/")
    request.user = AnonymousUser()

    AuthorityMiddleware(lambda _: HttpResponse())(request)

    assert not request.authority.reads_everything


def test_signing_in_by_password_is_what_the_cast_can_do(cast):
    assert all(person.check_password(PASSWORD) for person in (cast.hana, cast.erin, cast.otto))
