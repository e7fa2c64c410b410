"""The figures as Markdown: each with its goal, and whether it is met."""

from collections.abc import Sequence

MET, SHORT, NONE = "met", "**short**", "-"


def section(title: str, words: str, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table under a title, as soon as its figures are there."""
    print(f"\n## {title}\n\n{words}\n")
    print(f"| {' | '.join(heads)} |")
    print(f"|{'|'.join(['---', *['---:'] * (len(heads) - 2), '---'])}|")
    for row in rows:
        print(f"| {' | '.join(map(shown, row))} |", flush=True)


def shown(value: object) -> str:
    """Return a figure with as many digits as it deserves."""
    if isinstance(value, float):
        return f"{value:.2f}" if value < 100 else f"{value:.0f}"
    return str(value)


def at_most(figure: float, goal: float | None) -> str:
    """Judge a figure that should be small."""
    return NONE if goal is None else MET if figure <= goal else SHORT


def at_least(figure: float, goal: float) -> str:
    """Judge a figure that should be large."""
    return MET if figure >= goal else SHORT
