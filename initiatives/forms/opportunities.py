"""Scoring 1 to 5, talking over a difference, scoring again, moving in the order, shortlisting."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django import forms

from initiatives.queries.days import word_of_quarter
from initiatives.rules.opportunities import MOST_WORDS
from playbook.scoring import HIGHEST, LOWEST, ScoreCriterion

SCALE = [(value, str(value)) for value in range(LOWEST, HIGHEST + 1)]
LARGEST_PLACE = 1_000_000
LARGEST_ROUND = 2**31 - 1
ANSWERS = (("yes", "We agree"), ("no", "Not like this"))


def _words(label: str, help_text: str = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 3}),
    )


class ScoresForm(forms.Form):
    """What one side scores; what is left open stays open."""

    n = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=LARGEST_ROUND)

    def __init__(
        self,
        data: object = None,
        *,
        sheet: Sequence[ScoreCriterion],
        own: Mapping[str, int],
        n: int,
    ) -> None:
        self.sheet = sheet
        super().__init__(data, initial={**own, "n": n})  # type: ignore[arg-type]  # a view's POST
        for one in sheet:
            self.fields[one.key] = forms.TypedChoiceField(
                label=one.label,
                help_text=one.help,
                choices=SCALE,
                coerce=int,
                empty_value=None,
                widget=forms.RadioSelect,
                required=False,
            )

    def scales(self) -> list[tuple[ScoreCriterion, forms.BoundField]]:
        """Return each criterion with its field, in the order of the playbook."""
        return [(one, self[one.key]) for one in self.sheet]

    def values(self) -> dict[str, int]:
        """Return what was scored, as the operation takes it."""
        given = {one.key: self.cleaned_data.get(one.key) for one in self.sheet}
        return {key: value for key, value in given.items() if value is not None}


class TalkForm(forms.Form):
    """What was said about one difference."""

    text = _words(
        "What you talked over, and what follows",
        "Kept beside the scores. Both sides read it, and so does whoever signs gate 1.",
    )


class AgainForm(forms.Form):
    """Why both sides score once more."""

    reason = _words("What has changed since", "The scores so far stay as they are.")


class MoveForm(forms.Form):
    """A place in the joint order, or none to go back to what the scores propose."""

    place = forms.IntegerField(
        label="Place in the order",
        help_text="Leave it empty to put it back where the scores put it.",
        required=False,
        min_value=1,
        max_value=LARGEST_PLACE,
    )
    reason = _words("Why there", "Everybody who reads the order reads the reason.")


class ShortlistForm(forms.Form):
    """The initiatives of a quarter, out of the joint order."""

    quarter = forms.TypedChoiceField(label="For which quarter", coerce=date.fromisoformat)
    chosen = forms.TypedMultipleChoiceField(
        label="What you would take on", coerce=int, widget=forms.CheckboxSelectMultiple
    )
    words = _words("What holds them together", required=False)

    def __init__(
        self,
        data: object = None,
        *,
        quarters: Iterable[date],
        ranked: Iterable[tuple[int, str]],
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)  # type: ignore[arg-type]  # a view's POST
        self.fields["quarter"].choices = [  # type: ignore[attr-defined]  # a choice field
            (one.isoformat(), word_of_quarter(one)) for one in quarters
        ]
        self.fields["chosen"].choices = list(ranked)  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """The other side's word on a shortlist."""

    answer = forms.ChoiceField(label="Your word", choices=ANSWERS, widget=forms.RadioSelect)
    reason = _words("Why not, or what you want to add", required=False)

    @property
    def is_agreed(self) -> bool:
        """Whether the list is agreed to."""
        return bool(self.cleaned_data["answer"] == "yes")
