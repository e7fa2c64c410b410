"""Who one is: signing in, confirming it, a password, a second factor."""

from allauth.account.forms import LoginForm
from django import forms

from people.forms.fields import code_field, password_field

LONG_ENOUGH = "At least twelve characters; a few words do well."


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
    """Confirm that it is you, by password and, where there is one, by the app's code."""

    password = password_field("Your password", "current-password")
    code = code_field("Six-digit code from your app")

    def __init__(self, data: object = None, *, has_app: bool) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a view's POST, or nothing
        if not has_app:
            del self.fields["code"]


class PasswordForm(ConfirmForm):
    """A new password, confirmed by the old one."""

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
    """The code a new app shows, and the password of whoever adds it."""

    code = code_field("Six-digit code your app shows now")
    password = password_field("Your password", "current-password")


class NewPasswordForm(forms.Form):
    """A first password, typed twice: nobody else could tell its owner what was typed."""

    password = password_field("Password", "new-password", LONG_ENOUGH)
    again = password_field("Password once more", "new-password")

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password"):
            raise forms.ValidationError("The two are different. Type the password again.")
        return again
