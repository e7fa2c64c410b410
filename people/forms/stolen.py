"""What was stolen: one of the means a person signs in with."""

from collections.abc import Sequence

from django import forms

from people.choices import Means


class StolenForm(forms.Form):
    """One of the means in use: a passkey by its name, the app, or the password."""

    means = forms.ChoiceField(label="What was stolen?", widget=forms.RadioSelect)

    def __init__(self, data: object = None, *, means: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a view's POST, or nothing
        self.fields["means"].choices = list(means)  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def chosen(self) -> tuple[Means, int | None]:
        """Return what was chosen, and which passkey if it is one."""
        word, _, number = self.cleaned_data["means"].partition("-")
        return Means(word), int(number) if number else None
