"""A passkey added or revoked: its name, the device's answers, and a proof of who asks."""

from django import forms

from people.forms.fields import code_field, password_field
from people.rules.passkeys import LONGEST_NAME

NO_SCRIPT = (
    "No answer of your device came. Passkeys need JavaScript: let your browser run it for this"
    " page, then try again."
)


class PasskeyProofForm(forms.Form):
    """Confirm that it is you: by a passkey where there is one, else by password and code.

    `assertion` is filled by `static/js/passkey.js` with what the device answered.
    """

    assertion = forms.CharField(required=False, widget=forms.HiddenInput)
    password = password_field("Your password", "current-password")
    code = code_field("Six-digit code from your app")

    def __init__(self, data: object = None, *, has_passkey: bool, has_app: bool) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a view's POST, or nothing
        if has_passkey:
            del self.fields["password"]
        else:
            del self.fields["assertion"]
        if has_passkey or not has_app:
            del self.fields["code"]

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if "assertion" in self.fields and not cleaned.get("assertion"):
            raise forms.ValidationError(NO_SCRIPT)
        return cleaned


class AddPasskeyForm(PasskeyProofForm):
    """A new passkey: `enrolment` is what the device made."""

    name = forms.CharField(
        label="What you call it",
        max_length=LONGEST_NAME,
        help_text="The device it lives on, such as “work laptop”.",
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    enrolment = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ("name", "password", "code")

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        if not cleaned.get("enrolment"):
            raise forms.ValidationError(NO_SCRIPT)
        return cleaned
