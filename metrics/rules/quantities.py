"""What no source can have measured: refused by name, so that a wrong file is found at once.

What is merely unknown never comes here: it is None, and never 0.
"""

from math import isfinite


def check_at_least(least: float, /, **fields: float) -> None:
    """Raise ValueError for the first field that is no finite number of `least` or more."""
    for field, value in fields.items():
        if not isfinite(value) or value < least:
            raise ValueError(f"{field}: {value} cannot be; give a number of {least} or more")


def check_between(least: float, most: float, /, **fields: float) -> None:
    """Raise ValueError for the first field that is no number from `least` to `most`."""
    for field, value in fields.items():
        if not least <= value <= most:
            raise ValueError(f"{field}: {value} cannot be; give a number from {least} to {most}")


def check_finite(**fields: float) -> None:
    """Raise ValueError for the first field that is no finite number."""
    for field, value in fields.items():
        if not isfinite(value):
            raise ValueError(f"{field}: {value} cannot be; give a finite number")


def check_part(field: str, part: float, *, of: str, whole: float) -> None:
    """Raise ValueError where a part is negative or above its whole."""
    check_at_least(0, **{field: part, of: whole})
    if part > whole:
        raise ValueError(f"{field}: {part} is above {of}, {whole}; count both over the same rows")
