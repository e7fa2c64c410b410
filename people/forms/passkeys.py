"""A passkey added: its name, and what the device made."""

from django import forms

from people.forms.identity import NO_SCRIPT
from people.rules.passkeys import LONGEST_NAME


class AddPasskeyForm(forms.Form):
    """A new passkey: `enrolment` is what the device made."""

    name = forms.CharField(
        label="What you call it",
        max_length=LONGEST_NAME,
        help_text="The device it lives on, such as “work laptop”.",
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    enrolment = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if not cleaned.get("enrolment"):
            raise forms.ValidationError(NO_SCRIPT)
        return cleaned
