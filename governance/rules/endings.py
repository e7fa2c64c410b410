"""Not to use AI is an answer too: which signed content ends an initiative at its gate."""

from collections.abc import Mapping
from typing import Any

from playbook.shapes import Gate


def chosen_in(content: Mapping[str, Any], slot: str, field: str) -> str:
    """Return what frozen content says in a field that stands in the clear; "" where nothing."""
    for one in content["slots"]:
        if one["slot"] == slot:
            return str(one["open"].get(field, ""))
    return ""


def ends_here(gate: Gate, content: Mapping[str, Any]) -> bool:
    """Tell whether whoever signs this content at this gate signs not to use AI."""
    ending = gate.ending
    return ending is not None and chosen_in(content, ending.slot, ending.field) in ending.answers
