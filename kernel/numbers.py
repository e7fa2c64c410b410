"""Numbers as an address or a form brings them: a few digits, or nothing."""

MOST_DIGITS = 18  # so many always fit in a column of the database
MOST_OF_A_PAGE = 5


def whole_number(word: str, digits: int = MOST_DIGITS) -> int | None:
    """Return the number that a word of at most so many digits names; None for anything else."""
    return int(word) if word.isascii() and word.isdigit() and len(word) <= digits else None


def page_number(word: str) -> int:
    """Return which page of a list a word names: the first, where it names none."""
    return max(whole_number(word, MOST_OF_A_PAGE) or 1, 1)
