from datetime import UTC, datetime

from journal.clock import now
from journal.installations import reading_once, the_installation
from tests.cast import gather

FOUNDED = datetime(2026, 1, 5, 9, tzinfo=UTC)


def test_a_page_reads_the_installation_once(db, django_assert_num_queries):
    gather(FOUNDED)

    with django_assert_num_queries(1), reading_once():
        assert the_installation() == the_installation()
        now()


def test_what_was_read_is_forgotten_when_the_page_is_done(db):
    with reading_once():
        assert the_installation() is None
        gather(FOUNDED)
        assert the_installation() is None

    assert the_installation().name == "Harrowgate Test Systems"


def test_after_an_act_what_answers_a_form_reads_it_anew(db):
    with reading_once(until_act=True):
        assert the_installation() is None
        gather(FOUNDED)

        assert the_installation().name == "Harrowgate Test Systems"
