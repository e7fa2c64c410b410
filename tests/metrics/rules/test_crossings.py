"""Two lists over the same people: hidden together, so that neither tells what the other hides."""

from itertools import chain, combinations
from random import Random

import pytest

from metrics.rules.crossings import crossed_suppressions
from metrics.rules.floors import Group, Reason, Suppressed, suppressions
from tests.metrics.rules.test_differencing import echelon, reduced

MIN, SECONDARY, DIFFERENCING = Reason.MIN_GROUP, Reason.SECONDARY, Reason.DIFFERENCING
FLOOR = 10
ORGANISATIONS = 1000


def reasons(cells, **more):
    hidden = crossed_suppressions(cells, floor=FLOOR, **more)
    return {key: one.reason for key, one in hidden.items()}


def test_lists_that_tell_nothing_of_each_other_are_shown_whole():
    cells = {("north", "driver"): 20, ("north", "clerk"): 20, ("south", "driver"): 20}

    assert reasons(cells) == {}


def test_each_list_hides_its_small_groups_with_company():
    cells = {("north", "driver"): 30, ("north", "clerk"): 4, ("south", "driver"): 30}

    assert reasons(cells) == {"clerk": MIN, "driver": SECONDARY}


def test_a_role_of_one_unit_does_not_tell_the_few_others_in_it():
    cells = {
        ("dispatch", "dispatcher"): 40,
        ("dispatch", "manager"): 4,
        ("sales", "manager"): 30,
        ("sales", "seller"): 30,
    }

    assert reasons(cells) == {"dispatcher": DIFFERENCING, "seller": SECONDARY}


def test_two_roles_together_do_not_tell_the_rest_of_a_unit():
    both = {("dispatch", "dispatcher"): 40, ("dispatch", "planner"): 20}
    cells = both | {("dispatch", "manager"): 4, ("sales", "manager"): 30, ("sales", "seller"): 50}

    assert reasons(cells) == {"planner": DIFFERENCING, "manager": SECONDARY}


def test_what_is_all_of_a_block_is_hidden_in_both_lists_with_its_company():
    cells = {("lab", "chemist"): 4, ("plant", "fitter"): 30, ("yard", "driver"): 50}

    assert reasons(cells) == {
        "lab": MIN,
        "chemist": MIN,
        "plant": SECONDARY,
        "fitter": SECONDARY,
    }


def test_a_moved_score_of_a_group_that_is_a_block_moves_the_other_list_too():
    cells = {("lab", "chemist"): 20, ("plant", "fitter"): 30, ("yard", "driver"): 50}

    assert reasons(cells, moved={"chemist"}) == {
        "lab": DIFFERENCING,
        "chemist": DIFFERENCING,
        "plant": SECONDARY,
        "fitter": SECONDARY,
    }


def test_pairs_without_people_link_nothing_and_empty_groups_are_hidden():
    cells = {("lab", "chemist"): 20, ("lab", "fitter"): 0, ("plant", "fitter"): 0}

    assert reasons(cells) == {"plant": MIN, "fitter": MIN}
    assert reasons({}) == {"": MIN}


@pytest.mark.parametrize(
    ("cells", "floor", "way_out"),
    [
        ({("a", "b"): -1}, 10, "people of a and b: -1 cannot be"),
        ({("a", "a"): 1}, 10, "'a' is empty or stands in both lists; give each its own"),
        ({("a", ""): 1}, 10, "'' is empty or stands in both"),
        ({("a", "b"): 1}, 0, "floor: 0 cannot be"),
    ],
)
def test_what_cannot_be_is_refused_with_the_way_out(cells, floor, way_out):
    with pytest.raises(ValueError, match=way_out):
        crossed_suppressions(cells, floor=floor)


def organisation(seed):
    """Return a few units and roles, and people in some of their pairs, few or many."""
    random = Random(seed)
    units, roles = (
        [f"{name}{i}" for i in range(random.randint(1, 5))] for name in ("unit", "role")
    )
    pairs = [(unit, role) for unit in units for role in roles]
    sizes = [random.choice((0, random.randrange(12), random.randrange(10, 60))) for _ in pairs]
    return dict(zip(pairs, sizes, strict=True))


def each_by_itself(cells):
    """Hide each list as if the other were not shown."""
    hidden = {}
    for of in (0, 1):
        sizes = {cell[of]: 0 for cell in cells}
        for cell, people in cells.items():
            sizes[cell[of]] += people
        parts = tuple(Group(key, people) for key, people in sizes.items())
        hidden |= suppressions(Group("", sum(sizes.values()), parts), floor=FLOOR)
    return hidden


def sums(cells, of, hidden):
    """Return every set of pairs that one list tells: sums of shown groups, and what is left."""
    keys = {cell[of] for cell in cells}
    atoms = [{c for c in cells if c[of] == key} for key in keys if key not in hidden]
    atoms.append({c for c in cells if c[of] in hidden})
    choices = chain.from_iterable(combinations(atoms, n) for n in range(1, len(atoms) + 1))
    return [frozenset().union(*chosen) for chosen in choices]


def few(cells, hidden):
    """Return how many people, fewer than the floor, differences of two such sums tell."""
    lists = [sums(cells, of, hidden) for of in (0, 1)]
    told = [
        sum(cells[cell] for cell in larger - smaller)
        for one, other in (lists, lists[::-1])
        for larger in one
        for smaller in (*other, frozenset())
        if smaller <= larger
    ]
    return [people for people in told if 0 < people < FLOOR]


def recovered(cells, hidden):
    """Return the hidden groups that are a combination of what is shown."""
    filled = [cell for cell in cells if cells[cell]]

    def row(key):
        return [*(int(key in ("", *cell)) for cell in filled), 0]

    keys = {key for cell in cells for key in cell}
    shown_rows = [[1] * len(filled) + [0], *(row(key) for key in keys - hidden.keys())]
    basis = echelon(shown_rows, len(filled))
    return [
        key for key in keys & hidden.keys() if any(row(key)) and not any(reduced(row(key), basis))
    ]


def without_empty(cells):
    return {cell: people for cell, people in cells.items() if people}


def test_neither_list_tells_a_hidden_group_nor_any_few_people():
    found, hidden_groups, shown_groups = [], 0, 0
    for seed in range(ORGANISATIONS):
        cells = organisation(seed)
        hidden = crossed_suppressions(cells, floor=FLOOR)
        if "" not in hidden:
            found += [(seed, people) for people in few(without_empty(cells), hidden)]
            found += [(seed, key) for key in recovered(cells, hidden)]
        hidden_groups += len(hidden)
        shown_groups += len({key for cell in cells for key in cell} - hidden.keys())

    assert found == []
    assert hidden_groups > ORGANISATIONS
    assert shown_groups > ORGANISATIONS


def test_lists_that_are_hidden_each_by_itself_tell_of_each_other():
    worlds = [organisation(seed) for seed in range(200)]
    told = [few(without_empty(cells), each_by_itself(cells)) for cells in worlds]
    taken = [recovered(cells, each_by_itself(cells)) for cells in worlds]

    assert sum(map(bool, told)) > 10
    assert sum(map(bool, taken)) > 5


def test_where_all_are_few_nothing_is_shown():
    hidden = crossed_suppressions({("lab", "chemist"): 4}, floor=FLOOR)

    assert hidden == dict.fromkeys(("", "lab", "chemist"), Suppressed(MIN))
