"""Who signs in one's place, on which days, and how far."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms

from governance.forms.gates import RefusableForm
from governance.forms.texts import TextField, area
from governance.rules.delegations import USUAL_DAYS, Scope
from governance.rules.refusing import MOST_TEXT
from governance.rules.rounds import GATES, RESUME
from initiatives.choices import RiskTier

GATE_CHOICES = [*((key, f"Gate {key}") for key in GATES), (RESUME, "The way out of a pause")]


class DelegationForm(RefusableForm):
    """Ask somebody to sign: who, when, how far, why."""

    to = forms.TypedChoiceField(label="Who signs for you", coerce=int)
    first = forms.DateField(label="First day", widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(
        label="Last day",
        help_text="Ninety days at most.",
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    reason = TextField(
        label="Why",
        help_text="The person asked and the offices read it.",
        max_length=MOST_TEXT,
        widget=area(2),
    )
    gates = forms.MultipleChoiceField(
        label="Only these gates",
        choices=GATE_CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None ticked means every gate.",
    )
    risks = forms.MultipleChoiceField(
        label="Only initiatives of this risk",
        choices=RiskTier.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None ticked means every risk.",
    )
    initiatives = forms.TypedMultipleChoiceField(
        label="Only these initiatives",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None ticked means every initiative.",
    )

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401  # Django's signature
        *,
        people: Iterable[tuple[int, str]],
        initiatives: Iterable[tuple[int, str]],
        today: date,
    ) -> None:
        last = today + timedelta(days=USUAL_DAYS - 1)
        super().__init__(data, initial={"first": today, "last": last})
        self.fields["to"].choices = [("", "Choose"), *people]  # type: ignore[attr-defined]
        self.fields["initiatives"].choices = [*initiatives]  # type: ignore[attr-defined]

    @property
    def scope(self) -> Scope:
        """Return how far it is to reach."""
        data = self.cleaned_data
        return Scope(
            gates=frozenset(data["gates"]),
            initiatives=frozenset(data["initiatives"]),
            risks=frozenset(data["risks"]),
        )


class AnswerForm(RefusableForm):
    """Yes or no to signing in somebody's place."""

    answer = forms.ChoiceField(choices=[("yes", "I take it on"), ("no", "No, not I")])


class RevokeForm(RefusableForm):
    """Why it ends before its day."""

    reason = TextField(label="Why", max_length=MOST_TEXT, widget=area(2))


class SubstituteForm(RefusableForm):
    """Who signs one round in the place of whoever stepped back from it."""

    to = forms.TypedChoiceField(label="Who signs instead", coerce=int)
    last = forms.DateField(
        label="Last day",
        help_text="From today on, ninety days at most, for this round alone.",
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    reason = TextField(
        label="Why this person",
        help_text="The person asked and the offices read it.",
        max_length=MOST_TEXT,
        widget=area(2),
    )

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401  # Django's signature
        *,
        people: Iterable[tuple[int, str]],
        today: date,
    ) -> None:
        last = today + timedelta(days=USUAL_DAYS - 1)
        super().__init__(data, initial={"last": last})
        self.fields["to"].choices = [("", "Choose"), *people]  # type: ignore[attr-defined]

    @property
    def wish(self) -> dict[str, Any]:
        """Return until when and why, as asked for."""
        return {name: self.cleaned_data[name] for name in ("last", "reason")}
