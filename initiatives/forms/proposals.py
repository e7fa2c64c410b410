"""The four-field start."""

from collections.abc import Iterable
from typing import Any

from django import forms

from people.choices import Side

WIDE = {"dir": "auto"}
# While one types, what is alike appears beside the form.
LIVE = {
    "hx-get": "",
    "hx-trigger": "keyup changed delay:400ms",
    "hx-target": "#duplicates",
    "hx-include": "[name=name], [name=problem], [name=side]:checked",
    "hx-sync": "closest form:replace",
}


class ProposalForm(forms.Form):
    """Name, problem, who is affected, which unit; and for which side, with whom."""

    name = forms.CharField(
        label="What shall we call it?",
        help_text="A few words for the list. No product names yet.",
        widget=forms.TextInput(attrs={**WIDE, **LIVE}),
    )
    problem = forms.CharField(
        label="What goes wrong today?",
        help_text="One sentence a customer or a colleague would say.",
        widget=forms.Textarea(attrs={**WIDE, **LIVE, "rows": 3}),
    )
    affected = forms.CharField(
        label="Who has this problem?",
        help_text="A team or a group, and about how many people.",
        widget=forms.TextInput(attrs=WIDE),
    )
    unit_name = forms.CharField(
        label="In which unit?",
        help_text="Choose one that is here, or type a new one.",
        widget=forms.TextInput(attrs={**WIDE, "list": "units", "autocomplete": "off"}),
    )
    side = forms.ChoiceField(
        label="Which side do you start for?", choices=Side.choices, widget=forms.RadioSelect
    )
    counterpart = forms.ChoiceField(
        label="Who is your counterpart?",
        help_text="One person who thinks it through for the other side, from today.",
        required=False,
    )
    reason = forms.CharField(
        label="Why is yours another problem?",
        help_text="It stays with the initiative.",
        required=False,
        widget=forms.Textarea(attrs={**WIDE, "rows": 2}),
    )

    def __init__(
        self, data: object = None, *, people: Iterable[tuple[int, str]], side: Side | None
    ) -> None:
        super().__init__(data, initial={"side": side})  # type: ignore[arg-type]  # a view's POST
        choices = [("", "Nobody yet"), *((str(pk), name) for pk, name in people)]
        self.fields["counterpart"].choices = choices  # type: ignore[attr-defined]  # a choice field
        if side is not None:
            self.fields["side"].choices = [(side.value, side.label)]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """Return what the operation takes, but for the counterpart."""
        return {key: value for key, value in self.cleaned_data.items() if key != "counterpart"}
