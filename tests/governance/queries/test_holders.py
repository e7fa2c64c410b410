"""Who held a key, or was the sponsor, at which moment."""

from datetime import timedelta

from governance.queries.holders import read_holders
from people.choices import Side
from tests.changes import end_term

DAY = timedelta(days=1)


def test_a_person_is_told_by_the_office_held_then(world, noon):
    cast = world.cast
    end_term(actor=cast.ada, term=cast.term(cast.hana), at=noon + DAY)

    found = read_holders()

    assert found.word_of(cast.hana.person_key, noon) == Side.PEOPLE
    assert found.word_of(cast.hana.person_key, noon + 2 * DAY) == ""
    assert found.word_of(cast.cleo.person_key, noon) == "sponsor"
    assert found.word_of(cast.petra.person_key, noon) == ""
    assert found.word_of(None, noon) == ""


def test_what_is_vacant_now_was_held_before(world, noon):
    cast = world.cast
    end_term(actor=cast.ada, term=cast.term(cast.hana), at=noon + DAY)

    found = read_holders()

    assert found.vacant_at(noon) == ()
    assert found.vacant_at(noon + 2 * DAY) == (Side.PEOPLE,)
    assert "people" not in found.names_at(noon + 2 * DAY)
