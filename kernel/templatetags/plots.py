"""The tag that draws the two-voice plot. Nothing is styled inline, so the strict CSP holds."""

from collections.abc import Iterable

from django.template import Library
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from kernel.plot import Drawn, Idea, Point, drawn, place

register = Library()

LEFT_HALF = "M0 -9 A9 9 0 0 0 0 9Z"
RIGHT_HALF = "M0 -9 A9 9 0 0 1 0 9Z"
MIDDLE = 3.0
BESIDE = 15


@register.simple_tag
def plot(ideas: Iterable[Idea], *, title: str, description: str) -> SafeString:
    """Draw each idea as two half-discs, left what Technology sees, right what People see.

    Every idea is one link with a sentence for whoever does not see it; a table with the same
    numbers stands beside the plot.
    """
    middle = f"{place(MIDDLE):.1f}%"
    return format_html(
        '<svg class="plot" width="100%" height="440" role="group" aria-labelledby="plot-title"'
        ' aria-describedby="plot-desc"><title id="plot-title">{0}</title>'
        '<desc id="plot-desc">{1}</desc>'
        '<line class="g-line" x1="{2}" x2="{2}" y1="2%" y2="98%"/>'
        '<line class="g-line" x1="1%" x2="99%" y1="{2}" y2="{2}"/>{3}</svg>',
        title,
        description,
        middle,
        format_html_join("", "{}", ((_mark(one),) for one in drawn(ideas))),
    )


def _mark(one: Drawn) -> SafeString:
    apart = 0.7 if one.meets else 0
    return format_html(
        '<a class="p-mark" href="{}" aria-label="{}"><title>{}</title>{}{}{}{}</a>',
        one.idea.url,
        one.idea.said,
        one.idea.name,
        _line(one),
        _half(one.technology, "tech", LEFT_HALF, -apart),
        _half(one.people, "people", RIGHT_HALF, apart),
        _label(one),
    )


def _line(one: Drawn) -> SafeString | str:
    if one.meets:
        return ""
    (tx, ty), (px, py) = one.technology, one.people
    return format_html(
        '<line class="p-gap" x1="{}%" y1="{}%" x2="{}%" y2="{}%"/>',
        *(f"{value:.1f}" for value in (tx, ty, px, py)),
    )


def _half(point: Point, side: str, shape: str, apart: float) -> SafeString:
    return format_html(
        '<svg class="p-half" x="{}%" y="{}%"><circle class="p-hit" r="13"/>'
        '<path class="{}" d="{}"{}/></svg>',
        f"{point[0]:.1f}",
        f"{point[1]:.1f}",
        side,
        shape,
        format_html(' transform="translate({} 0)"', apart) if apart else "",
    )


def _label(one: Drawn) -> SafeString:
    """Draw the name where it has room, and the number for narrow windows and for crowds."""
    x, y = one.label_at
    beside = BESIDE if one.anchor == "start" else -BESIDE
    number = format_html(
        '<text class="p-code{}" x="{}" y="5" text-anchor="{}">{}</text>',
        "" if one.label else mark_safe(" is-alone"),
        beside,
        one.anchor,
        one.idea.number,
    )
    name = format_html(
        '<text class="p-name" x="{}" y="5" text-anchor="{}">{}</text>',
        beside,
        one.anchor,
        one.label,
    )
    return format_html(
        '<svg class="p-half" x="{}%" y="{}%">{}{}</svg>',
        f"{x:.1f}",
        f"{y:.1f}",
        name if one.label else "",
        number,
    )
