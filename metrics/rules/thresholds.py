"""A threshold as the playbook writes it, for people to read: "<= 1.25 T", ">= 0", "<= 1.05 B".

T is the target and B the baseline; a plain number is in the unit of the metric.
"""

import math
import re
from dataclasses import dataclass

WRITTEN = re.compile(r"(<=|>=|<|>|=) *(?:(-?\d+(?:\.\d+)?)? *([TB])|(-?\d+(?:\.\d+)?))")
# Computed figures that differ by less than this part of themselves are the same figure.
SAME = 1e-9


class UnknownReferenceError(LookupError):
    """A threshold stands on a target or a baseline that nobody has given: which of them."""


@dataclass(frozen=True)
class Threshold:
    """A comparison: `sign`, a number, and whether that is a multiple of T or B."""

    sign: str
    number: float
    of: str = ""

    def is_met(self, value: float, *, target: float | None, baseline: float | None) -> bool:
        """Tell whether a value meets it; raise UnknownReferenceError where T or B is None."""
        limit = self.number * self._reference(target, baseline)
        is_same = math.isclose(value, limit, rel_tol=SAME, abs_tol=SAME)
        if is_same:
            return "=" in self.sign
        return (value < limit and "<" in self.sign) or (value > limit and ">" in self.sign)

    def _reference(self, target: float | None, baseline: float | None) -> float:
        given = {"": 1.0, "T": target, "B": baseline}[self.of]
        if given is None:
            raise UnknownReferenceError({"T": "target", "B": "baseline"}[self.of])
        return given


def read_threshold(text: str) -> Threshold:
    """Return the threshold that is written; raise ValueError where it is none."""
    match = WRITTEN.fullmatch(text.strip())
    if not match:
        raise ValueError(
            f"threshold: {text!r} cannot be; write a sign (<, <=, =, >=, >), then a number, "
            "T for the target, B for the baseline, or a multiple of them, as <= 1.25 T"
        )
    sign, factor, of, number = match.groups()
    return Threshold(sign, float(number or factor or 1), of or "")
