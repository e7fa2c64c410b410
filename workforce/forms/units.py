"""What an administrator types, or brings in a file, to list the units."""

from django import forms

from kernel.sheets.reading import read_sheet
from kernel.sheets.shapes import MOST_BYTES, Sheet, SheetRefusedError

COLUMNS = ("unit", "name", "organisational unit", "department", "team")


class UnitsForm(forms.Form):
    """Names of units, one a line."""

    names = forms.CharField(
        label="New units",
        help_text="One a line. Those already here stay as they are.",
        max_length=300_000,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )

    def clean_names(self) -> list[str]:
        """Return the lines that say something."""
        lines = self.cleaned_data["names"].splitlines()
        return [line.strip() for line in lines if line.strip()]


class UnitsFileForm(forms.Form):
    """A file that holds the names of units in one of its columns."""

    file = forms.FileField(
        label="A list of units",
        help_text="CSV or XLSX with a column \u201cUnit\u201d. You see the names first.",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt"}),
    )

    def clean_file(self) -> list[str]:
        """Return the names in the file, each once."""
        try:
            sheet = read_sheet(self.cleaned_data["file"].read(MOST_BYTES + 1))
            return _names(sheet)
        except SheetRefusedError as refusal:
            raise forms.ValidationError([blocker.message for blocker in refusal.blockers]) from None


def _names(sheet: Sheet) -> list[str]:
    header = [name.strip().casefold() for name in sheet.header]
    place = next((header.index(name) for name in COLUMNS if name in header), None)
    if place is None:
        raise SheetRefusedError("columns", "There is no column \u201cUnit\u201d. Name it so.")
    if broken := next((row for row in sheet.rows if row.problem), None):
        raise SheetRefusedError("row", f"Line {broken.line}: {broken.problem}")
    names = (" ".join(row.cells[place].split()) for row in sheet.rows)
    first: dict[str, str] = {}
    for name in filter(None, names):
        first.setdefault(name.casefold(), name)
    return [*first.values()]
