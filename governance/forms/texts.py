"""Text as it can be sealed: composed, without control characters, blanks trimmed."""

from typing import Self

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


class Choice(str):
    """The name of a choice, and what follows from choosing it."""

    __slots__ = ("follows",)
    follows: str

    def __new__(cls, name: str, follows: str) -> Self:
        made = super().__new__(cls, name)
        made.follows = follows
        return made


def area(rows: int = 3) -> forms.Textarea:
    """Return a box for longer text, in whichever direction it runs."""
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})
