import pytest

from kernel.numbers import page_number, whole_number


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("0", 0),
        ("007", 7),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, None),
        ("9" * 5_000, None),
        ("", None),
        ("-1", None),
        ("1.0", None),
        (" 1", None),
        ("٣", None),
        ("²", None),
    ],
)
def test_a_number_is_a_few_digits_and_nothing_else(word, number):
    assert whole_number(word) == number


def test_a_shorter_measure_is_held_to():
    assert (whole_number("999", 3), whole_number("1000", 3)) == (999, None)


@pytest.mark.parametrize(
    ("word", "page"), [("", 1), ("x", 1), ("0", 1), ("1", 1), ("12", 12), ("123456", 1)]
)
def test_a_page_that_is_none_is_the_first(word, page):
    assert page_number(word) == page
