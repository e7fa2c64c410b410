"""When a person works: public holidays, absences, and the days of the organisation."""

from django import forms

from governance.forms.gates import RefusableForm
from governance.queries.holidays import countries
from governance.rules.absences import LONGEST_NAME


def _day(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label, help_text=help_text, widget=forms.DateInput(attrs={"type": "date"})
    )


def _countries() -> list[tuple[str, str]]:
    return [("", "No public holidays"), *countries().items()]


class HolidaysForm(RefusableForm):
    """Which public holidays one has."""

    country = forms.ChoiceField(
        label="Public holidays of",
        choices=_countries,
        required=False,
        help_text="On these days nobody waits for you.",
    )
    region = forms.CharField(
        label="Region",
        required=False,
        max_length=30,
        help_text="Its code, where holidays differ within the country: BY for Bavaria.",
        widget=forms.TextInput(attrs={"class": "code-in", "autocomplete": "off"}),
    )


class AbsenceForm(RefusableForm):
    """From when to when one is away."""

    starts_on = _day("First day away")
    ends_on = _day("Last day away")


class OwnDayForm(RefusableForm):
    """A day that the organisation keeps for itself."""

    day = _day("Day")
    name = forms.CharField(
        label="What day it is",
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    is_worked = forms.TypedChoiceField(
        label="On this day",
        choices=[("no", "Nobody works"), ("yes", "Everybody works, though it is a holiday")],
        coerce=lambda said: said == "yes",
        initial="no",
        widget=forms.RadioSelect,
    )
