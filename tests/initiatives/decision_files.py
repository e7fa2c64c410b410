"""Logs of decisions as files: log() is one that comes in, log(("…", …)) one with these lines."""

from initiatives.rules.decision_lines import Column
from kernel.sheets.writing import csv_line

HEADER = tuple(Column)
LINES = (
    ("2026-11-03 14:05", "Shift lead, depot 4", "CASE-1", "Rota kept", "advised", "no", ""),
    ("2026-11-03", "Claims desk", "CASE-2", "Claim paid", "confirmed", "yes", "Receipt was there"),
    ("2026-11-04", "Head of claims", "CASE-3", "Claim passed on", "alone", "", ""),
)


def line(**changes: str) -> tuple[str, ...]:
    """Return the first line with some of its cells changed: line(when="yesterday")."""
    return tuple(changes.get(name, cell) for name, cell in zip(HEADER, LINES[0], strict=True))


def log(*lines: tuple[str, ...]) -> bytes:
    """Return a file with these lines."""
    return "".join(csv_line(cells) for cells in (HEADER, *(lines or LINES))).encode()
