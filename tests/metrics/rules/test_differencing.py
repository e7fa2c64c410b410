"""An attack: whoever sees every figure that is shown subtracts them from each other, in any way.

What is sought is a hidden group, or any few people. A figure is a set of places that hold people
and a count over it; sets that are visible can be added and subtracted (Gauss), so a hidden one is
recovered when it is a combination of them. It must never be, and without company for the small
ones it is: else the attack itself would prove nothing.
"""

from dataclasses import dataclass
from itertools import permutations
from random import Random

from metrics.rules.floors import Group, suppressions

ORGANISATIONS = 1000
FLOOR = 10
PRIME = 2**31 - 1


@dataclass
class Organisation:
    """Groups in groups, and for each the places in it; people and active ones are by place."""

    whole: Group
    places: dict[str, frozenset[int]]
    people: list[int]
    active: list[int]

    def size(self, places):
        return sum(self.people[place] for place in places)

    def count(self, key):
        return sum(self.active[place] for place in self.places[key])


def organisation(seed):
    random, people, places = Random(seed), [], {}

    def grow(key, depth):
        if depth == 0 or random.random() < 0.3:
            people.append(random.choice((random.randrange(12), random.randrange(10, 60))))
            places[key] = frozenset({len(people) - 1})
            return Group(key, people[-1])
        parts = tuple(grow(f"{key}.{i}", depth - 1) for i in range(random.randint(1, 4)))
        inside = frozenset().union(*(places[part.key] for part in parts))
        if random.random() < 0.3:  # Some belong to no part.
            people.append(random.randrange(15))
            inside |= {len(people) - 1}
        places[key] = inside
        return Group(key, sum(people[place] for place in inside), parts)

    whole = grow("o", 3)
    return Organisation(whole, places, people, [random.randint(0, size) for size in people])


def reduced(row, basis):
    """Return a row less what the basis already says."""
    for at, other in basis.items():
        if factor := row[at]:
            row = [(a - factor * b) % PRIME for a, b in zip(row, other, strict=True)]
    return row


def echelon(rows, width):
    """Return what rows of coefficients, each with its value as the last, say independently."""
    basis = {}
    for row in rows:
        rest = reduced(row, basis)
        at = next((i for i in range(width) if rest[i]), None)
        if at is not None:
            inverse = pow(rest[at], -1, PRIME)
            basis[at] = [a * inverse % PRIME for a in rest]
    return basis


def recovered(one, hidden):
    """Return the hidden groups whose count follows from what is visible, with that count."""
    width = len(one.people)

    def row(key):
        # Places without people are no unknowns: nobody is active there.
        return [int(i in one.places[key] and one.people[i] > 0) for i in range(width)]

    rows = [[*row(key), one.count(key)] for key in one.places if key not in hidden]
    basis = echelon(rows, width)
    rests = {key: reduced([*row(key), 0], basis) for key in hidden if any(row(key))}
    return {key: -rest[-1] % PRIME for key, rest in rests.items() if not any(rest[:width])}


def few(one, hidden):
    """Yield sets of fewer people than the floor that two visible figures, or a sum, tell."""
    seen = [places for key, places in one.places.items() if key not in hidden]
    for larger, smaller in permutations(seen, 2):
        if smaller < larger and 0 < one.size(larger - smaller) < FLOOR:
            yield larger - smaller
    for group in one.whole.everybody:
        parts = [one.places[part.key] for part in group.parts if part.key not in hidden]
        rest = one.places[group.key].difference(*parts)
        if group.parts and group.key not in hidden and 0 < one.size(rest) < FLOOR:
            yield rest


def only_small(one):
    """Return what a naive page hides: each group below the floor and nothing else."""
    return {group.key for group in one.whole.everybody if group.people < FLOOR}


def test_no_hidden_group_follows_from_what_is_shown():
    found, hidden_groups, shown_groups = [], 0, 0
    for seed in range(ORGANISATIONS):
        one = organisation(seed)
        hidden = suppressions(one.whole, floor=FLOOR)
        found += [(seed, *item) for item in recovered(one, hidden).items()]
        found += [(seed, rest) for rest in few(one, hidden)]
        hidden_groups += len(hidden)
        shown_groups += len(one.places) - len(hidden)

    assert found == []
    assert hidden_groups > ORGANISATIONS
    assert shown_groups > ORGANISATIONS


def test_where_only_the_small_ones_are_hidden_the_attack_finds_them():
    found = 0
    for seed in range(200):
        one = organisation(seed)
        for key, count in recovered(one, only_small(one)).items():
            assert count == one.count(key)
            found += 1

    assert found > 20
