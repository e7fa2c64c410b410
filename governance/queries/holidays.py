"""Public holidays by country and region, from the `holidays` library; own days go before them."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

# The library is imported where it is asked: 0.4 s, once a process, and only where somebody has
# named a country.


@cache
def public_holidays(country: str, region: str, year: int) -> Mapping[date, str]:
    """Return the holidays of a year by name; none for a country or region that is not known."""
    from holidays import country_holidays  # noqa: PLC0415  # see above

    if country not in countries() or (region and region not in regions(country)):
        return {}
    return dict(country_holidays(country, subdiv=region or None, years=year, language="en_US"))


@cache
def countries() -> Mapping[str, str]:
    """Return the countries whose holidays are known, code to name."""
    from holidays.registry import COUNTRIES  # noqa: PLC0415  # see above

    known = {code: _spaced(name) for name, code, *_ in COUNTRIES.values()}
    return dict(sorted(known.items(), key=lambda one: one[1]))


@cache
def regions(country: str) -> tuple[str, ...]:
    """Return the codes of the regions of a known country that have holidays of their own."""
    from holidays import country_holidays  # noqa: PLC0415  # see above

    return tuple(country_holidays(country).subdivisions)


def _spaced(name: str) -> str:
    """Return UnitedStates as United States."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return re.sub(r" (And|Of|The|Da) ", lambda found: found[0].lower(), words)
