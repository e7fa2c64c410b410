"""What is to be done with the chosen rows."""

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError

from initiatives.choices import Needs
from initiatives.rules.tags import LENGTH
from people.choices import Side

LEAD, TAG, UNTAG, NEEDS, ARCHIVE, RESTORE = "lead", "tag", "untag", "needs", "archive", "restore"
ACTS = {
    LEAD: "Make the lead",
    TAG: "Add the tag",
    UNTAG: "Take the tag away",
    NEEDS: "Say whose work it is",
    ARCHIVE: "Archive",
    RESTORE: "Bring back",
}


class ChosenForm(forms.Form):
    """One act at a time; each asks for its own field."""

    act = forms.ChoiceField(choices=[*ACTS.items()], widget=forms.HiddenInput)
    side = forms.ChoiceField(label="Side", choices=Side.choices, required=False)
    user = forms.ChoiceField(label="Person", required=False)
    tag = forms.CharField(
        label="Tag",
        max_length=4 * LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "list": "tags", "autocomplete": "off"}),
    )
    needs = forms.ChoiceField(
        label="Whose work it is", choices=[("", "Not said"), *Needs.choices], required=False
    )

    def __init__(
        self, data: object = None, *, people: Iterable[tuple[int, str]], side: str = ""
    ) -> None:
        super().__init__(data, initial={"side": side})  # type: ignore[arg-type]  # a view's POST
        choices = [("", "Choose"), *((str(pk), name) for pk, name in people)]
        self.fields["user"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean_user(self) -> str:
        user: str = self.cleaned_data["user"]
        if self.data.get("act") == LEAD and not user:
            raise ValidationError("Choose who is to lead.")
        return user

    def clean_side(self) -> str:
        side: str = self.cleaned_data["side"]
        if self.data.get("act") == LEAD and not side:
            raise ValidationError("Choose a side.")
        return side

    def clean_tag(self) -> str:
        tag: str = self.cleaned_data["tag"]
        if self.data.get("act") in (TAG, UNTAG) and not tag:
            raise ValidationError("Type a tag first.")
        return tag
