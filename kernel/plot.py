"""The geometry of the two-voice plot: a half-disc a side, a line between them, and their label.

Positions are per cent of the drawing, so that it fits any window; labels are laid out for the
usual width, and a name that would lie over another one gives way to its number.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LOW, HIGH = 1.0, 5.0
MARGIN, SPAN = 6.0, 88.0
# The usual size of the drawing in pixels, and what a letter and a line of a label take there.
WIDTH, HEIGHT = 690, 440
LETTER, LINE, GAP, RADIUS = 7.4, 20, 15, 10
LONGEST = 24
MEETING = 1.2

Point = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, kw_only=True)
class Idea:
    """What is drawn: where each side sees it (feasible, needed), from 1 to 5."""

    number: int
    name: str
    url: str
    said: str
    technology: Point
    people: Point


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """One idea with its places on the drawing, in per cent from the upper left corner."""

    idea: Idea
    technology: Point
    people: Point
    label: str
    anchor: str

    @property
    def meets(self) -> bool:
        """Whether the halves stand at one place, so that they close to a disc."""
        (tx, ty), (px, py) = self.technology, self.people
        return abs(tx - px) < MEETING and abs(ty - py) < MEETING

    @property
    def label_at(self) -> Point:
        """The half that the label stands beside: the outer one on its side."""
        both = sorted((self.technology, self.people))
        return both[1] if self.anchor == "start" else both[0]


def place(value: float) -> float:
    """Return how far along an axis a score lies, in per cent."""
    return MARGIN + (value - LOW) / (HIGH - LOW) * SPAN


def drawn(ideas: Iterable[Idea]) -> list[Drawn]:
    """Lay out all ideas; the first ones get their names first."""
    placed = [(one, _point(one.technology), _point(one.people)) for one in ideas]
    taken = [_disc(point) for _, *points in placed for point in points]
    found = []
    for idea, technology, people in placed:
        both = sorted((technology, people))
        own = [_disc(point) for point in both]
        others = [box for box in taken if box not in own]
        label, anchor, box = next(
            one for one in _candidates(idea, both) if not one[0] or _is_free(one[2], others)
        )
        taken.append(box)
        found.append(
            Drawn(idea=idea, technology=technology, people=people, label=label, anchor=anchor)
        )
    return found


def _point(scores: Point) -> Point:
    return place(scores[0]), 100 - place(scores[1])


def _candidates(idea: Idea, both: list[Point]) -> Iterator[tuple[str, str, Box]]:
    """Yield labels from the best: the name to the right or left, then the number alone."""
    name = f"{idea.number} {_short(idea.name)}"
    for anchor, (x, y) in (("start", both[1]), ("end", both[0])):
        yield name, anchor, _box(x, y, anchor, len(name))
    yield "", "start", _box(*both[1], "start", len(str(idea.number)))


def _short(name: str) -> str:
    """Return a name that a label has room for, cut after a whole word where there is one."""
    if len(name) <= LONGEST:
        return name
    words = name[:LONGEST].rsplit(" ", 1)[0]
    return f"{words.rstrip(' ,')}…"


def _box(x: float, y: float, anchor: str, letters: int) -> Box:
    across, down, width = x / 100 * WIDTH, y / 100 * HEIGHT, letters * LETTER
    left = across + GAP if anchor == "start" else across - GAP - width
    return left, down - LINE / 2, left + width, down + LINE / 2


def _disc(point: Point) -> Box:
    x, y = point[0] / 100 * WIDTH, point[1] / 100 * HEIGHT
    return x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS


def _is_free(box: Box, taken: Iterable[Box]) -> bool:
    left, top, right, bottom = box
    if left < 0 or right > WIDTH:
        return False
    return not any(left < r and lft < right and top < b and t < bottom for lft, t, r, b in taken)
