"""Text as it can be sealed: composed, without control characters, blanks trimmed."""

from django import forms
from django.core.exceptions import ValidationError

from kernel.canonical import clean_text


class TextField(forms.CharField):
    """A text that people sign or the record keeps."""

    def to_python(self, value: object) -> str:
        try:
            cleaned = clean_text(super().to_python(value) or "")
        except ValueError as error:
            raise ValidationError(str(error)) from error
        return cleaned.strip()


def area(rows: int = 3) -> forms.Textarea:
    """Return a box for longer text, in whichever direction it runs."""
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})
