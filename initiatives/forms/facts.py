"""What happened outside: vendors, money, launch."""

from django import forms

from initiatives.choices import FactKind


class FactForm(forms.Form):
    """One fact. The launch date is agreed at gate 3, so it is typed here only when it is past."""

    kind = forms.ChoiceField(
        label="What happened?", choices=FactKind.choices, widget=forms.RadioSelect
    )
    happened_on = forms.DateField(label="On", widget=forms.DateInput(attrs={"type": "date"}))
    amount = forms.DecimalField(
        label="Amount",
        required=False,
        max_digits=14,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    text = forms.CharField(
        label="With whom, for what",
        required=False,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 2}),
    )
    already = forms.BooleanField(
        label="It happened already, also if it was too early",
        help_text="It is stored either way. Before its gate it shows as out of order, for good.",
        required=False,
    )
