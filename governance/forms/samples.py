"""What an auditor says before a sample is drawn."""

from django import forms

from governance.rules.samples import MOST

LARGEST = 2**53 - 1


class SampleForm(forms.Form):
    """How many decisions, by which seed, up to which entry."""

    size = forms.IntegerField(
        label="How many decisions", min_value=1, max_value=MOST, help_text=f"Up to {MOST}."
    )
    seed = forms.CharField(
        label="Seed",
        max_length=64,
        help_text="Drawn for you. Keep it: the same seed draws the same decisions again.",
    )
    until = forms.IntegerField(
        label="Up to entry",
        min_value=1,
        max_value=LARGEST,
        help_text="The number of the last entry to draw from; what came later is left out.",
    )
