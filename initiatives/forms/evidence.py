"""A file, a link or a statement that a contribution rests on."""

from django import forms

from initiatives.choices import EvidenceKind
from initiatives.rules.files import ALLOWED_SUFFIXES

KINDS = (
    (EvidenceKind.FILE.value, "A file"),
    (EvidenceKind.LINK.value, "A link"),
    (EvidenceKind.ATTESTATION.value, "A statement of mine"),
)


class EvidenceForm(forms.Form):
    """One form for the three kinds; what a kind does not need is left alone."""

    kind = forms.ChoiceField(
        label="What do you add?", choices=KINDS, widget=forms.RadioSelect, initial="file"
    )
    title = forms.CharField(
        label="What it shows",
        help_text="A few words. A file may go by its own name.",
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    upload = forms.FileField(
        label="File",
        help_text="PDF, picture, text, CSV or Office file, at most 25 MB.",
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(ALLOWED_SUFFIXES)}),
    )
    url = forms.CharField(
        label="Address",
        help_text="The whole address, https://… What anybody can read there is kept as a copy.",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
    note = forms.CharField(
        label="In your words",
        help_text="What to look at. Of a statement: the statement itself.",
        required=False,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 3}),
    )
    valid_until = forms.DateField(
        label="Good until",
        help_text="After this day it counts no longer.",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def clean(self) -> dict[str, object] | None:
        given = super().clean()
        wants_file = self.cleaned_data.get("kind") == EvidenceKind.FILE
        if wants_file and not self.cleaned_data.get("upload") and "upload" not in self.errors:
            self.add_error("upload", "Choose a file.")
        return given


class WithdrawalForm(forms.Form):
    """Why evidence is taken back."""

    reason = forms.CharField(
        label="Why do you take it back?",
        help_text="It stays stored and readable in the record, and counts no longer.",
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 3}),
    )
