"""The rows that queries hand out, by name: pages pass them on and never ask the database."""

from initiatives.models import Evidence, Initiative, Membership, Question

__all__ = ["Evidence", "Initiative", "Membership", "Question"]
