"""The sign panel: one form for the four decisions, and the small forms beside it."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from governance.choices import SigningAct
from governance.forms.conditions import PARTS, condition_fields, point_fields
from governance.forms.texts import TextField, area
from governance.rules.refusing import LEAST_WORDS, MOST_TEXT
from governance.rules.terms import Condition
from governance.rules.wishes import Wish
from kernel.refusals import RefusedError

SIGN, CONDITIONS, CHANGES, DECLINE = "sign", "conditions", "changes", "decline"
NEW_CONDITIONS = range(3)
POINTS = range(3)


class DecisionForm(forms.Form):
    """What a signer decides. Only the fields of the decision taken are asked for."""

    use_required_attribute = False

    snapshot = forms.CharField(max_length=64, widget=forms.HiddenInput)
    terms = forms.CharField(max_length=64, widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label="Your decision",
        choices=[
            (SIGN, "Sign"),
            (CONDITIONS, "Sign with conditions"),
            (CHANGES, "Ask for changes"),
            (DECLINE, "Decline"),
        ],
        widget=forms.RadioSelect,
    )
    words = TextField(
        label="In your words",
        help_text="Printed beside your signature.",
        required=False,
        max_length=MOST_TEXT,
        widget=area(2),
    )
    read = forms.BooleanField(required=False)
    code = forms.ChoiceField(label="What it is about", required=False)
    reason = TextField(
        label="Why",
        help_text="Both sides and the sponsor will read this.",
        required=False,
        max_length=MOST_TEXT,
        widget=area(4),
    )
    finality = forms.ChoiceField(
        label="Is this for good?",
        required=False,
        choices=[("open", "No, this could change my mind:"), ("final", "Yes, for good")],
        widget=forms.RadioSelect,
        initial="open",
    )
    reversed_by = TextField(
        label="What would change your mind",
        required=False,
        max_length=MOST_TEXT,
        widget=area(2),
    )

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401  # Django's signature
        *,
        owners: Iterable[Any],
        kept: Collection[Any],
        criteria: Collection[Any],
        reasons: Iterable[Any],
        verdicts: Collection[Any] = (),
        **options: Any,  # noqa: ANN401  # Django's signature
    ) -> None:
        super().__init__(data, **options)
        self._owners = {str(one.id): one for one in owners}
        self._field("code").choices = [("", "Choose"), *((r.code, r.label) for r in reasons)]
        people = [("", "Choose"), *((key, one.name) for key, one in self._owners.items())]
        for place in NEW_CONDITIONS:
            self.fields.update(condition_fields(place, people))
        points = [("", "Choose a point"), *((one.key, one.text) for one in criteria)]
        for place in POINTS:
            self.fields.update(point_fields(place, points))
        if kept:
            self.fields["keeps"] = forms.MultipleChoiceField(
                label="Keep these conditions",
                required=False,
                choices=[(one.key, str(one)) for one in kept],
                widget=forms.CheckboxSelectMultiple,
                initial=[one.key for one in kept],
            )
        if verdicts:
            self.fields["verdict"] = forms.ChoiceField(
                label="Propose instead",
                required=False,
                choices=[("", "As proposed"), *((one.value, one.label) for one in verdicts)],
            )

    @property
    def condition_sets(self) -> list[list[forms.BoundField]]:
        """The fields of the new conditions, one list each."""
        return [[self[f"conditions-{n}-{part}"] for part in PARTS] for n in NEW_CONDITIONS]

    @property
    def points(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"point-{n}"], self[f"wish-{n}"]) for n in POINTS]

    @property
    def items(self) -> dict[str, str]:
        """What is asked for, by criterion; two wishes for one stand together."""
        found: dict[str, str] = {}
        for place in POINTS:
            key, text = self.cleaned_data[f"point-{place}"], self.cleaned_data[f"wish-{place}"]
            if key or text:
                found[key] = f"{found[key]}\n{text}" if key in found else text
        return found

    def seen(self) -> dict[str, str]:
        """Return the fingerprints of what the page showed."""
        return {name: self.cleaned_data[name] for name in ("snapshot", "terms")}

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        decision = data.get("decision")
        if decision in (SIGN, CONDITIONS) and not data.get("read"):
            self.add_error("read", "Say that you have read it.")
        if decision == CHANGES:
            self._judge_points(data)
        if decision == CONDITIONS:
            self._judge_conditions(data)
        return data

    def wish(self, side: str) -> Wish:
        """Return what the signer wants to state."""
        data = self.cleaned_data
        match data["decision"]:
            case "conditions":
                return Wish(
                    act=SigningAct.APPROVE_WITH_TERMS,
                    words=data["words"],
                    conditions=tuple(self._conditions(side)),
                    keeps=tuple(data.get("keeps") or ()),
                    verdict=data.get("verdict") or "",
                )
            case "decline":
                is_final = data["finality"] == "final"
                return Wish(
                    act=SigningAct.DECLINE,
                    code=data["code"],
                    reason=data["reason"],
                    is_final=is_final,
                    reversed_by="" if is_final else data["reversed_by"],
                )
        return Wish(act=SigningAct.APPROVE, words=data["words"])

    def _field(self, name: str) -> Any:  # noqa: ANN401  # a field of any class
        return self.fields[name]

    def _judge_points(self, data: Mapping[str, Any]) -> None:
        typed = [
            place for place in POINTS if data.get(f"point-{place}") or data.get(f"wish-{place}")
        ]
        for place in typed or [0]:
            if not data.get(f"point-{place}"):
                self.add_error(f"point-{place}", "Choose the point it is about.")
            if len((data.get(f"wish-{place}") or "").strip()) < LEAST_WORDS:
                message = f"Say in {LEAST_WORDS} characters or more what would satisfy you."
                self.add_error(f"wish-{place}", message)

    def _judge_conditions(self, data: Mapping[str, Any]) -> None:
        """Ask for whole conditions; the domain judges what is in them."""
        for place in self._typed(data):
            for part in PARTS:
                name = f"conditions-{place}-{part}"
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, "This is needed.")

    def _typed(self, data: Mapping[str, Any]) -> list[int]:
        """Return the places where a condition was begun; the first one is always asked for."""
        begun = [
            place
            for place in NEW_CONDITIONS
            if any(
                data.get(f"conditions-{place}-{part}") for part in ("text", "evidence", "due_on")
            )
        ]
        return begun or [0]

    def _conditions(self, side: str) -> Iterable[Condition]:
        for place in self._typed(self.cleaned_data):
            told = {part: self.cleaned_data[f"conditions-{place}-{part}"] for part in PARTS}
            owner = self._owners[told["owner"]]
            due_on: date = told["due_on"]
            yield Condition(
                text=told["text"],
                evidence=told["evidence"],
                owner_id=owner.id,
                owner_key=str(owner.key),
                due_on=due_on,
                kind=told["kind"],
                on_breach=told["on_breach"],
                asked_by=side,
            )

    def add_refusal(self, refusal: RefusedError) -> None:
        """Show each reason at its field, or on top when it has none here."""
        for blocker in refusal.blockers:
            name = blocker.field.replace(".", "-")
            self.add_error(name if name in self.fields else None, blocker.message)
