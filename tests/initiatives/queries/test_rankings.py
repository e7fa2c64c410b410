"""What is ranked, in which order, and who may settle it."""

import pytest

from initiatives.choices import Standing
from initiatives.operations.rankings import move_initiative
from initiatives.queries.rankings import candidates, current_move, must_settle, named, places
from kernel.refusals import ForbiddenError, NotVisibleError
from people.choices import Side
from people.queries import authority_of
from tests.gates import company, make_world, score
from tests.kept import kept

REASON = "It unblocks the others."


@kept
def worlds(cast, noon):
    """Three initiatives, scored 2, 5 and 3 by both sides; the fourth is not scored."""
    found = [make_world(noon, cast=cast, name=f"Helper {n}") for n in range(4)]
    for world, value in zip(found[:3], (2, 5, 3), strict=True):
        both = dict.fromkeys(("value", "skills_effect", "reversibility"), value)
        score(world, at=noon, technology=both, people=both)
    return found


@kept
def cast(noon):
    return company(noon)


def test_what_both_have_scored_is_ranked_by_priority(worlds):
    one, two, three, _ = (world.initiative.pk for world in worlds)

    assert places() == {two: 1, three: 2, one: 3}
    assert {candidate.key for candidate in candidates()} == {one, two, three}


def test_a_move_is_in_the_order_until_it_is_taken_back(worlds, cast, noon):
    one, two, three = (world.initiative for world in worlds[:3])
    move_initiative(actor=cast.hana, initiative=one, place=1, reason=REASON, at=noon)

    assert places() == {one.pk: 1, two.pk: 2, three.pk: 3}
    assert current_move(one) == 1
    assert current_move(two) is None

    move_initiative(actor=cast.ivo, initiative=one, place=None, reason=REASON, at=noon)

    assert places() == {two.pk: 1, three.pk: 2, one.pk: 3}


def test_what_has_ended_leaves_the_order(worlds):
    worlds[1].initiative.standing = Standing.DECLINED
    worlds[1].initiative.save(update_fields=["standing"])

    assert list(places().values()) == [1, 2]


def test_what_is_archived_leaves_the_order_and_comes_back(worlds, noon):
    hidden = worlds[1].initiative
    hidden.archived_at = noon
    hidden.save(update_fields=["archived_at"])
    without = places()
    hidden.archived_at = None
    hidden.save(update_fields=["archived_at"])

    assert hidden.pk not in without
    assert len(places()) == len(without) + 1 == 3


def test_initiatives_are_found_by_key(worlds):
    key = worlds[0].initiative.pk

    assert named([key])[key].unit.name == "Dispatch"


def test_keys_settle_other_offices_are_told_so_and_employees_nothing(worlds, cast, noon):
    assert must_settle(authority_of(cast.ivo, noon)) == Side.TECHNOLOGY
    for person in (cast.cleo, cast.petra):
        with pytest.raises(ForbiddenError):
            must_settle(authority_of(person, noon))
    with pytest.raises(NotVisibleError):
        must_settle(authority_of(cast.erin, noon))
