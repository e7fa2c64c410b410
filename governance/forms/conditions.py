"""The fields of a condition, and of one point of a wish for changes."""

from django import forms

from governance.choices import ConditionKind, OnBreach
from governance.forms.texts import TextField, area
from governance.rules.refusing import MOST_TEXT

PARTS = ("text", "evidence", "owner", "due_on", "kind", "on_breach")


def condition_fields(place: int, people: list[tuple[str, str]]) -> dict[str, forms.Field]:
    prefix = f"conditions-{place}-"
    return {
        f"{prefix}text": TextField(
            label="What must be done", required=False, max_length=2_000, widget=area(2)
        ),
        f"{prefix}evidence": TextField(label="What will show it", required=False, max_length=2_000),
        f"{prefix}owner": forms.ChoiceField(label="By whom", required=False, choices=people),
        f"{prefix}due_on": forms.DateField(
            label="By when", required=False, widget=forms.DateInput(attrs={"type": "date"})
        ),
        f"{prefix}kind": forms.ChoiceField(
            label="How much it holds up",
            required=False,
            choices=ConditionKind.choices,
            initial=ConditionKind.DATED,
        ),
        f"{prefix}on_breach": forms.ChoiceField(
            label="If it is late",
            required=False,
            choices=OnBreach.choices,
            initial=OnBreach.NOTIFY,
        ),
    }


def point_fields(place: int, points: list[tuple[str, str]]) -> dict[str, forms.Field]:
    return {
        f"point-{place}": forms.ChoiceField(label="Point", required=False, choices=points),
        f"wish-{place}": TextField(
            label="What would satisfy you", required=False, max_length=MOST_TEXT, widget=area(3)
        ),
    }
