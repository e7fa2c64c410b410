"""Disagreeing and settling: small forms, each sent with what its page had shown."""

from django import forms

from governance.forms.gates import RefusableForm
from governance.forms.texts import TextField, area

MOST_SAID = 1_000_000


class DayField(forms.DateField):
    """A day by which it is to be settled."""

    def __init__(self, label: str, help_text: str = "") -> None:
        super().__init__(
            label=label, help_text=help_text, widget=forms.DateInput(attrs={"type": "date"})
        )


class RaiseForm(RefusableForm):
    """What about, how one's own side sees it, and by when."""

    subject = TextField(
        label="What do you disagree about?",
        help_text="A few words for lists.",
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    position = TextField(
        label="How your side sees it",
        help_text="What the other side says will stand beside it.",
        widget=area(5),
    )
    due_on = DayField(
        "Settle it by",
        "A working day within sixty days. If it is still open then, it goes to the sponsor.",
    )


class SeenForm(RefusableForm):
    """A form on the page of a disagreement: how much had been said when the page was shown."""

    seen = forms.IntegerField(min_value=0, max_value=MOST_SAID, widget=forms.HiddenInput)


class PositionForm(SeenForm):
    """The own side's position."""

    position = TextField(label="How your side sees it", widget=area(5))


class DeadlineForm(SeenForm):
    """Another day."""

    due_on = DayField("Another day", "It counts once the other side names it too.")


class SettlementForm(SeenForm):
    """How it was settled."""

    words = TextField(
        label="How it was settled",
        help_text="It ends once the other side confirms these words.",
        widget=area(3),
    )


class ConfirmForm(SeenForm):
    """Yes to what the other side wrote."""


class DecisionReasonForm(SeenForm):
    """What the sponsor settles, and why."""

    reason = TextField(
        label="What holds from now on, and why",
        help_text="Both sides read it. It opens no gate and closes none.",
        widget=area(4),
    )


class BackForm(SeenForm):
    """Why it is taken back."""

    reason = TextField(label="Why", widget=area(3))
