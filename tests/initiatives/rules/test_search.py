"""Where a text says what was asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from initiatives.rules.search import EXCERPT, excerpt, gate_asked, pieces


def said(parts) -> str:
    return "".join(f"[{part.text}]" if part.is_match else part.text for part in parts)


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("Shift planner", ("shi",), "[Shi]ft planner"),
        ("Planned shift", ("shift", "pla"), "[Pla]nned [shift]"),
        ("co-sign snake_sign resign", ("sign",), "co-[sign] snake_[sign] resign"),
        ("a+b (c)", ("(c",), "a+b [(c])"),
        ("nothing here", ("zzz",), "nothing here"),
        ("nothing asked", (), "nothing asked"),
        ("", ("a",), ""),
        ("ab abc", ("ab", "abc"), "[ab] [abc]"),
    ],
)
def test_the_beginnings_of_words_stand_apart(text, words, shown):
    assert said(pieces(text, words)) == shown


@given(st.text(), st.lists(st.text(min_size=1), max_size=8))
def test_no_letter_is_lost(text, words):
    assert "".join(part.text for part in pieces(text, words)) == text


def test_the_text_that_says_most_of_the_words_is_shown():
    texts = ["a shift", "a plan for the shift", "nothing"]

    assert said(excerpt(texts, ("shift", "plan"))) == "a [plan] for the [shift]"


def test_nothing_is_shown_where_no_text_says_it():
    assert excerpt(["one", "two"], ("three",)) == ()
    assert excerpt([], ("three",)) == ()


def test_a_long_text_is_cut_between_words_around_the_match():
    text = "begin " + "before " * 40 + "match " + "after " * 60 + "end"

    shown = said(excerpt([text], ("match",)))

    assert shown.startswith("… before")
    assert "[match]" in shown
    assert shown.endswith("after …")
    assert len(shown) <= EXCERPT + len("… []…  ")


def test_a_word_of_endless_length_is_still_shown():
    assert "[x]" in said(excerpt(["y" * 500 + " " + "x" * 500], ("x",)))
    assert said(excerpt(["x" * 500], ("x",))).startswith("[x]x")


def test_the_end_of_a_text_needs_no_sign_that_it_goes_on():
    shown = said(excerpt(["word " * 60 + "match"], ("match",)))

    assert shown.endswith("[match]")


@pytest.mark.parametrize(
    ("words", "gate", "rest"),
    [
        (("gate", "2", "shift"), "2", ("shift",)),
        (("shift", "Gate", "4"), "4", ("shift",)),
        (("gate", "9"), "", ("gate", "9")),
        (("gate",), "", ("gate",)),
        ((), "", ()),
    ],
)
def test_a_gate_may_be_named_among_the_words(words, gate, rest):
    assert gate_asked(words) == (gate, rest)
