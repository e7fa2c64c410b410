"""Whose installation this is, and who sets up the rest."""

from django import forms
from django.utils.dates import MONTHS

from kernel.calendars import JANUARY, MONDAY_TO_FRIDAY, WEEKDAYS, Calendar
from people.forms.fields import LONGEST, zone_field
from people.forms.identity import NewPasswordForm


class FoundingForm(NewPasswordForm):
    """Whose installation this is, and who sets up the rest."""

    code = forms.CharField(
        label="Founding code",
        max_length=100,
        help_text="It stands in the terminal or log of the server that was just started.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    organisation = forms.CharField(
        label="Name of the organisation",
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "organization"}),
    )
    zone = zone_field("Where most people work. Everybody may choose their own.")
    currency = forms.CharField(
        max_length=3,
        help_text="Three letters, such as EUR.",
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "class": "code-in"}),
    )
    working_days = forms.MultipleChoiceField(
        label="Working days",
        choices=[*WEEKDAYS.items()],
        initial=[*MONDAY_TO_FRIDAY],
        help_text="Deadlines that count working days go by these.",
        widget=forms.CheckboxSelectMultiple,
    )
    fiscal_month = forms.TypedChoiceField(
        label="The fiscal year begins in",
        choices=[*MONTHS.items()],
        coerce=int,
        initial=JANUARY,
        help_text="Quarters are counted from there.",
    )
    name = forms.CharField(
        label="Your name",
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "name"}),
    )
    title = forms.CharField(
        label="Your title",
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "organization-title"}),
    )
    email = forms.EmailField(
        label="Your work e-mail",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    field_order = (
        *("code", "organisation", "zone", "currency", "working_days", "fiscal_month"),
        *("name", "title", "email", "password"),
    )

    @property
    def calendar(self) -> Calendar:
        """What was chosen of weeks and years."""
        return Calendar(
            working_days="".join(sorted(self.cleaned_data["working_days"])),
            fiscal_month=self.cleaned_data["fiscal_month"],
        )

    def clean_currency(self) -> str:
        typed: str = self.cleaned_data["currency"]
        return typed.upper()
