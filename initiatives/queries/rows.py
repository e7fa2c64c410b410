"""The rows that queries hand out, by name: pages pass them on and never ask the database."""

from initiatives.models import (
    Capture,
    Evidence,
    Import,
    ImportedRow,
    Initiative,
    Membership,
    Question,
)

__all__ = ["Capture", "Evidence", "Import", "ImportedRow", "Initiative", "Membership", "Question"]
