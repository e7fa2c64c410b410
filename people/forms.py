"""What people type about themselves and each other."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from allauth.account.forms import LoginForm
from django import forms
from django.core.validators import MaxValueValidator

from kernel.refusals import RefusedError
from people.choices import Office, Theme
from people.rules import known_zones

LONGEST = 200
LONG_ENOUGH = "At least twelve characters; a few words do well."
HANDED_OVER = "Give it to them yourself; they change it on their profile."
LATEST = date(2199, 12, 31)


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


def _password(label: str, autocomplete: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=1000,
        strip=False,
        help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


def _code(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "code-in"}
        ),
    )


class ConfirmForm(forms.Form):
    """Confirm that it is you, by password and, where there is one, by the app's code."""

    password = _password("Your password", "current-password")
    code = _code("Six-digit code from your app")

    def __init__(self, data: object = None, *, has_app: bool) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a view's POST, or nothing
        if not has_app:
            del self.fields["code"]


class PasswordForm(ConfirmForm):
    """A new password, confirmed by the old one."""

    new = _password("New password", "new-password", LONG_ENOUGH)
    again = _password("New password once more", "new-password")

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new"):
            raise forms.ValidationError("The two are different. Type the new password again.")
        return again


class FactorForm(forms.Form):
    """The code a new app shows, and the password of whoever adds it."""

    code = _code("Six-digit code your app shows now")
    password = _password("Your password", "current-password")


def _zones() -> list[tuple[str, str]]:
    listed = (zone for zone in known_zones() if "/" in zone or zone == "UTC")
    return [(zone, zone.replace("_", " ")) for zone in sorted(listed)]


class ProfileForm(forms.Form):
    """What one says about oneself."""

    name = forms.CharField(max_length=LONGEST, widget=forms.TextInput(attrs={"dir": "auto"}))
    title = forms.CharField(
        max_length=LONGEST, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    zone = forms.ChoiceField(
        label="Time zone", choices=_zones, help_text="Every time you see is in this zone."
    )
    theme = forms.ChoiceField(
        label="Colours", choices=Theme.choices, widget=forms.RadioSelect, required=True
    )


class PersonForm(forms.Form):
    """Somebody new."""

    name = forms.CharField(max_length=LONGEST, widget=forms.TextInput(attrs={"dir": "auto"}))
    email = forms.EmailField(label="Work e-mail", max_length=254)
    title = forms.CharField(
        max_length=LONGEST, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    zone = forms.ChoiceField(label="Time zone", choices=_zones)
    password = _password("First password", "new-password", HANDED_OVER)


class NewPasswordForm(forms.Form):
    """A first password, typed twice: nobody else could tell its owner what was typed."""

    password = _password("Password", "new-password", LONG_ENOUGH)
    again = _password("Password once more", "new-password")

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password"):
            raise forms.ValidationError("The two are different. Type the password again.")
        return again


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
    zone = forms.ChoiceField(
        label="Time zone",
        choices=_zones,
        help_text="Where most people work. Everybody may choose their own.",
    )
    currency = forms.CharField(
        max_length=3,
        help_text="Three letters, such as EUR.",
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "class": "code-in"}),
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
    field_order = ("code", "organisation", "zone", "currency", "name", "title", "email", "password")

    def clean_currency(self) -> str:
        typed: str = self.cleaned_data["currency"]
        return typed.upper()


class AppointmentForm(forms.Form):
    """Who takes up which office, and until when."""

    office = forms.ChoiceField(choices=Office.choices)
    user = forms.ChoiceField(label="Person")
    title = forms.CharField(
        label="Title as it is printed",
        max_length=LONGEST,
        help_text="In the company's own words, such as Chief People Officer.",
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    ends_on = forms.DateField(
        label="Last day in office",
        required=False,
        help_text="Leave it empty while there is no end.",
        validators=[MaxValueValidator(LATEST, "Leave it empty while there is no end.")],
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: object, people: Iterable[tuple[int, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django's form
        self.fields["user"].choices = [("", "Choose"), *people]  # type: ignore[attr-defined]


class InvitationForm(forms.Form):
    """Whom a mailed link lets in, and to which office."""

    email = forms.EmailField(label="Work e-mail", max_length=254)
    office = forms.ChoiceField(
        choices=[("", "None"), *Office.choices],
        required=False,
        help_text="It begins the moment the invitation is accepted.",
    )
    title = forms.CharField(
        label="Title as it is printed",
        max_length=LONGEST,
        required=False,
        help_text="Needed for an office, such as Chief People Officer.",
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class AcceptanceForm(NewPasswordForm):
    """Who comes in by a mailed link."""

    name = forms.CharField(
        label="Your name",
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "name"}),
    )
    zone = forms.ChoiceField(label="Time zone", choices=_zones)
    field_order = ("name", "zone", "password", "again")


def end_of(day: date | None, zone: str) -> datetime | None:
    """Return the first moment after that day, in the zone of whoever typed it."""
    if day is None:
        return None
    following = date.fromordinal(day.toordinal() + 1)
    return datetime.combine(following, time(), ZoneInfo(zone)).astimezone(UTC)


def add_blockers(form: forms.Form, refusal: RefusedError) -> None:
    """Show why an operation refused, at the field each reason belongs to."""
    for blocker in refusal.blockers:
        form.add_error(blocker.field if blocker.field in form.fields else None, blocker.message)
