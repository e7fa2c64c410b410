"""The geometry of the cut: one line drawn from a fingerprint, and the two halves it parts.

Two people sign one sheet, cut in two along a line that only this text can have. Pure functions
from hexadecimal digits to SVG path strings: the same digest gives the same cut, another digest
another one. The cut is a picture, never the proof: the server compares whole fingerprints.
"""

from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise

Point = tuple[float, float]  # across the cut, along the cut

# Hand-picked, for the brand and for drafts that have no fingerprint yet.
HOUSE_CUT = "c4a7b5d8"
FINGERPRINT_LENGTH = 64

# A small mark has fewer bends, a large one waves less: (smaller than, bends).
MARK_BENDS = ((30, 2), (100, 3), (10_000, 5))
LARGE_MARK = 64
RADIUS, CENTRE = 17.0, 24.0  # of the mark, in its 48 x 48 box
STRIP, LENGTH = 44, 1000  # the box of the long cut between two leaves
SEAM_BENDS = 6  # of the upright seam; a lying one is shorter and bends less
GAP = 12  # between two halves that are not both signed
OVERSHOOT = 6  # fills run past both ends, the sheet clips them to whole pixels


@dataclass(frozen=True)
class Line:
    """How a cut runs: its bends, the axis it waves around, how far, how long, from where."""

    bends: int
    axis: float
    reach: float
    length: float
    start: float = 0.0


@dataclass(frozen=True)
class Halves:
    """Two closed shapes along one cut, and the open line of each."""

    tech: str
    people: str
    tech_line: str
    people_line: str


def mark_halves(digest: str, size: int) -> Halves:
    """Part a disc along the cut into two halves that meet."""
    bends = next(bends for below, bends in MARK_BENDS if size < below)
    reach = 3.5 if size >= LARGE_MARK else 4.6
    line = Line(bends, CENTRE, reach, 2 * RADIUS, CENTRE - RADIUS)
    path = curve(points(digest, line))
    arc = f"A{RADIUS} {RADIUS} 0 0 {{}} {CENTRE} {CENTRE - RADIUS}Z"
    return Halves(f"{path} {arc.format(1)}", f"{path} {arc.format(0)}", path, path)


def seam_halves(
    tech: str, people: str, *, sealed: bool, across: bool, bends: int = SEAM_BENDS
) -> Halves:
    """Part the strip between two leaves. `across` lies down for narrow screens.

    Sealed halves touch. Halves of two different texts are cut along different lines, with a
    different number of bends, so that nobody takes them for a fit.
    """
    bends = max(4, bends - 2) if across else bends
    gap = 0 if sealed else GAP
    axis = STRIP / 2 - gap / 2
    other = bends if tech == people else bends + 2
    left = points(tech, Line(bends, axis, 10, LENGTH))
    right = points(people, Line(other, axis, 10, LENGTH))
    right = [(x + gap, y) for x, y in right]
    return Halves(
        _leaf(left, -OVERSHOOT, across=across),
        _leaf(right, STRIP + OVERSHOOT, across=across),
        curve(left, across=across),
        curve(right, across=across),
    )


def edge_halves(digest: str, *, across: bool) -> Halves:
    """Shape the two outer leaves of a page that stands in the cut."""
    line = Line(7, STRIP / 2, 11, LENGTH) if across else Line(9, STRIP / 2, 13, LENGTH)
    cut = points(digest, line)
    path = curve(cut, across=across)
    return Halves(
        _leaf(cut, -OVERSHOOT, across=across),
        _leaf(cut, STRIP + OVERSHOOT, across=across),
        path,
        path,
    )


def gate_line(digest: str, *, across: bool) -> str:
    """Draw one line, where a gate stands between two stages."""
    return curve(points(digest, Line(6, 12, 5, LENGTH)), across=across)


def points(digest: str, line: Line) -> list[Point]:
    """Place the points of a hand-cut line; every digit of the fingerprint counts.

    Sides alternate, so that the line always waves; one digit says how far, another nudges the
    point along the line. Both ends sit on the axis, so that the halves can be clipped.
    """
    digits = _digits(digest)
    step = line.length / (line.bends + 1)
    inner = []
    for bend in range(line.bends):
        far = digits[bend % len(digits)] / 15
        nudge = digits[(bend + 7) % len(digits)] / 15 - 0.5
        side = -1 if bend % 2 else 1
        across = line.axis + side * line.reach * (0.30 + 0.70 * far)
        inner.append((across, line.start + step * (bend + 1) + nudge * step * 0.42))
    return [(line.axis, line.start), *inner, (line.axis, line.start + line.length)]


def curve(cut: list[Point], *, across: bool = False) -> str:
    """Lay a smooth path through the points, with tangents along the cut."""

    def at(x: float, y: float) -> str:
        return f"{y:.1f} {x:.1f}" if across else f"{x:.1f} {y:.1f}"

    steps = [f"M{at(*cut[0])}"]
    for (x0, y0), (x1, y1) in pairwise(cut):
        half = (y1 - y0) / 2
        steps.append(f"C{at(x0, y0 + half)} {at(x1, y1 - half)} {at(x1, y1)}")
    return " ".join(steps)


def _digits(digest: str) -> list[int]:
    # A whole fingerprint is stirred once more, so that texts whose fingerprints share their
    # first digits are still cut along different lines.
    if len(digest) == FINGERPRINT_LENGTH:
        digest = sha256(digest.lower().encode()).hexdigest()
    return [int(digit, 16) for digit in digest]


def _leaf(cut: list[Point], far: int, *, across: bool) -> str:
    path = curve(cut, across=across)[1:]
    (first, _), (last, _) = cut[0], cut[-1]
    end = LENGTH + OVERSHOOT
    if across:
        return f"M-{OVERSHOOT} {first:.1f} L{path} L{end} {last:.1f} V{far} H-{OVERSHOOT}Z"
    return f"M{first:.1f} -{OVERSHOOT} L{path} L{last:.1f} {end} H{far} V-{OVERSHOOT}Z"
