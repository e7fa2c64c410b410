"""Who takes on each line that a leaver leaves open."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

END = "end"


class HandoverForm(forms.Form):
    """One choice a line, named by the line's key."""

    use_required_attribute = False

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401  # a view's POST
        *,
        lines: Iterable[Any],
        people: Sequence[tuple[int, str]],
    ) -> None:
        super().__init__(data)
        for line in lines:
            end = [(END, "Nobody: it ends")] if line.may_end else []
            self.fields[line.key] = forms.ChoiceField(
                label=f"{line.what}: {line.code} {line.where}",
                required=False,
                choices=[("", "Later"), *end, *people],
            )

    def said(self) -> dict[str, str]:
        """Return the lines that something was said about."""
        return {key: value for key, value in self.cleaned_data.items() if value}
