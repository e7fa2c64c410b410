"""Which logged decisions to show, and why a log is taken back."""

from django import forms

from initiatives.choices import AIShare
from initiatives.queries.decision_logs import DecisionFilters


class DecisionFilterForm(forms.Form):
    """Filters. What cannot be read is left out, never an error."""

    use_required_attribute = False

    share = forms.ChoiceField(
        label="The AI's part", required=False, choices=[("", "Any"), *AIShare.choices]
    )
    overridden = forms.ChoiceField(
        label="Overridden by a person",
        required=False,
        choices=[("", "Any"), ("yes", "Yes"), ("no", "No"), ("unknown", "Not known")],
    )
    which = forms.ChoiceField(
        label="Which logs",
        required=False,
        choices=[("", "Those that count"), ("withdrawn", "Those taken back")],
    )

    @property
    def filters(self) -> DecisionFilters:
        """What was chosen; nothing of what is none of the choices."""
        self.is_valid()
        chosen = self.cleaned_data
        return DecisionFilters(
            share=chosen.get("share", ""),
            overridden=chosen.get("overridden", ""),
            is_withdrawn=chosen.get("which", "") == "withdrawn",
        )


class LogWithdrawalForm(forms.Form):
    """Why a log is taken back."""

    reason = forms.CharField(
        label="Why do you take it back?",
        help_text="Its lines stay readable in the record, marked, and count no longer.",
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 3}),
    )
