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


@pytest.mark.parametrize("words", ["\u200b", " \u2800\u200b\n"])
def test_words_of_which_nothing_is_seen_are_refused(words):
    with pytest.raises(WordsRefusedError) as refused:
        clean_words(words, field="text", refusal=WordsRefusedError)

    assert [(one.code, one.field) for one in refused.value.blockers] == [("unseen", "text")]
