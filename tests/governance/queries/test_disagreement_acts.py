"""What the page offers is what the rules allow, person by person."""

from datetime import timedelta

import pytest

from governance.operations.rounds import open_round
from governance.queries.disagreement_acts import acts_in, may_disagree
from initiatives.choices import Standing
from initiatives.operations.stages import change_standing
from people.queries import authority_of
from tests.governance.disagreeing import DAY, LATER, named, offered, opened, raised, taken_back


@pytest.fixture
def found(world, noon):
    draft = open_round(initiative=world.initiative, gate="1", actor=world.cast.petra, at=noon)
    return raised(world, draft, noon)


def doors(found, person, at):
    acts = acts_in(opened(found.id, at), authority_of(person, at))
    names = ("may_state", "may_settle", "may_confirm", "may_decide", "may_take_back")
    return {name.removeprefix("may_") for name in names if getattr(acts, name)}, acts


def test_each_finds_the_doors_that_are_theirs(world, found, noon):
    cast = world.cast
    assert doors(found, cast.tariq, noon)[0] == {"state", "settle", "take_back"}
    assert doors(found, cast.hana, noon)[0] == {"state", "settle"}
    assert doors(found, cast.audrey, noon)[0] == set()
    assert doors(found, cast.cleo, noon)[0] == set()
    assert "10 December 2026" in doors(found, cast.cleo, noon)[1].waits
    late = noon + timedelta(days=8)
    assert doors(found, cast.cleo, late)[0] == {"decide"}

    offered(found, cast.ivo, "So.", noon)

    assert doors(found, cast.petra, noon)[0] == {"state", "settle", "confirm"}
    assert "confirm" not in doors(found, cast.tariq, noon)[0]


def test_a_day_that_the_other_side_named_can_be_agreed_to_while_it_is_to_come(world, found, noon):
    cast = world.cast
    assert doors(found, cast.tariq, noon)[1].agrees_to is None
    assert doors(found, cast.petra, noon)[1].agrees_to == DAY

    named(found, cast.petra, LATER, noon)

    assert doors(found, cast.tariq, noon)[1].agrees_to == LATER
    assert doors(found, cast.petra, noon)[1].agrees_to == DAY
    assert doors(found, cast.petra, noon + timedelta(days=8))[1].agrees_to is None
    named(found, cast.tariq, LATER, noon)
    assert doors(found, cast.petra, noon)[1].agrees_to is None


def test_nothing_is_offered_once_it_has_ended(world, found, noon):
    taken_back(found, world.cast.tariq, "Seen too late.", noon)

    for person in (world.cast.tariq, world.cast.petra, world.cast.cleo):
        names, acts = doors(found, person, noon + timedelta(days=8))
        assert (names, acts.waits) == (set(), "")


def test_who_speaks_for_a_side_may_disagree_while_it_goes_on(world, noon):
    cast = world.cast
    may = {
        name: may_disagree(world.initiative, authority_of(getattr(cast, name), noon))
        for name in ("tariq", "hana", "cleo", "audrey", "otto")
    }
    assert may == {"tariq": True, "hana": True, "cleo": False, "audrey": False, "otto": False}

    change_standing(initiative=world.initiative, standing=Standing.CLOSED, actor=cast.ivo, at=noon)

    world.initiative.refresh_from_db()
    assert not may_disagree(world.initiative, authority_of(cast.ivo, noon))
