"""Filters of the record. What cannot be read is left out, never an error."""

from django import forms

from governance.queries.journal_page import JournalFilters, kinds
from governance.queries.record import OUTCOMES, DecisionFilters
from initiatives.rules.codes import parse_code


class _FilterForm(forms.Form):
    """Fields shared by both lists."""

    use_required_attribute = False

    initiative = forms.CharField(
        label="Initiative",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"placeholder": "AI-007"}),
    )

    def clean_initiative(self) -> int | None:
        typed = self.cleaned_data["initiative"].strip()
        if not typed:
            return None
        number = parse_code(typed) or (int(typed) if typed.isascii() and typed.isdigit() else None)
        if number is None or number > 2**31 - 1:
            raise forms.ValidationError("Write the code, such as AI-007.")
        return number


class DecisionFilterForm(_FilterForm):
    """Which decisions to show."""

    outcome = forms.ChoiceField(
        label="Outcome",
        required=False,
        choices=[("", "Any"), *((state.value, state.label) for state in OUTCOMES)],
    )
    q = forms.CharField(label="Words", required=False, max_length=200)

    @property
    def filters(self) -> DecisionFilters:
        data = self.cleaned_data
        return DecisionFilters(
            number=data.get("initiative"),
            outcome=data.get("outcome", ""),
            text=data.get("q", ""),
        )


class JournalFilterForm(_FilterForm):
    """Which entries to show."""

    kind = forms.ChoiceField(label="What", required=False)
    person = forms.CharField(label="Who", required=False, max_length=200)
    since = forms.DateField(
        label="From", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label="To", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # passed on as they came
        self.fields["kind"].choices = [("", "Anything"), *kinds()]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def filters(self) -> JournalFilters:
        data = self.cleaned_data
        return JournalFilters(
            kind=data.get("kind", ""),
            number=data.get("initiative"),
            person=data.get("person", ""),
            since=data.get("since"),
            until=data.get("until"),
        )
