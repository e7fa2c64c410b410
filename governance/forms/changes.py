"""What is typed when a change is proposed or answered."""

from typing import Any

from django import forms

from governance.choices import ChangeOutcome
from governance.forms.texts import TextField, area
from governance.rules.changes import MOST_REASON

LATER = "The second person reads it."


class ReasonForm(forms.Form):
    """Why somebody proposes a change."""

    reason = TextField(label="Why", help_text=LATER, max_length=MOST_REASON, widget=area(2))


class RecoverForm(ReasonForm):
    """Why, and whether the password is lost as well: asked where it can be both."""

    with_password = forms.BooleanField(
        label="The password is lost too",
        required=False,
        help_text="They choose a new one by a link that is mailed to them. The old one opens"
        " nothing from then on.",
    )

    def __init__(self, data: Any = None, *, asks: bool) -> None:  # noqa: ANN401  # Django's
        super().__init__(data)
        if not asks:
            del self.fields["with_password"]


class AnswerForm(forms.Form):
    """Yes or no; whoever answers shows beside it to be here."""

    outcome = forms.ChoiceField(
        label="Your answer",
        choices=[
            (ChangeOutcome.CONFIRMED, "Confirm it: it counts from this moment"),
            (ChangeOutcome.REFUSED, "Refuse it: nothing changes"),
        ],
        widget=forms.RadioSelect,
    )
    reason = TextField(
        label="In your words", required=False, max_length=MOST_REASON, widget=area(2)
    )
