"""What is said where the sides do not agree, and what the sponsor decides."""

from collections.abc import Iterable
from typing import Any

from django import forms

from governance.choices import Resolved
from governance.forms.gates import RefusableForm
from governance.forms.texts import Choice, TextField, area
from governance.rules.refusing import MOST_TEXT

FOLLOWS = {
    Resolved.RECYCLE: "Back to both as a draft. They change what parts them and sign anew.",
    Resolved.HOLD: "Back as a draft, and paused. Going on takes both keys.",
    Resolved.KILL: "The initiative is over. Its record stays.",
    Resolved.GO: "It passes on the one signature and yours. The dissent stays on it for ever, and"
    " both sides look back on it together within 30 days.",
}


class DissentForm(RefusableForm):
    """How one's side sees it."""

    text = TextField(
        label="How your side sees it",
        help_text="The sponsor reads it, and it stays with the decision for ever.",
        max_length=MOST_TEXT,
        widget=area(5),
    )


class ResolveForm(RefusableForm):
    """How the sponsor ends it, and why. The digests say what was read."""

    snapshot = forms.CharField(max_length=64, widget=forms.HiddenInput)
    terms = forms.CharField(max_length=64, widget=forms.HiddenInput)
    reason = TextField(
        label="Why",
        help_text="Both sides read it, and it stays in the record.",
        max_length=MOST_TEXT,
        widget=area(4),
    )

    def __init__(self, *args: Any, ways: Iterable[Resolved], **options: Any) -> None:  # noqa: ANN401  # Django's
        super().__init__(*args, **options)
        self.fields["way"] = forms.ChoiceField(
            label="What follows",
            widget=forms.RadioSelect,
            error_messages={"required": "Choose what follows."},
            choices=[(str(one), Choice(one.label, FOLLOWS[one])) for one in ways],
        )

    def seen(self) -> dict[str, str]:
        """Return the digests that the page showed."""
        return {name: self.cleaned_data[name] for name in ("snapshot", "terms")}
