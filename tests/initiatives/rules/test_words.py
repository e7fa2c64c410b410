"""Words are kept tidy, and what cannot be kept is refused at its field."""

import pytest

from initiatives.rules.words import clean_words
from kernel.refusals import RefusedError


class WordsRefusedError(RefusedError):
    """For the test."""


def test_blanks_around_words_are_dropped():
    assert clean_words("  two\r\nlines ", field="text", refusal=WordsRefusedError) == "two\nlines"


def test_half_a_character_is_refused_at_its_field():
    with pytest.raises(WordsRefusedError) as refused:
        clean_words("half \ud800", field="text", refusal=WordsRefusedError)

    assert [(one.code, one.field) for one in refused.value.blockers] == [("broken", "text")]
