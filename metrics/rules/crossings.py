"""Two lists over the same people, by unit and by role say: what one tells about the other.

Where a role exists in one unit only, that unit less the role is a figure that nobody meant to
show. So both lists are hidden together, although nothing ever shows them crossed.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Collection, Mapping

from metrics.rules.floors import Group, Reason, Suppressed, suppressions
from metrics.rules.quantities import check_at_least

# People by pair: a key of the first list, and one of the second.
Cells = Mapping[tuple[str, str], int]
# A figure that a reader has: which list, and whose; "" for all hidden ones of a list together.
Figure = tuple[int, str]
BOTH = (0, 1)


def crossed_suppressions(
    cells: Cells, *, floor: int, moved: Collection[str] = ()
) -> dict[str, Suppressed]:
    """Return by key what must be hidden of two lists and, under "", of their common sum.

    The pairs of `cells` are never shown. Each list is treated as `suppressions` does, `moved`
    included. Beyond that, no sum of groups of one list that lies inside a sum of groups of the
    other may leave 1 to `floor` - 1 people: until then the smallest group in it is hidden.
    Raises ValueError for an empty key, one that stands in both lists, a negative count and a
    floor below 1.
    """
    check_at_least(0, **{f"people of {' and '.join(cell)}": n for cell, n in cells.items()})
    lists = [{cell[of] for cell in cells} for of in BOTH]
    for key in sorted((lists[0] & lists[1]) | ({""} & (lists[0] | lists[1]))):
        raise ValueError(f"key: {key!r} is empty or stands in both lists; give each its own")
    blocks, forced = _blocks(cells), set(moved)
    while True:
        hidden = _hidden(cells, blocks, floor, forced)
        more = [_telling(block, floor, hidden) for block in blocks]
        if not any(more):
            return hidden
        forced.update(key for key in more if key)


def _blocks(cells: Cells) -> list[dict[tuple[str, str], int]]:
    """Return the pairs with people, parted so that no two parts share a key."""
    blocks: list[dict[tuple[str, str], int]] = []
    for cell in sorted(cell for cell, people in cells.items() if people):
        linked = [
            block for block in blocks if any(cell[of] == one[of] for one in block for of in BOTH)
        ]
        joined = {cell: cells[cell]}
        for block in linked:
            joined |= block
        blocks = [*(block for block in blocks if block not in linked), joined]
    return blocks


def _sizes(block: Cells, of: int) -> Counter[str]:
    sizes: Counter[str] = Counter()
    for cell, people in block.items():
        sizes[cell[of]] += people
    return sizes


def _hidden(
    cells: Cells, blocks: list[dict[tuple[str, str], int]], floor: int, forced: Collection[str]
) -> dict[str, Suppressed]:
    """Hide blocks as siblings with all that is in them, then groups in the blocks that are left.

    Both lists tell the sum of a block; so what is all of a block hides it in both.
    """
    sums = {str(number): block for number, block in enumerate(blocks)}
    parts = tuple(Group(key, sum(block.values())) for key, block in sums.items())
    whole = Group("", sum(part.people for part in parts), parts)
    all_of_it = {
        part.key
        for part in parts
        for of in BOTH
        for key, people in _sizes(sums[part.key], of).items()
        if key in forced and people == part.people
    }
    gone = suppressions(whole, floor=floor, moved=all_of_it)
    found = {
        key: Suppressed(Reason.MIN_GROUP) for cell, n in cells.items() if not n for key in cell
    }
    for number, block in sums.items():
        for of in BOTH:
            sizes = _sizes(block, of)
            groups = tuple(Group(key, people) for key, people in sizes.items())
            inside = suppressions(Group("", sizes.total(), groups), floor=floor, moved=forced)
            verdicts = {key: inside.get(key) or gone.get(number) for key in sizes}
            found = {key: one for key, one in found.items() if key not in sizes}
            found |= {key: one for key, one in verdicts.items() if one}
    return found | {key: one for key, one in gone.items() if not key}


def _telling(block: Cells, floor: int, hidden: Collection[str]) -> str | None:
    """Return a group to hide, where figures of both lists tell of fewer people than the floor."""
    lists = [_sizes(block, of) for of in BOTH]
    shown = {(of, key): n for of in BOTH for key, n in lists[of].items() if key not in hidden}
    if not shown:
        return None
    between: Counter[tuple[Figure, Figure]] = Counter()
    for cell, people in block.items():
        first, second = ((of, cell[of] if (of, cell[of]) in shown else "") for of in BOTH)
        between[first, second] += people
    for ends in sorted(ends for ends, people in between.items() if people < floor):
        if nested := _cut(between, ends, floor):
            named = (nested & shown.keys()) or {ends[1]}
            return min(named, key=lambda one: (shown[one], one))[1]
    return None


def _cut(
    between: Mapping[tuple[Figure, Figure], int], ends: tuple[Figure, Figure], floor: int
) -> set[Figure] | None:
    """Return figures whose difference tells of 1 to `floor` - 1 people, those of `ends` with them.

    Sums of the first list less sums of the second that lie inside them: a cut of the network in
    which people flow from the first list to the second, and back without limit. The smallest cut
    is the greatest flow (Ford and Fulkerson), and that is not followed beyond the floor.
    """
    source, sink = ends
    room = Counter(dict(between))
    next_to: defaultdict[Figure, list[Figure]] = defaultdict(list)
    for first, second in between:
        room[second, first] = floor
        next_to[first].append(second)
        next_to[second].append(first)
    for _ in range(floor):
        came_from = _reached(source, next_to, room)
        if sink not in came_from:
            return {*came_from}
        at = sink
        while at != source:
            before = came_from[at]
            room[before, at] -= 1
            room[at, before] += 1
            at = before
    return None


def _reached(
    source: Figure,
    next_to: Mapping[Figure, list[Figure]],
    room: Mapping[tuple[Figure, Figure], int],
) -> dict[Figure, Figure]:
    """Return the figures that can be reached while there is room, each with the one before it."""
    came_from, waiting = {source: source}, deque([source])
    while waiting:
        at = waiting.popleft()
        for end in next_to[at]:
            if room[at, end] and end not in came_from:
                came_from[end] = at
                waiting.append(end)
    return came_from
