"""Who takes up which office."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django import forms
from django.core.validators import MaxValueValidator

from people.choices import Holding, Office
from people.forms.fields import LONGEST

LONGEST_REASON = 2000
READ = "The second person reads it."
LATEST = date(2199, 12, 31)


class AppointmentForm(forms.Form):
    """Who takes up which office, and until when."""

    office = forms.ChoiceField(choices=Office.choices)
    user = forms.ChoiceField(
        label="Person", error_messages={"required": "Choose who takes up the office."}
    )
    title = forms.CharField(
        label="Title as it is printed",
        max_length=LONGEST,
        help_text="In the company's own words, such as Chief People Officer.",
        error_messages={"required": "Write the title that is printed beside the name."},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    capacity = forms.ChoiceField(
        label="How it is held",
        choices=Holding.choices,
        required=False,
        initial=Holding.SEAT,
        help_text="Acting and counter-signing are of the two keys, and the sponsor proposes them.",
    )
    ends_on = forms.DateField(
        label="Last day in office",
        required=False,
        help_text="Leave it empty while there is no end. An auditor comes for a year at most,"
        " and signs in no longer than that; an acting holder stays for ninety days at most.",
        validators=[MaxValueValidator(LATEST, "Leave it empty while there is no end.")],
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    reason = forms.CharField(
        label="Why",
        required=False,
        max_length=LONGEST_REASON,
        help_text=f"{READ} The first holder of an office needs none.",
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def __init__(
        self,
        *args: object,
        people: Iterable[tuple[int, str]],
        is_proposal: bool = False,
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django's form
        self.fields["user"].choices = [("", "Choose"), *people]  # type: ignore[attr-defined]
        if is_proposal:
            reason = self.fields["reason"]
            reason.required, reason.help_text = True, READ
            reason.error_messages["required"] = "Say why: the second person reads it."


class EndingForm(forms.Form):
    """Why somebody who stays holds an office no longer."""

    reason = forms.CharField(
        label="Why",
        required=False,
        max_length=LONGEST_REASON,
        help_text=READ,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


def end_of(day: date | None, zone: str) -> datetime | None:
    """Return the first moment after that day, in the zone of whoever typed it."""
    if day is None:
        return None
    following = date.fromordinal(day.toordinal() + 1)
    return datetime.combine(following, time(), ZoneInfo(zone)).astimezone(UTC)
