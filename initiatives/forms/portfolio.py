"""What the table is narrowed to, as its address says it."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django import forms

from initiatives.choices import Stage, Standing
from initiatives.queries.tables import USUAL_SORT
from people.choices import Side

LONGEST = 200
WAITING = (
    ("", "Anyone or no one"),
    ("any", "A signature"),
    ("technology", "Technology to sign"),
    ("people", "People to sign"),
    ("none", "No one"),
)
LEADS = (
    ("", "Led or not"),
    *((side.value, f"No lead for {side.label}") for side in Side),
)


class TableForm(forms.Form):
    """Every filter may be left out; one that means nothing counts as left out."""

    stage = forms.TypedChoiceField(
        choices=[("", "Any stage"), *Stage.choices], coerce=int, empty_value=None, required=False
    )
    standing = forms.ChoiceField(
        choices=[("", "Any standing"), *Standing.choices], label="Standing", required=False
    )
    waiting = forms.ChoiceField(choices=WAITING, label="Waiting for", required=False)
    side = forms.ChoiceField(choices=LEADS, label="Lead", required=False)
    unit = forms.ChoiceField(label="Unit", required=False)
    text = forms.CharField(
        label="Name, code or lead",
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "type": "search"}),
    )

    def __init__(self, data: object, *, units: Iterable[str]) -> None:
        super().__init__(data, auto_id="filter_%s")  # type: ignore[arg-type]  # a view's GET
        choices = [("", "Any unit"), *((name, name) for name in units)]
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def chosen(self) -> dict[str, str | int]:
        """Return the filters that are set and mean something."""
        self.is_valid()
        return {key: value for key, value in self.cleaned_data.items() if value}


def address(filters: dict[str, str | int], *, sort: str = USUAL_SORT, **place: str) -> str:
    """Return the address of a table that anyone may share."""
    query: dict[str, str | int] = {"view": "table", **filters}
    if sort != USUAL_SORT:
        query["sort"] = sort
    return "?" + urlencode(query | place)
