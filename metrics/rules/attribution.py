"""Whose gap it is: how far each role is from the target, and whether few roles hold most of it.

Gaps are in people and in percentage points (pp), shares in percent of the roles that may be shown.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from metrics.rules.counts import (
    LEAST_ELIGIBLE,
    WHOLE,
    Percent,
    percentage,
    refuse_miscounts,
    refuse_repeats,
    share,
)
from metrics.rules.quantities import check_at_least

# Roles are taken, the widest gap first, until they explain this much of it (percent) …
EXPLAINED = 60
# … and it is concentrated where they are few, and each stands surely below all others (z).
FEW_PEOPLE = 40
SURELY_BELOW = -2.58
# A role this far under the target is a matter of its own (pp).
FAR_UNDER = 20


@dataclass(frozen=True, kw_only=True)
class RoleUse:
    """How many of a role used it and could, in one complete period; `role` is its key.

    Raises ValueError where these are no counts of people.
    """

    role: str
    active: int
    eligible: int

    def __post_init__(self) -> None:
        """Refuse what no count of people can be."""
        refuse_miscounts(self.active, self.eligible)


@dataclass(frozen=True, kw_only=True)
class RoleGap:
    """How far one role is from the target.

    `adoption` is its take-up in percent, `under` the pp to the target (below 0: it is past it),
    `people` how many more would have to use it, `share` what it holds of the whole gap in percent.
    `z` compares a taken role with all that are not taken; None for these, and where all are taken.
    """

    role: str
    adoption: float
    under: float
    people: float
    share: float
    z: float | None = None


@dataclass(frozen=True, kw_only=True)
class Attribution:
    """Where the gap sits; without a gap nothing is taken, and the shares are None.

    `roles` stand by gap, the widest first, and the first `taken` of them explain most of it:
    `gap_share` of the gap sits in `people_share` of the people, whose take-up is `adoption`, all in
    percent. `far_under` counts roles more than 20 pp under the target, `worst` is the largest
    distance (pp, never below 0, None without roles); `left_out` counts roles too small to show.
    """

    roles: tuple[RoleGap, ...]
    taken: int
    gap_share: float | None
    people_share: float | None
    adoption: float | None
    is_concentrated: bool
    far_under: int
    worst: float | None
    left_out: int


def attribute_gap(
    uses: Iterable[RoleUse], *, target: Percent, min_eligible: int = LEAST_ELIGIBLE
) -> Attribution:
    """Return in which roles the gap to the target (percent) sits; their order is of no matter.

    Pass on only roles that may be shown; those with fewer eligible people than the floor are left
    out, not counted as zero. Raises ValueError for a role that comes twice, a target outside
    0 < target ≤ 100, and a floor below the house's.
    """
    known = tuple(uses)
    refuse_repeats("role", (use.role for use in known))
    check_at_least(LEAST_ELIGIBLE, min_eligible=min_eligible)
    aim = percentage(target)
    shown = [use for use in known if use.eligible >= min_eligible]
    shown.sort(key=lambda use: (-_gap([use], aim), use.role))
    taken, rest = _split(shown, aim)
    return Attribution(
        roles=_gaps(taken, rest, aim),
        taken=len(taken),
        gap_share=_percent(_gap(taken, aim), _gap(shown, aim)) if taken else None,
        people_share=_percent(_eligible(taken), _eligible(shown)) if taken else None,
        adoption=_percent(_active(taken), _eligible(taken)) if taken else None,
        is_concentrated=_is_concentrated(taken, rest),
        far_under=sum(_under(use, aim) > FAR_UNDER for use in shown),
        worst=max(0.0, *(float(_under(use, aim)) for use in shown)) if shown else None,
        left_out=len(known) - len(shown),
    )


def two_proportion_z(active: int, eligible: int, others: tuple[int, int]) -> float:
    """Return z of a share against that of the others (active, eligible), by the pooled share.

    Below 0 the share is the lower one; 0 where all or none of both are active. Each eligible
    count is above 0.
    """
    other_active, other_eligible = others
    pooled = Fraction(active + other_active, eligible + other_eligible)
    variance = pooled * (1 - pooled) * (Fraction(1, eligible) + Fraction(1, other_eligible))
    if not variance:
        return 0.0
    return (active / eligible - other_active / other_eligible) / math.sqrt(variance)


def _split(shown: list[RoleUse], aim: Fraction) -> tuple[list[RoleUse], list[RoleUse]]:
    """Return the widest gaps that explain enough of the whole, and the roles behind them."""
    whole, taken = _gap(shown, aim), 0
    while _gap(shown[:taken], aim) * WHOLE < whole * EXPLAINED:
        taken += 1
    return shown[:taken], shown[taken:]


def _gaps(taken: list[RoleUse], rest: list[RoleUse], aim: Fraction) -> tuple[RoleGap, ...]:
    whole = _gap([*taken, *rest], aim)
    compared = [_against(use, rest) for use in taken] + [None] * len(rest)
    return tuple(
        RoleGap(
            role=use.role,
            adoption=_percent(use.active, use.eligible),
            under=float(_under(use, aim)),
            people=float(_gap([use], aim)),
            share=_percent(_gap([use], aim), whole) if whole else 0.0,
            z=z,
        )
        for use, z in zip([*taken, *rest], compared, strict=True)
    )


def _is_concentrated(taken: list[RoleUse], rest: list[RoleUse]) -> bool:
    everybody = _eligible(taken) + _eligible(rest)
    is_few = bool(taken) and _eligible(taken) * WHOLE <= everybody * FEW_PEOPLE
    return is_few and all((_against(use, rest) or 0) <= SURELY_BELOW for use in taken)


def _against(use: RoleUse, rest: list[RoleUse]) -> float | None:
    if not rest:
        return None
    return two_proportion_z(use.active, use.eligible, (_active(rest), _eligible(rest)))


def _gap(uses: Iterable[RoleUse], aim: Fraction) -> Fraction:
    """Return how many more people would have to use it, role by role."""
    missing = (aim / WHOLE * use.eligible - use.active for use in uses)
    return sum((max(Fraction(0), one) for one in missing), Fraction(0))


def _under(use: RoleUse, aim: Fraction) -> Fraction:
    return aim - share(use.active, use.eligible)


def _active(uses: Iterable[RoleUse]) -> int:
    return sum(use.active for use in uses)


def _eligible(uses: Iterable[RoleUse]) -> int:
    return sum(use.eligible for use in uses)


def _percent(part: Fraction | int, whole: Fraction | int) -> float:
    return float(Fraction(part) * WHOLE / whole)
