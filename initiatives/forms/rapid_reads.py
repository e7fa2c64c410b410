"""A rapid read: beginning it, answering for a side, deciding and confirming."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from initiatives.choices import ReadOutcome
from people.choices import Side
from playbook.rapid_reads import ReadQuestion

LARGEST = 2**31 - 1
WIDE = {"dir": "auto"}


def _day(label: str, help_text: str, *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class ReadForm(forms.Form):
    """What somebody saw, for which side, and by when both decide."""

    name = forms.CharField(
        label="What is the capability?",
        help_text="A few words for the list: what it does, not who sells it.",
        widget=forms.TextInput(attrs=WIDE),
    )
    seen = forms.CharField(
        label="What is new, and where was it seen?",
        help_text="Two sentences.",
        widget=forms.Textarea(attrs={**WIDE, "rows": 3}),
    )
    decide_by = _day("Decide by", "A working day, thirty days from now at most.")
    side = forms.ChoiceField(
        label="For which side do you begin?", choices=Side.choices, widget=forms.RadioSelect
    )

    def __init__(
        self, data: object = None, *, side: Side | None, initial: Mapping[str, object]
    ) -> None:
        super().__init__(data, initial={"side": side, **initial})  # type: ignore[arg-type]  # a view's POST
        if side is not None:
            self.fields["side"].choices = [(side.value, side.label)]  # type: ignore[attr-defined]  # a choice field


class HalfForm(forms.Form):
    """The questions to one side, each with room for one to three sentences."""

    expected_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=LARGEST)

    def __init__(
        self,
        data: object = None,
        *,
        questions: Iterable[ReadQuestion],
        answers: Mapping[str, str],
        version: int,
    ) -> None:
        self.questions = tuple(questions)
        super().__init__(
            data,  # type: ignore[arg-type]  # a view's POST
            initial={**answers, "expected_version": version},
        )
        for one in self.questions:
            self.fields[one.key] = forms.CharField(
                label=one.label,
                help_text=one.help,
                required=False,
                widget=forms.Textarea(attrs={**WIDE, "rows": 3}),
            )

    def asked(self) -> list[forms.BoundField]:
        """Return the field of each question, in the order of the playbook."""
        return [self[one.key] for one in self.questions]

    def answers(self) -> dict[str, str]:
        """Return what was typed, as the operation takes it."""
        return {one.key: self.cleaned_data.get(one.key, "") for one in self.questions}


class DecisionForm(forms.Form):
    """What one would decide, why, and when to look again."""

    outcome = forms.ChoiceField(
        label="What would you decide?", choices=ReadOutcome.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label="Why, in one or two sentences",
        help_text="What you would try first, what you wait for, or why you leave it.",
        widget=forms.Textarea(attrs={**WIDE, "rows": 3}),
    )
    look_again_on = _day(
        "Look again on", "Only if you watch it: a working day within a year.", required=False
    )
    expected = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=LARGEST)

    def given(self) -> dict[str, Any]:
        """Return what the operation takes."""
        day: date | None = self.cleaned_data["look_again_on"]
        return {
            "outcome": ReadOutcome(self.cleaned_data["outcome"]),
            "words": self.cleaned_data["words"],
            "look_again_on": day,
            "expected": self.cleaned_data["expected"],
        }


class ConfirmForm(forms.Form):
    """What the page showed when somebody confirmed: the decision, and both halves."""

    decision = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    seen = forms.CharField(max_length=40)
