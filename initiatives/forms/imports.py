"""Which column of a list is what, and what its words for stages mean."""

from collections.abc import Iterator, Mapping, Sequence

from django import forms

from initiatives.choices import Stage
from initiatives.rules.imports import Matching, Part
from kernel.canonical import digest

PARTS: Mapping[Part, tuple[str, str]] = {
    Part.NAME: ("Name", "What the list calls each project. The one part that it must have."),
    Part.PROBLEM: ("Problem or purpose", "What the list says it is for."),
    Part.AFFECTED: ("Who is affected", "Without a column it reads “not stated” until you say it."),
    Part.UNIT: ("Unit", "Units that are new here are added with the first row that names them."),
    Part.STAGE: ("Stage or status", "What the list claims. A claim passes no gate."),
    Part.REFERENCE: ("Number or code", "Tells rows apart, also when the list comes again."),
}
NO_COLUMN = ("", "No column")
NOT_PLACED = ("", "Not placed")
PLACES = tuple(
    (str(one.value), f"{one.value} {one.label}{', in use' if one == Stage.MEASUREMENT else ''}")
    for one in Stage
)
LETTERS = 12


def word_key(word: str) -> str:
    """Return the name of the field for a word, whatever stands in it."""
    return f"word-{digest(word.encode())[:LETTERS]}"


class ColumnsForm(forms.Form):
    """A choice for each part, and one for each word of the column that holds the stages."""

    def __init__(
        self,
        data: Mapping[str, str] | None = None,
        *,
        header: Sequence[str],
        matching: Matching,
        words: Sequence[tuple[str, int]],
    ) -> None:
        super().__init__(data)
        self.words = words
        columns = [NO_COLUMN, *((name, name) for name in header)]
        for part, (label, hint) in PARTS.items():
            self.fields[part.value] = forms.ChoiceField(
                label=label,
                help_text=hint,
                choices=columns,
                initial=matching.columns.get(part, ""),
                required=part == Part.NAME,
                error_messages={
                    "required": "Choose the column that holds the name.",
                    "invalid_choice": "The file has no such column.",
                },
            )
        for word, _ in words:
            self.fields[word_key(word)] = forms.ChoiceField(
                label=word,
                choices=[NOT_PLACED, *PLACES],
                initial=matching.stages.get(word, ""),
                required=False,
            )

    def parts(self) -> Iterator[forms.BoundField]:
        """Return the field of each part."""
        return (self[part.value] for part in PARTS)

    def stages(self) -> Iterator[tuple[forms.BoundField, int]]:
        """Return the field of each word, with how many rows say it."""
        return ((self[word_key(word)], count) for word, count in self.words)

    def matching(self) -> Matching:
        """Return what was chosen; words that the page did not show are left to be guessed."""
        chosen = self.cleaned_data
        return Matching(
            columns={part: chosen[part.value] for part in PARTS if chosen.get(part.value)},
            stages={
                word: chosen[word_key(word)]
                for word, _ in self.words
                if word_key(word) in self.data and word_key(word) in chosen
            },
        )

    def has_new_words(self) -> bool:
        """Tell whether a word is there that the page did not ask about."""
        return any(word_key(word) not in self.data for word, _ in self.words)
