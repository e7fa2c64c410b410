"""Counts of people, and percentages as they are written: what cannot be is refused by name."""

import math
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

Percent = int | float | Decimal | Fraction

# What fewer people than this do is shown nowhere; an organisation may ask for more, never for less.
LEAST_ELIGIBLE = 10
WHOLE = 100


def percentage(target: Percent) -> Fraction:
    """Return a target exactly as it is written; raises ValueError unless 0 < target ≤ 100."""
    if not (math.isfinite(target) and 0 < target <= WHOLE):
        raise ValueError(f"target: {target} is no percentage to reach; choose above 0 to 100")
    return Fraction(str(target))


def share(active: int, eligible: int) -> Fraction:
    """Return the active among the eligible in percent, 0 to 100, exactly; eligible is not 0."""
    return Fraction(WHOLE * active, eligible)


def refuse_miscounts(active: int, eligible: int) -> None:
    """Raise ValueError where these cannot be counts of people, the active among the eligible."""
    for name, count in (("active", active), ("eligible", eligible)):
        if not isinstance(count, int) or count < 0:
            raise ValueError(f"{name}: {count} counts no people; give a whole number, 0 or more")
    if active > eligible:
        raise ValueError(f"active: {active} of {eligible} eligible; count only those eligible")


def refuse_repeats(name: str, keys: Iterable[object]) -> None:
    """Raise ValueError where a key comes twice; of two figures the newest counts."""
    seen: set[object] = set()
    for key in keys:
        if key in seen:
            raise ValueError(f"{name}: {key} comes twice; keep the newest figure")
        seen.add(key)
