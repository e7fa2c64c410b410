"""Where a side said no: what counts, by whom, and what belongs to the other side."""

from datetime import timedelta

import pytest

from governance.operations.stops import pause_initiative
from governance.queries.holders import Holders, read_holders
from governance.queries.objections import SHOWN, objections
from playbook.editions import current
from tests.gates import ask_for_changes, make_world
from tests.governance.stalemates import decline

DAY = timedelta(days=1)
WISH = "Name who measures it, and by when."


def told(at):
    return objections(read_holders(), current(), at)


def counted(found):
    return {
        one.kind: (one.technology, one.people, one.sponsor, one.unknown) for one in found.tallies
    }


def stop(world, person, at, *, is_exercise=False):
    return pause_initiative(
        initiative=world.initiative,
        reason="Wrong answers",
        actor=person,
        at=at,
        is_exercise=is_exercise,
    )


@pytest.mark.parametrize(
    ("person", "row"),
    [("ivo", (1, 0, 0, 0)), ("hana", (0, 1, 0, 0)), ("cleo", (0, 0, 1, 0))],
)
def test_a_pause_is_told_by_the_office_of_who_paused(world, noon, person, row):
    stop(world, getattr(world.cast, person), noon)

    found = told(noon + DAY)

    assert counted(found) == {"pause": row, "decline": (0,) * 4, "changes": (0,) * 4}
    [one] = found.rows
    assert (one.word, one.code, one.round_id, one.gate_word) == (
        "Paused an initiative",
        "AI-001",
        None,
        "",
    )
    assert not found.has_unknown


def test_of_whom_nobody_knows_the_office_is_not_known(world, noon):
    stop(world, world.cast.ivo, noon)

    found = objections(Holders(()), current(), noon + DAY)

    assert (counted(found)["pause"], found.has_unknown) == ((0, 0, 0, 1), True)


def test_a_drill_and_what_is_a_year_old_are_not_counted(world, noon):
    stop(world, world.cast.ivo, noon, is_exercise=True)
    old = make_world(noon, cast=world.cast, name="Shift helper")
    stop(old, world.cast.ivo, noon)

    assert told(noon + DAY).total == 1
    assert told(noon + 365 * DAY).total == 0


def test_a_decline_and_a_request_are_told_by_their_side_the_newest_first(review, noon):
    world, round_ = review
    playbook = current()
    own = next(one for one in playbook.criteria_of("1") if one.side == "people")
    other = next(one for one in playbook.criteria_of("1") if one.side == "technology")
    both = next(one for one in playbook.criteria_of("1") if one.side == "joint")
    wishes = {one.key: WISH for one in (own, other, both)}
    ask_for_changes(world.cast.hana, round_.pk, wishes, at=noon + DAY)

    [asked] = told(noon + 2 * DAY).rows

    assert (asked.by, asked.points, asked.points_of_other) == ("people", 3, 1)
    assert (asked.gate_word, asked.round_id, asked.is_lifted) == ("Gate 1", round_.pk, False)
    assert told(noon + 2 * DAY).on_other == {"technology": 0, "people": 1}


def test_a_decline_says_which_gate(review, noon):
    world, round_ = review
    decline(world.cast.ivo, round_, at=noon + DAY)

    found = told(noon + 2 * DAY)

    assert counted(found)["decline"] == (1, 0, 0, 0)
    assert (found.rows[0].by, found.rows[0].round_id) == ("technology", round_.pk)
    assert found.on_other == {"technology": 0, "people": 0}


def test_a_point_that_the_playbook_no_longer_asks_for_is_nobodys(review, noon):
    world, round_ = review
    key = next(one.key for one in current().criteria_of("1") if one.side == "technology")
    ask_for_changes(world.cast.hana, round_.pk, {key: WISH}, at=noon)
    book = Forgetful()

    [asked] = objections(read_holders(), book, noon + DAY).rows

    assert (asked.points, asked.points_of_other) == (1, 0)


class Forgetful:
    """A playbook of a later edition that knows none of the points."""

    def criterion(self, key):
        raise KeyError(key)


def test_the_newest_are_shown_and_all_are_counted(world, noon):
    for number in range(SHOWN + 1):
        one = make_world(noon, cast=world.cast, name=f"Helper {number}")
        stop(one, world.cast.ivo, noon)

    found = told(noon + DAY)

    assert (len(found.rows), found.total) == (SHOWN, SHOWN + 1)
