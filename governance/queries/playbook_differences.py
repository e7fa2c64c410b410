"""What a proposed playbook changes, place by place, against the edition in force."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from governance.queries.changes import standing_change
from playbook.editions import current

MOST = 200
NAMES = ("key", "code", "number")


@dataclass(frozen=True)
class Difference:
    """One place of the playbook, as it is and as it would be; "" where there is nothing."""

    place: str
    before: str
    after: str


def differences_of(change_id: int) -> list[Difference]:
    """Return what the proposed bytes change, in the order of their places, with a limit."""
    change = standing_change(change_id)
    before = dict(_leaves(json.loads(current().bytes)))
    after = dict(_leaves(json.loads(bytes(change.bytes or b"{}"))))
    places = [one for one in sorted({*before, *after}) if before.get(one) != after.get(one)]
    return [Difference(one, _said(before.get(one)), _said(after.get(one))) for one in places[:MOST]]


def _leaves(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401  # JSON
    """Yield every single value with its place; what has a key is named by it, not by a number."""
    if isinstance(value, dict):
        for key in value:
            yield from _leaves(value[key], f"{place}: {key}" if place else str(key))
    elif isinstance(value, list):
        for number, one in enumerate(value, 1):
            yield from _leaves(one, f"{place}: {_name(one, number)}")
    else:
        yield place, value


def _name(one: Any, number: int) -> str:  # noqa: ANN401  # JSON
    if isinstance(one, dict):
        return next((str(one[name]) for name in NAMES if name in one), str(number))
    return str(number)


def _said(value: Any) -> str:  # noqa: ANN401  # JSON
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
