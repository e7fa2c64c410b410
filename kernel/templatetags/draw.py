"""Tags that draw: the co-sign mark, the cut between two leaves, icons. Colour comes from classes.

Positions are plain SVG attributes and nothing is styled inline, so the strict CSP holds.
"""

from collections.abc import Iterable
from functools import lru_cache

from django.template import Library
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from kernel.icons import ICONS
from kernel.seam import (
    HOUSE_CUT,
    LARGE_MARK,
    SEAM_BENDS,
    Halves,
    edge_halves,
    gate_line,
    mark_halves,
    seam_halves,
)

register = Library()

MARKS_KEPT = 2048
DONE = frozenset({"signed", "cond"})
DAY_MARKS = {
    "people": mark_safe('<path class="d-people" d="M0 -9 A9 9 0 0 1 0 9Z"/>'),
    "tech": mark_safe('<path class="d-tech" d="M0 -9 A9 9 0 0 0 0 9Z"/>'),
    "fact": mark_safe('<circle class="d-fact" r="5"/>'),
    "breach": mark_safe('<circle class="d-breach" r="5"/>'),
    "gate": mark_safe('<path class="d-gate" d="M0 -11V11"/>'),
}
STATES = DONE | {"open", "declined", "stale", "draft"}


@register.simple_tag
@lru_cache(maxsize=MARKS_KEPT, typed=True)  # the same arguments draw the same; safe text is typed
def mark(
    digest: str = "",
    *,
    tech: str = "open",
    people: str = "open",
    size: int = 24,
    label: str = "",
    klass: str = "",
) -> SafeString:
    """Draw the co-sign mark. Halves are open, signed, cond, declined or stale."""
    _check(tech, people)
    halves = mark_halves(digest or HOUSE_CUT, size)
    sealed = tech in DONE and people in DONE
    classes = ["mark", sealed and "is-sealed", size >= LARGE_MARK and "is-large", klass]
    ring = mark_safe('<circle class="m-ring" cx="24" cy="24" r="21.5"/>') if sealed else ""
    return format_html(
        '<svg class="{}" width="{}" height="{}" viewBox="0 0 48 48" {}>{}'
        '<path class="m-half m-tech is-{}" d="{}"/><path class="m-half m-people is-{}" d="{}"/>'
        "{}{}</svg>",
        " ".join(name for name in classes if name),
        size,
        size,
        _voiced(label),
        ring,
        tech,
        halves.tech,
        people,
        halves.people,
        _sign_on_half(tech, 13.5),
        _sign_on_half(people, 34.5),
    )


@register.simple_tag
def seam(
    digest: str = "",
    *,
    tech: str = "open",
    people: str = "open",
    people_digest: str = "",
    bends: int = SEAM_BENDS,
) -> SafeString:
    """Draw the cut between two leaves: upright for wide screens, lying for narrow ones.

    Low leaves want fewer bends (4), tall ones more (8).

    `people_digest` differs when one side signed another text: the halves do not fit.
    """
    _check(tech, people)
    left = digest or HOUSE_CUT
    right = people_digest or left
    sealed = tech in DONE and people in DONE and left == right
    shapes = [
        (
            "h" if across else "v",
            "0 0 1000 44" if across else "0 0 44 1000",
            seam_halves(left, right, sealed=sealed, across=across, bends=bends),
        )
        for across in (False, True)
    ]
    return format_html_join(
        "",
        '<svg class="seam seam-{}" viewBox="{}" preserveAspectRatio="none" aria-hidden="true">{}'
        "</svg>",
        ((way, box, _strip(halves, tech, people, sealed=sealed)) for way, box, halves in shapes),
    )


@register.simple_tag
def cut(digest: str = "") -> SafeString:
    """Draw one line, where a gate stands between two stages."""
    return format_html_join(
        "",
        '<svg class="cut cut-{}" viewBox="{}" preserveAspectRatio="none" aria-hidden="true">'
        '<path d="{}"/></svg>',
        (
            ("v", "0 0 24 1000", gate_line(digest or HOUSE_CUT, across=False)),
            ("h", "0 0 1000 24", gate_line(digest or HOUSE_CUT, across=True)),
        ),
    )


@register.simple_tag
def edges(digest: str = "") -> SafeString:
    """Draw the two outer leaves around a page that stands in the cut."""
    upright = edge_halves(digest or HOUSE_CUT, across=False)
    lying = edge_halves(digest or HOUSE_CUT, across=True)
    return format_html_join(
        "",
        '<div class="edge {0}" aria-hidden="true">'
        '<svg class="edge-v" viewBox="0 0 44 1000" preserveAspectRatio="none">'
        '<path class="seam-fill {0} is-signed" d="{1}"/></svg>'
        '<svg class="edge-h" viewBox="0 0 1000 44" preserveAspectRatio="none">'
        '<path class="seam-fill {0} is-signed" d="{2}"/></svg></div>',
        (("tech", upright.tech, lying.tech), ("people", upright.people, lying.people)),
    )


@register.simple_tag
def days(marks: Iterable[tuple[int, str]], label: str = "") -> SafeString:
    """Draw one line of days: (day, kind) marks, kind people, tech, fact, breach or gate.

    The line runs from day 0 to the last mark. Its numbers stand in words beside it.
    """
    placed = sorted(marks)
    last = max((day for day, _ in placed), default=0) or 1
    return format_html(
        '<svg class="days" width="100%" height="28" {}>'
        '<line class="d-axis" x1="0" x2="100%" y1="14" y2="14"/>{}</svg>',
        _voiced(label),
        format_html_join(
            "",
            '<svg class="d-mark" x="{}%" y="14">{}</svg>',
            ((f"{2 + 96 * max(day, 0) / last:.1f}", DAY_MARKS[kind]) for day, kind in placed),
        ),
    )


@register.simple_tag
def icon(name: str, size: int = 20) -> SafeString:
    """Draw one of our line icons. An unknown name is a mistake and fails."""
    return format_html(
        '<svg class="i" width="{}" height="{}" viewBox="0 0 20 20" fill="none"'
        ' stroke="currentColor" stroke-width="1.6" stroke-linejoin="round"'
        ' stroke-linecap="round" aria-hidden="true">{}</svg>',
        size,
        size,
        mark_safe(ICONS[name]),  # noqa: S308  our own drawings, no input
    )


def _strip(halves: Halves, tech: str, people: str, *, sealed: bool) -> SafeString:
    hair = format_html('<path class="seam-hair" d="{}"/>', halves.tech_line) if sealed else ""
    return format_html(
        '<path class="seam-fill tech is-{0}" d="{2}"/>'
        '<path class="seam-fill people is-{1}" d="{3}"/>'
        '<path class="seam-line tech is-{0}" d="{4}"/>'
        '<path class="seam-line people is-{1}" d="{5}"/>{6}',
        tech,
        people,
        halves.tech,
        halves.people,
        halves.tech_line,
        halves.people_line,
        hair,
    )


def _sign_on_half(state: str, x: float) -> SafeString | str:
    if state == "cond":
        return format_html('<circle class="m-note" cx="{}" cy="24" r="3.2"/>', x)
    if state == "declined":
        return format_html('<path class="m-bar" d="M{} 28 L{} 20"/>', x - 4, x + 4)
    return ""


def _voiced(label: str) -> SafeString:
    if label:
        return format_html('role="img" aria-label="{}"', label)
    return mark_safe('aria-hidden="true"')


def _check(*states: str) -> None:
    if unknown := set(states) - STATES:
        message = f"A half is one of {sorted(STATES)}, not {sorted(unknown)}."
        raise ValueError(message)
