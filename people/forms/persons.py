"""What people type about themselves and each other."""

from django import forms

from people.choices import Theme
from people.forms.fields import LONGEST, password_field, zone_field

HANDED_OVER = "Give it to them yourself; they change it on their profile."


class ProfileForm(forms.Form):
    """What one says about oneself."""

    name = forms.CharField(max_length=LONGEST, widget=forms.TextInput(attrs={"dir": "auto"}))
    title = forms.CharField(
        max_length=LONGEST, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    zone = zone_field("Every time you see is in this zone.")
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
    zone = zone_field()
    password = password_field("First password", "new-password", HANDED_OVER)
