"""What a name in the workforce may be."""

from kernel.canonical import clean_text


def tidy_name(text: str) -> str:
    """Return `text` as a name: NFC, one line, single blanks.

    :raises ValueError: for half characters.
    """
    return " ".join(clean_text(text).split())
