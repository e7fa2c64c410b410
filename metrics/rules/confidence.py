"""How far a figure can be believed: shown beside its colour, and a bar to green where it is weak.

People who are asked what they save tend to say too much, so their word alone never turns money
or hours green (domain note 1.1 and 1.4).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Origin(StrEnum):
    """Where a part of a figure comes from."""

    MEASURED = "measured"  # counted by a system, or a sample that was checked
    ESTIMATED = "estimated"
    SELF_REPORTED = "self_reported"


class Confidence(StrEnum):
    """What is printed beside the colour."""

    MEASURED = "measured"
    ESTIMATED = "estimated"
    SELF_REPORTED = "self_reported"
    SINGLE_SOURCE = "single_source"
    NO_SOURCE = "no_source"


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What a figure stands on.

    `wants_two` where a measured and a self-reported source are asked for, `is_far_apart` where
    they do not agree. `is_money_or_hours` where the figure counts money or working time.
    """

    origins: Collection[Origin]
    wants_two: bool = False
    is_far_apart: bool = False
    is_money_or_hours: bool = False


def confidence(ground: Ground) -> Confidence:
    """Return how far a figure can be believed.

    A single source where two are wanted is said first. An estimate makes the whole an estimate;
    only what people say of themselves and nothing else is self-reported.
    """
    origins = set(ground.origins)
    if not origins:
        return Confidence.NO_SOURCE
    if ground.wants_two and not {Origin.MEASURED, Origin.SELF_REPORTED} <= origins:
        return Confidence.SINGLE_SOURCE
    for origin in (Origin.ESTIMATED, Origin.MEASURED):
        if origin in origins:
            return Confidence(origin.value)
    return Confidence.SELF_REPORTED


def bars_to_green(ground: Ground) -> Iterator[str]:
    """Yield why a figure can be amber at best, each reason by its key.

    No source at all, one of two, two that are far apart, and for money or hours the word of
    those who were asked without any other source.
    """
    level = confidence(ground)
    if level in (Confidence.NO_SOURCE, Confidence.SINGLE_SOURCE):
        yield level.value
    if ground.is_far_apart:
        yield "low_confidence"
    if ground.is_money_or_hours and set(ground.origins) == {Origin.SELF_REPORTED}:
        yield Confidence.SELF_REPORTED.value
