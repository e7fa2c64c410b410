"""Offers and what is owed, opened for reading."""

from governance.operations.commitments import close_commitment
from governance.queries.offers import (
    conditions_of,
    get_commitment,
    open_commitments,
    terms_of,
)
from governance.queries.waiting import waiting
from people.choices import Side
from people.queries import authority_of
from playbook.editions import current
from tests.architecture.access_governance import pass_with_a_condition


def mine_of(person, at):
    return waiting(authority_of(person, at), current(), today=at.date(), at=at, limit=5).conditions


def test_a_condition_becomes_a_commitment_until_its_side_closes_it(review, noon):
    world, round_ = review
    pass_with_a_condition(world.cast, round_, noon)
    (owed,) = open_commitments(world.initiative, noon)

    mine, asked = (mine_of(world.cast.petra, noon), mine_of(world.cast.hana, noon))

    assert (owed.owner, owed.asked_by) == ("Petra Novak", Side.PEOPLE)
    assert [one.id for one in mine] == [one.id for one in asked] == [owed.id]
    assert mine_of(world.cast.ivo, noon) == ()
    close_commitment(
        commitment_id=owed.id, note="The name is on the page.", actor=world.cast.hana, at=noon
    )
    assert open_commitments(world.initiative, noon) == []
    assert get_commitment(owed.id, noon)[2] is True


def test_the_conditions_of_an_offer_open_by_themselves(review, noon):
    world, round_ = review
    pass_with_a_condition(world.cast, round_, noon)
    first, second = terms_of(round_.pk)

    assert conditions_of(bytes(first.body)) == ()
    assert conditions_of(bytes(second.body))[0].owner == "Petra Novak"


def test_a_commitment_that_is_not_there_is_none(db, noon):
    assert get_commitment(7, noon) is None
