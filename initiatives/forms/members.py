"""Who works on it, for which side, as what."""

from collections.abc import Iterable

from django import forms

from initiatives.choices import MemberRole
from people.choices import Side


class MemberForm(forms.Form):
    """Give a person a part."""

    user = forms.ChoiceField(label="Person")
    side = forms.ChoiceField(label="Works for", choices=Side.choices, widget=forms.RadioSelect)
    role = forms.ChoiceField(
        label="As",
        choices=MemberRole.choices,
        widget=forms.RadioSelect,
        help_text="Each side has one lead. Whoever leads now stays as a contributor.",
    )

    def __init__(
        self,
        data: object = None,
        *,
        people: Iterable[tuple[int, str]],
        sides: Iterable[Side],
        side: Side | None,
    ) -> None:
        own = [(one.value, one.label) for one in sides]
        super().__init__(data, initial={"side": side, "role": MemberRole.CONTRIBUTOR})  # type: ignore[arg-type]  # a view's POST
        choices = [("", "Choose"), *((str(pk), name) for pk, name in people)]
        self.fields["user"].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.fields["side"].choices = own  # type: ignore[attr-defined]  # a choice field
