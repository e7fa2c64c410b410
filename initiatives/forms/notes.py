"""A note of early thinking."""

from django import forms

from people.choices import Side


class NoteForm(forms.Form):
    """What one thinks so far, and for which side."""

    title = forms.CharField(
        label="What is it about?",
        help_text="A few words for the list.",
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    text = forms.CharField(
        label="What do you think so far?",
        help_text="Half a thought is enough. What do you not know yet?",
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 7}),
    )
    side = forms.ChoiceField(
        label="For which side do you think?", choices=Side.choices, widget=forms.RadioSelect
    )

    def __init__(self, data: object = None, *, side: Side | None) -> None:
        super().__init__(data, initial={"side": side})  # type: ignore[arg-type]  # a view's POST
        if side is not None:
            self.fields["side"].choices = [(side.value, side.label)]  # type: ignore[attr-defined]  # a choice field
