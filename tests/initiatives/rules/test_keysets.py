import base64
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from initiatives.rules.keysets import LARGEST, Place, moment_of, place_of, token_of

TEXTS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))


@given(TEXTS, st.integers(0, LARGEST))
def test_a_place_comes_back_from_its_word(value, number):
    place = Place(value, number)

    assert place_of(token_of(place)) == place


@pytest.mark.untraced
@given(st.text())
def test_no_word_breaks_anything(token):
    place_of(token)


@pytest.mark.parametrize("token", ["", "x", "W10", "WzEsMl0", "eyJhIjoxfQ", "é"])
def test_a_word_of_somebody_elses_is_no_place(token):
    assert place_of(token) is None


@pytest.mark.parametrize(
    "text", ["[" * 5_000, '["\\ud800", 1]', '["\\u0000", 1]', f"[{'9' * 5_000}, 1]"]
)
def test_what_no_row_can_hold_is_no_place(text):
    assert place_of(base64.urlsafe_b64encode(text.encode()).decode()) is None


def test_a_place_names_a_moment():
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)

    assert moment_of("2026-03-02T13:00:00+01:00") == noon


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2026-03-02T12:00:00", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"],
)
def test_what_no_row_happened_at_is_no_moment(text):
    assert moment_of(text) is None
