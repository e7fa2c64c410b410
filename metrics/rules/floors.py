"""How few people a figure may speak of, and what else must be hidden so that it stays hidden.

A group below the floor is hidden. Where its siblings are shown beside their sum, the sum less the
siblings is the hidden one: so a hidden group always has company, together at least as large as the
floor (secondary suppression). What is hidden is absent everywhere: pages, exports, API, detectors.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TypeVar

from metrics.rules.counts import LEAST_ELIGIBLE
from metrics.rules.quantities import check_at_least

# A score that moved while fewer people than this came or went would tell what those answered.
FEWEST_CHANGED = 5

Value = TypeVar("Value")


class Kind(StrEnum):
    """What is shown of people: the more it tells of each, the more of them it takes."""

    SCORE = "score"
    DISTRIBUTION = "distribution"
    THEMES = "themes"
    USAGE = "usage"


class Reason(StrEnum):
    """Why a figure is hidden."""

    MIN_GROUP = "min_group"
    SECONDARY = "secondary"
    DIFFERENCING = "differencing"


@dataclass(frozen=True)
class Suppressed:
    """Stands where a figure would: there is one, and it is not shown."""

    reason: Reason

    @property
    def cell(self) -> dict[str, object]:
        """What exports and the API say in its place."""
        return {"value": None, "suppressed": True, "reason": self.reason.value}


@dataclass(frozen=True, kw_only=True)
class Floors:
    """Smallest groups in people: respondents, and for usage those eligible.

    An organisation may raise them; ValueError where it tries to go lower.
    """

    score: int = 5
    distribution: int = 8
    themes: int = 10
    usage: int = LEAST_ELIGIBLE

    def __post_init__(self) -> None:
        """Refuse a floor under the house's own."""
        for one in fields(self):
            chosen = getattr(self, one.name)
            if chosen < one.default:
                raise ValueError(
                    f"{one.name}: {chosen} is below the floor; choose {one.default} or more"
                )

    def of(self, kind: Kind, *, smallest: int = 0) -> int:
        """Return the floor for a kind of figure, or the metric's own one if that is higher."""
        by_kind: dict[str, int] = {one.name: getattr(self, one.name) for one in fields(self)}
        return max(by_kind[kind], smallest)


@dataclass(frozen=True)
class Group:
    """People who are counted together, in all `people`, and the parts that are shown of them.

    Parts share nobody. They may leave people out: those are a hidden part without a name.
    Raises ValueError for a negative count and for parts that hold more people than the whole.
    """

    key: str
    people: int
    parts: tuple["Group", ...] = ()

    def __post_init__(self) -> None:
        """Judge the counts."""
        check_at_least(0, **{f"people of {self.key}": self.people})
        inside = sum(part.people for part in self.parts)
        if inside > self.people:
            raise ValueError(
                f"parts of {self.key}: {inside} people are more than its {self.people}; "
                "count each person in one part, on the same day"
            )

    @property
    def everybody(self) -> Iterator["Group"]:
        """The group and everything in it."""
        yield self
        for part in self.parts:
            yield from part.everybody


def suppressions(whole: Group, *, floor: int, moved: Collection[str] = ()) -> dict[str, Suppressed]:
    """Return by key what must be hidden of a group and all that it consists of.

    `moved` names the groups that `tells_by_difference` hides. Every group under the floor is
    hidden. Where a shown group has hidden parts, those are more than one and together at least
    `floor` people, or the next-smallest are hidden too. With a group goes all that is in it.
    Raises ValueError where two groups have one key or the floor is below 1.
    """
    check_at_least(1, floor=floor)
    keys = [one.key for one in whole.everybody]
    if len(keys) != len(set(keys)):
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"key: {twice!r} stands for two groups; give each its own")
    first = {one.key: _own_reason(one, floor, moved) for one in whole.everybody}
    hidden = {key: Suppressed(reason) for key, reason in first.items() if reason}
    return dict(_hide(whole, floor, hidden))


def shown(
    values: Mapping[str, Value], hidden: Mapping[str, Suppressed]
) -> dict[str, Value | Suppressed]:
    """Return every value, or what stands in its place: for pages, exports and the API."""
    return {key: hidden.get(key, value) for key, value in values.items()}


def visible(values: Mapping[str, Value], hidden: Collection[str]) -> dict[str, Value]:
    """Return only what is not hidden: for detectors, to whom the rest does not exist."""
    return {key: value for key, value in values.items() if key not in hidden}


def tells_by_difference(
    *, came: int, left: int, score: float, last_shown: float, fewest: int = FEWEST_CHANGED
) -> bool:
    """Whether a survey score would tell what the few said who joined or left the group.

    `came` and `left` count people since the period whose score, `last_shown`, was shown last;
    where only sizes are known, take what the group grew or shrank by. Nobody's change moves
    nothing. Raises ValueError for negative counts and a `fewest` below the house's.
    """
    check_at_least(0, came=came, left=left)
    check_at_least(FEWEST_CHANGED, fewest=fewest)
    return 0 < came + left < fewest and score != last_shown


def check_cut(attributes: Iterable[str]) -> None:
    """Raise ValueError where people are cut by more than one attribute at a time."""
    cut = sorted(set(attributes))
    if len(cut) > 1:
        raise ValueError(
            f"attributes: {', '.join(cut)} cannot be crossed, groups get too small; choose one"
        )


def _own_reason(group: Group, floor: int, moved: Collection[str]) -> Reason | None:
    """Return why a group is hidden for its own sake, or for that of a part which is all of it."""
    if group.people < floor:
        return Reason.MIN_GROUP
    same = (part for part in group.parts if part.people == group.people)
    is_moved = group.key in moved or any(_own_reason(part, floor, moved) for part in same)
    return Reason.DIFFERENCING if is_moved else None


def _hide(
    group: Group, floor: int, hidden: Mapping[str, Suppressed]
) -> Iterator[tuple[str, Suppressed]]:
    if group.key in hidden:
        for one in group.everybody:
            yield one.key, hidden.get(one.key, hidden[group.key])
        return
    company = {one.key: Suppressed(Reason.SECONDARY) for one in _company(group, floor, hidden)}
    for part in group.parts:
        yield from _hide(part, floor, {**company, **hidden})


def _company(group: Group, floor: int, hidden: Collection[str]) -> Iterator[Group]:
    """Yield the parts to hide, smallest first, until the hidden ones cannot be told apart."""
    left_out = group.people - sum(part.people for part in group.parts)
    alone = [part.people for part in group.parts if part.key in hidden and part.people]
    if left_out and (alone or left_out < floor):
        alone.append(left_out)
    others = [part for part in group.parts if part.key not in hidden]
    for part in sorted(others, key=lambda one: (one.people, one.key)):
        if not alone or (len(alone) > 1 and sum(alone) >= floor):
            return
        alone.append(part.people)
        yield part
