"""The points that need a person's word, asked among the rest of a half."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from governance.forms.gates import AttestForm
from governance.rules.lacking import LackingHalf
from playbook.shapes import Criterion

SAID = ("is_met", "note", "value")


@dataclass
class Asking:
    """One point, and the form for a word on it."""

    criterion: Criterion
    form: AttestForm

    @property
    def name(self) -> str:
        return _name(self.criterion)


def askings(
    criteria: Iterable[Criterion], lacks: LackingHalf, sent: Mapping[str, Any] | None
) -> list[Asking]:
    """Return the points that lack a word, and those that were answered meanwhile."""
    return [
        Asking(
            one,
            AttestForm(sent if _is_answered(one, sent) else None, criterion=one, prefix=_name(one)),
        )
        for one in criteria
        if one in lacks.points
        or (one.side == lacks.side and one.proof == "attested" and _is_answered(one, sent))
    ]


def _name(criterion: Criterion) -> str:
    return f"word-{criterion.key}"


def _is_answered(criterion: Criterion, sent: Mapping[str, Any] | None) -> bool:
    return any(str((sent or {}).get(f"{_name(criterion)}-{key}", "")).strip() for key in SAID)
