"""Who one is: signing in, confirming it, a password, a second factor."""

from allauth.account.forms import LoginForm
from django import forms

from people.forms.fields import code_field, password_field

LONG_ENOUGH = "At least twelve characters; a few words do well."
NO_SCRIPT = (
    "No answer of your device came. Passkeys need JavaScript: let your browser run it for this"
    " page, then try again."
)


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth has no types
    """allauth's own, in our words."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label, password.help_text = "Work e-mail", "Password", ""
        login.widget = forms.EmailInput(attrs={"autocomplete": "username"})
        password.widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})

    def clean(self) -> dict[str, object] | None:
        try:
            cleaned: dict[str, object] | None = super().clean()
        except forms.ValidationError as error:
            raise forms.ValidationError(
                "E-mail and password do not fit. Check both, then try again."
            ) from error
        return cleaned


class ConfirmForm(forms.Form):
    """Confirm that it is you: by passkey where that is asked, else by password and the app's code.

    `assertion` is filled by `static/js/passkey.js` with what the device answered.
    """

    assertion = forms.CharField(required=False, widget=forms.HiddenInput)
    password = password_field("Your password", "current-password")
    code = code_field("Six-digit code from your app")

    def __init__(self, data: object = None, *, by_passkey: bool, has_app: bool) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a view's POST, or nothing
        if by_passkey:
            del self.fields["password"]
        else:
            del self.fields["assertion"]
        if by_passkey or not has_app:
            del self.fields["code"]

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if "assertion" in self.fields and not cleaned.get("assertion"):
            raise forms.ValidationError(NO_SCRIPT)
        return cleaned


class PasswordForm(forms.Form):
    """A new password in place of the old one, and whether somebody may know that."""

    new = password_field("New password", "new-password", LONG_ENOUGH)
    again = password_field("New password once more", "new-password")
    is_stolen = forms.BooleanField(
        label="Somebody else may know the old one",
        required=False,
        help_text="Then every signature of yours on a gate that is not decided yet is void.",
    )

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new"):
            raise forms.ValidationError("The two are different. Type the new password again.")
        return again


class FactorForm(forms.Form):
    """The code a new app shows."""

    code = code_field("Six-digit code your app shows now")


class NewPasswordForm(forms.Form):
    """A first password, typed twice: nobody else could tell its owner what was typed."""

    password = password_field("Password", "new-password", LONG_ENOUGH)
    again = password_field("Password once more", "new-password")

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password"):
            raise forms.ValidationError("The two are different. Type the password again.")
        return again
