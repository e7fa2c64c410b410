"""A name for a view of the table."""

from django import forms

from initiatives.rules.saved_views import NAME_LENGTH


class ViewForm(forms.Form):
    """The name is judged where it is kept; here is room to type it."""

    name = forms.CharField(
        label="Name",
        max_length=4 * NAME_LENGTH,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": "Give the view a name."},
    )
