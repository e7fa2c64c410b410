import pytest
from hypothesis import given
from hypothesis import strategies as st

from initiatives.rules.keysets import LARGEST, Place, place_of, token_of

TEXTS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))


@given(TEXTS, st.integers(0, LARGEST))
def test_a_place_comes_back_from_its_word(value, number):
    place = Place(value, number)

    assert place_of(token_of(place)) == place


@given(st.text())
def test_no_word_breaks_anything(token):
    place_of(token)


@pytest.mark.parametrize("token", ["", "x", "W10", "WzEsMl0", "eyJhIjoxfQ", "é"])
def test_a_word_of_somebody_elses_is_no_place(token):
    assert place_of(token) is None
