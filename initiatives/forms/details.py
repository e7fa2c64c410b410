"""Operating model, the five risk questions, planned month, budget ask."""

from typing import Any

from django import forms

from initiatives.queries.initiatives import details_of
from initiatives.queries.rows import Initiative
from initiatives.rules.details import Details
from playbook.playbooks import Playbook

ANSWERS = (("yes", "Yes"), ("no", "No"))


class DetailsForm(forms.Form):
    """All of the details at once; the questions come from the playbook."""

    operating_model = forms.ChoiceField(
        label="How you work together",
        help_text="Chosen by gate 2. After that it changes at a gate only.",
        widget=forms.RadioSelect,
        required=False,
    )
    planned_month = forms.DateField(
        label="Planned launch",
        help_text="The month you plan with, such as 2027-03. The date itself is agreed at gate 3.",
        required=False,
        input_formats=["%Y-%m", "%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
    )
    budget_ask = forms.DecimalField(
        label="What you ask for", required=False, max_digits=14, decimal_places=2
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, data: object = None, *, playbook: Playbook, initiative: Initiative) -> None:
        self.questions = playbook.risk_questions
        super().__init__(data, initial=_said(initiative))  # type: ignore[arg-type]  # a view's POST
        models = [(one.key, one.name) for one in playbook.operating_models]
        self.fields["operating_model"].choices = [("", "Not chosen yet"), *models]  # type: ignore[attr-defined]
        self.fields["budget_ask"].widget = forms.TextInput(attrs={"inputmode": "decimal"})
        for question in self.questions:
            self.fields[question.key] = forms.ChoiceField(
                label=question.text,
                help_text=question.help,
                choices=ANSWERS,
                widget=forms.RadioSelect,
                required=False,
            )

    def clean(self) -> dict[str, Any] | None:
        given = super().clean()
        answered = [one.key for one in self.questions if self.cleaned_data.get(one.key)]
        if answered and len(answered) < len(self.questions):
            for one in self.questions:
                if one.key not in answered and one.key not in self.errors:
                    self.add_error(one.key, "Answer all five, or none for now.")
        return given

    def details(self) -> Details:
        """Return what is wanted, in the words of the operation."""
        given = self.cleaned_data
        answers = {one.key: given[one.key] == "yes" for one in self.questions if given[one.key]}
        return Details(
            operating_model=given["operating_model"],
            risk=answers or None,
            planned_month=given["planned_month"],
            budget_ask=given["budget_ask"],
        )


def _said(initiative: Initiative) -> dict[str, object]:
    now_there = details_of(initiative)
    risk = {key: "yes" if answer else "no" for key, answer in (now_there.risk or {}).items()}
    return {
        "operating_model": now_there.operating_model,
        "planned_month": now_there.planned_month,
        "budget_ask": now_there.budget_ask,
        "version": initiative.version,
        **risk,
    }
