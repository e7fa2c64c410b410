"""What the table is narrowed to, as its address says it."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django import forms

from initiatives.choices import Needs, RiskTier, Stage, Standing
from initiatives.queries.table_filters import TableFilters
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


ARCHIVED = "archived"
STANDINGS = (("", "Any standing"), *Standing.choices, (ARCHIVED, "Archived"))
MINE = "mine"
# What few need every day stands behind “More filters”.
MORE = ("risk", "needs", "tag", "whose")


class TableForm(forms.Form):
    """Every filter may be left out; one that means nothing counts as left out."""

    stage = forms.TypedChoiceField(
        choices=[("", "Any stage"), *Stage.choices], coerce=int, empty_value=None, required=False
    )
    standing = forms.ChoiceField(choices=STANDINGS, label="Standing", required=False)
    waiting = forms.ChoiceField(choices=WAITING, label="Waiting for", required=False)
    side = forms.ChoiceField(choices=LEADS, label="Lead", required=False)
    unit = forms.ChoiceField(label="Unit", required=False)
    text = forms.CharField(
        label="Name, code or lead",
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "type": "search"}),
    )

    risk = forms.ChoiceField(
        choices=[("", "Any risk"), *RiskTier.choices], label="Risk", required=False
    )
    needs = forms.ChoiceField(
        choices=[("", "Either"), *Needs.choices], label="Whose work", required=False
    )
    tag = forms.ChoiceField(label="Tag", required=False)
    whose = forms.ChoiceField(
        choices=[("", "Everyone's"), (MINE, "Mine")], label="Whose", required=False
    )

    def __init__(self, data: object, *, units: Iterable[str], tags: Iterable[str]) -> None:
        super().__init__(data, auto_id="filter_%s")  # type: ignore[arg-type]  # a view's GET
        for field, anything, names in (("unit", "Any unit", units), ("tag", "Any tag", tags)):
            choices = [("", anything), *((name, name) for name in names)]
            self.fields[field].choices = choices  # type: ignore[attr-defined]  # a choice field

    def first(self) -> list[forms.BoundField]:
        """Return the filters that stand in one line."""
        return [field for field in self if field.name not in MORE]

    def more(self) -> list[forms.BoundField]:
        """Return the filters behind “More filters”."""
        return [self[name] for name in MORE]

    @property
    def is_more(self) -> bool:
        """Whether one of the filters behind “More filters” is set."""
        return not self.chosen().keys().isdisjoint(MORE)

    def chosen(self) -> dict[str, str | int]:
        """Return the filters that are set and mean something."""
        self.is_valid()
        return {key: value for key, value in self.cleaned_data.items() if value}


def filters_of(chosen: dict[str, str | int]) -> TableFilters:
    """Return what is chosen as the table's filters, but for whom it waits: gates know that."""
    stage, standing = chosen.get("stage"), str(chosen.get("standing", ""))
    return TableFilters(
        stage=stage if isinstance(stage, int) else None,
        standing="" if standing == ARCHIVED else standing,
        is_archived=standing == ARCHIVED,
        unit=str(chosen.get("unit", "")),
        risk=str(chosen.get("risk", "")),
        tag=str(chosen.get("tag", "")),
        needs=str(chosen.get("needs", "")),
        is_mine=chosen.get("whose") == MINE,
        without_lead=str(chosen.get("side", "")),
        text=str(chosen.get("text", "")),
    )


def address(filters: dict[str, str | int], *, sort: str = USUAL_SORT, **place: str) -> str:
    """Return the address of a table that anyone may share."""
    query: dict[str, str | int] = {"view": "table", **filters}
    if sort != USUAL_SORT:
        query["sort"] = sort
    return "?" + urlencode(query | place)
