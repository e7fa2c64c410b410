from datetime import timedelta

import pytest

from people.logins import authority_known, get_login
from people.operations.persons import deactivate_person
from people.queries import authority_of
from tests.changes import end_term

pytestmark = pytest.mark.django_db


@pytest.fixture
def later(noon):
    return noon + timedelta(days=30)


def test_one_query_tells_who_is_here_and_what_they_may_do(cast, later, django_assert_num_queries):
    with django_assert_num_queries(1):
        known = authority_known(get_login(cast.hana.pk), later)

    assert known == authority_of(cast.hana, later)
    assert known.key_side == "people"


def test_a_term_that_is_over_counts_no_longer(cast, later):
    end_term(actor=cast.ada, term=cast.term(cast.ivo), at=later)

    assert authority_known(get_login(cast.ivo.pk), later).key_side is None
    assert authority_known(get_login(cast.ivo.pk), later - timedelta(1)).key_side == "technology"


def test_whoever_has_left_may_do_nothing_and_is_signed_out(cast, later, client):
    client.force_login(cast.kim)
    deactivate_person(actor=cast.ada, user=cast.kim, at=later)

    assert not authority_known(get_login(cast.kim.pk), later).offices
    assert client.get("/portfolio/").status_code == 302


def test_a_login_without_its_terms_is_asked_for_them(cast, later):
    assert authority_known(cast.hana, later) == authority_of(cast.hana, later)
