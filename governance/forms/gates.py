"""The small forms around a gate: a word for a point, a reason, a verdict, a password."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django import forms

from governance.choices import STAGE_OF_WAY, Excuse
from governance.forms.texts import Choice, TextField, area
from governance.rules.refusing import MOST_TEXT
from governance.rules.waiving import Waiver
from kernel.refusals import RefusedError
from playbook.shapes import Criterion, Option

BACK = "The gates from that stage on must be passed again; what they decided stays in the record."
CLOSED = "Open rounds end, and conditions of earlier gates are no longer owed."


class RefusableForm(forms.Form):
    """A form that shows what an operation refuses, at the fields it belongs to."""

    def add_refusal(self, refusal: RefusedError) -> None:
        for blocker in refusal.blockers:
            self.add_error(blocker.field if blocker.field in self.fields else None, blocker.message)

    @contextmanager
    def telling(self, *refusals: type[RefusedError]) -> Iterator[None]:
        """Show what is refused within, and go on after it."""
        try:
            yield
        except refusals as refusal:
            self.add_refusal(refusal)


class AttestForm(RefusableForm):
    """A person's word for one point."""

    is_met = forms.ChoiceField(
        label="Does it hold?",
        choices=[("yes", "Yes, it holds"), ("no", "No, not yet")],
        widget=forms.RadioSelect,
    )
    value = forms.DecimalField(required=False, max_digits=14, decimal_places=4)
    note = TextField(
        label="How you know",
        help_text="What you looked at, and when. Both signers read it.",
        max_length=MOST_TEXT,
        widget=area(3),
    )
    valid_until = forms.DateField(
        label="Good until",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, criterion: Criterion, **options: Any) -> None:  # noqa: ANN401  # Django's
        super().__init__(*args, **options)
        if criterion.met_at is None:
            del self.fields["value"]
        else:
            self.fields["value"].label = f"The number, in {criterion.unit}"
            self.fields["value"].required = True

    @property
    def answer(self) -> dict[str, Any]:
        """Return what is attested, as the operation takes it."""
        data = self.cleaned_data
        return {
            "is_met": data["is_met"] == "yes",
            "note": data["note"],
            "value": data.get("value"),
            "valid_until": data["valid_until"],
        }


class WaiveForm(RefusableForm):
    """Why a point need not be met for this signature, and until when."""

    excuse = forms.ChoiceField(
        label="What both sides would sign", choices=Excuse.choices, widget=forms.RadioSelect
    )
    reason = TextField(
        label="Why",
        help_text="Both signers read it; it stands in what they sign.",
        max_length=MOST_TEXT,
        widget=area(3),
    )
    until = forms.DateField(
        label="Waived until",
        help_text="By then it is met: it becomes a condition of the gate.",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    @property
    def waiver(self) -> Waiver:
        """Return what was typed, as the operation takes it."""
        data = self.cleaned_data
        return Waiver(excuse=data["excuse"], reason=data["reason"], until=data["until"])


class ReasonForm(RefusableForm):
    """Why: for a pause, a withdrawal, a decline taken back or contested."""

    reason = TextField(label="Why", max_length=MOST_TEXT, widget=area(3))


class PauseForm(ReasonForm):
    """Why it stops, and whether it is in earnest."""

    is_exercise = forms.BooleanField(
        label="This is a drill",
        help_text="It stops all the same, says everywhere that it is a drill, and counts the time.",
        required=False,
    )


class ClosureForm(RefusableForm):
    """What shows that a commitment was kept."""

    note = TextField(
        label="What shows that it is done",
        help_text="Both sides can read it in the record.",
        max_length=MOST_TEXT,
        widget=area(3),
    )


class SubmitForm(RefusableForm):
    """Send a round for signature; at gate 4 with what is proposed."""

    def __init__(self, *args: Any, verdicts: Collection[Option] = (), **options: Any) -> None:  # noqa: ANN401  # Django's
        super().__init__(*args, **options)
        if verdicts:
            self.fields["verdict"] = forms.ChoiceField(
                label="What do you propose?",
                choices=[(one.value, one.label) for one in verdicts],
                widget=forms.RadioSelect,
                error_messages={"required": "Choose what you propose."},
            )


class PasskeyForm(RefusableForm):
    """What the device answered; `static/js/passkey.js` puts it in."""

    assertion = forms.CharField(
        required=True,
        widget=forms.HiddenInput,
        error_messages={
            "required": "No answer of your device came. Passkeys need JavaScript: let your browser"
            " run it for this page, then try again."
        },
    )

    def clean(self) -> dict[str, Any] | None:
        for message in self.errors.pop("assertion", []):
            self.add_error(None, message)  # hidden: nobody could be led to it
        return super().clean()


class ProofForm(RefusableForm):
    """Password, and the code of the app where there is one."""

    password = forms.CharField(
        label="Your password",
        strip=False,
        max_length=4_096,
        widget=forms.PasswordInput(
            attrs={"autocomplete": "current-password", "autofocus": True}, render_value=False
        ),
    )
    code = forms.CharField(
        label="Six-digit code",
        help_text="From your authenticator app.",
        max_length=10,
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "class": "code-in",
            }
        ),
    )

    def __init__(self, *args: Any, with_code: bool, **options: Any) -> None:  # noqa: ANN401  # Django's
        super().__init__(*args, **options)
        if not with_code:
            del self.fields["code"]


class RulingForm(RefusableForm):
    """How the sponsor ends a pause, and why."""

    way = forms.ChoiceField(
        label="Which way it goes",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which way it goes."},
    )
    reason = TextField(
        label="Why",
        help_text="Both sides and everybody who works on it can read it.",
        max_length=MOST_TEXT,
        widget=area(4),
    )

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401  # Django's signature
        *,
        ways: Iterable[tuple[str, str]],
    ) -> None:
        super().__init__(data)
        field: Any = self.fields["way"]
        field.choices = [
            (way, Choice(name, BACK if way in STAGE_OF_WAY else CLOSED)) for way, name in ways
        ]
