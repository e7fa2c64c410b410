"""Whose half of the inputs came later, and which half waits for the other now."""

from datetime import timedelta

import pytest

from governance.queries.late_halves import SHOWN, late_halves
from people.choices import Side
from playbook.editions import current
from tests.gates import fill, make_world

DAY = timedelta(days=1)


def bring(world, side, at, *, but=0):
    slots = [slot for slot in current().required_slots("1") if slot.side == side]
    for slot in slots[but:]:
        fill(world, slot, at=at)


def told(at):
    return late_halves(current(), at)


def test_without_a_whole_half_nothing_is_known(world, noon):
    bring(world, Side.PEOPLE, noon, but=1)

    found = told(noon + DAY)

    assert (found.has_any, found.open, found.more) == (False, (), 0)
    assert [one.of for one in found.stages] == [0, 0, 0]


@pytest.mark.parametrize("side", [*Side])
def test_one_half_waits_for_the_other_and_then_was_late(world, noon, side):
    other = Side.PEOPLE if side == Side.TECHNOLOGY else Side.TECHNOLOGY
    bring(world, side, noon)

    [waiting] = told(noon + 4 * DAY).open
    bring(world, other, noon + 5 * DAY)
    found = told(noon + 6 * DAY)

    assert (waiting.side, waiting.days, waiting.code, waiting.stage) == (other, 4, "AI-001", 1)
    assert found.open == ()
    first = found.stages[0]
    assert {one.side: one.days for one in first.lags} == {other: (5,), side: ()}
    assert (first.of, first.same_day) == (1, 0)
    assert told(noon + 371 * DAY).stages[0].of == 0


def test_halves_of_one_day_are_nobodys_delay(world, noon):
    for side in Side:
        bring(world, side, noon)

    [first, *_] = told(noon + DAY).stages

    assert (first.of, first.same_day) == (1, 1)


def test_those_that_wait_longest_are_shown(world, noon):
    for number in range(SHOWN + 1):
        one = make_world(noon, cast=world.cast, name=f"Helper {number}")
        bring(one, Side.PEOPLE, noon + number * DAY)

    found = told(noon + 20 * DAY)

    assert (len(found.open), found.total_open, found.more) == (SHOWN, SHOWN + 1, 1)
    assert [one.days for one in found.open[:2]] == [20, 19]
