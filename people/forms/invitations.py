"""Whom a mailed link lets in, and what they say when they come."""

from django import forms

from people.choices import Office
from people.forms.fields import LONGEST, zone_field
from people.forms.identity import NewPasswordForm


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
        help_text="Left empty, an office has its usual one, such as Chief Information Officer.",
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class AcceptanceForm(NewPasswordForm):
    """Who comes in by a mailed link."""

    name = forms.CharField(
        label="Your name",
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "name"}),
    )
    zone = zone_field()
    field_order = ("name", "zone", "password", "again")
