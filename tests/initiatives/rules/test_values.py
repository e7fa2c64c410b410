from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from initiatives.rules.values import (
    Registers,
    ValueRefusedError,
    clean_value,
    exact,
    is_blank,
    plain_number,
)
from playbook.shapes import Field, Option


def field(kind: str, **shape) -> Field:
    return Field(key="it", label="It", type=kind, **shape)


def refusal(shape: Field, raw: object, registers: Registers | None = None) -> str:
    with pytest.raises(ValueRefusedError) as caught:
        clean_value(shape, raw, registers or Registers())
    assert caught.value.message
    assert str(caught.value) == caught.value.message
    return caught.value.code


@pytest.mark.parametrize(
    ("raw", "decimals", "kept"),
    [
        ("1200.5", 2, "1200.50"),
        ("1,200.50", 2, "1200.50"),
        ("1 200", 0, "1200"),
        ("1\u00a0200", 0, "1200"),
        ("1\u202f200\u202f000", 0, "1200000"),
        ("1'200", 0, "1200"),
        ("1\u2019200", 0, "1200"),
        ("-3", 0, "-3"),
        ("\u22123", 0, "-3"),
        ("-0.00", 2, "0.00"),
        ("007", 0, "7"),
        ("1.500", 1, "1.5"),
        ("0.5", 1, "0.5"),
        (" 12 ", 0, "12"),
        (12, 2, "12.00"),
        (-12, 0, "-12"),
        (Decimal("1E+2"), 0, "100"),
        (Decimal("12.50"), 1, "12.5"),
        ("9999999999999.99", 2, "9999999999999.99"),
        ("", 2, ""),
        (None, 2, ""),
        ("\u200b \u00a0", 2, ""),
    ],
)
def test_a_number_is_kept_with_exactly_its_decimals(raw, decimals, kept):
    assert clean_value(field("number", decimals=decimals), raw) == kept


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("12,5", "not_a_number"),
        ("1.200,50", "not_a_number"),
        ("1,20", "not_a_number"),
        ("1,200 300", "not_a_number"),
        ("12,3456", "not_a_number"),
        ("$12", "not_a_number"),
        ("12%", "not_a_number"),
        ("1e3", "not_a_number"),
        ("NaN", "not_a_number"),
        ("Infinity", "not_a_number"),
        (".5", "not_a_number"),
        ("5.", "not_a_number"),
        ("+5", "not_a_number"),
        ("--5", "not_a_number"),
        ("\u0661\u0662", "not_a_number"),
        ("twelve", "not_a_number"),
        ("1.234", "too_precise"),
        ("0.001", "too_precise"),
        ("9" * 14, "too_large"),
        ("9" * 5_000, "too_large"),
        (10**400, "too_large"),
        (Decimal("NaN"), "not_a_number"),
        (1.5, "not_exact"),
        (True, "not_exact"),
        (datetime(2026, 1, 1, tzinfo=UTC), "wrong_type"),
        (["1"], "wrong_type"),
        ("\ud800", "broken_character"),
    ],
)
def test_a_number_that_would_have_to_be_guessed_is_refused(raw, code):
    assert refusal(field("number", decimals=2), raw) == code


def test_a_whole_number_says_that_it_must_be_whole():
    with pytest.raises(ValueRefusedError, match="a whole number"):
        clean_value(field("number"), "1.5")
    with pytest.raises(ValueRefusedError, match="at most 2 decimals"):
        clean_value(field("number", decimals=2), "1.555")


@pytest.mark.parametrize(
    ("shape", "raw", "code"),
    [
        (field("number", min_value=Decimal(1)), "0", "too_small"),
        (field("number", max_value=Decimal(4)), "5", "too_big"),
        (field("money", decimals=2), "-1", "too_small"),
        (field("percentage"), "-1", "too_small"),
        (field("percentage"), "101", "too_big"),
    ],
)
def test_a_number_stays_within_its_bounds(shape, raw, code):
    assert refusal(shape, raw) == code


def test_the_playbook_may_widen_the_bounds():
    assert clean_value(field("percentage", max_value=Decimal(500)), "120 %") == "120"
    assert clean_value(field("money", decimals=2, min_value=Decimal(-5)), "-5") == "-5.00"
    assert clean_value(field("number", min_value=Decimal(1), max_value=Decimal(4)), "4") == "4"


def test_a_percentage_may_carry_its_sign():
    assert clean_value(field("percentage"), "85%") == "85"
    assert clean_value(field("percentage", decimals=1), "85.5 %") == "85.5"


@pytest.mark.parametrize("raw", ["2027-03-31", " 2027-03-31 ", date(2027, 3, 31)])
def test_a_date_is_kept_as_iso(raw):
    assert clean_value(field("date"), raw) == "2027-03-31"


@pytest.mark.parametrize(
    "raw",
    ["31.03.2027", "2027-02-30", "2027-3-1", "20270331", "2027-W01-1", "1899-12-31", "2200-01-01"],
)
def test_what_is_no_day_is_refused(raw):
    assert refusal(field("date"), raw) == "not_a_date"


def test_a_choice_is_one_of_its_options():
    shape = field("choice", options=(Option(value="yes", label="Yes"),))

    assert clean_value(shape, " yes ") == "yes"
    assert refusal(shape, "Yes") == "not_offered"


@pytest.mark.parametrize(("kind", "code"), [("person", "unknown_person"), ("role", "unknown_role")])
def test_a_reference_is_taken_as_given_or_must_be_known(kind, code):
    known = Registers(people={"p-1"}, roles={"p-1"})

    assert clean_value(field(kind), " p-1 ") == "p-1"
    assert clean_value(field(kind), "anyone") == "anyone"
    assert clean_value(field(kind), "p-1", known) == "p-1"
    assert refusal(field(kind), "p-2", known) == code
    assert refusal(field(kind), "x" * 501) == "too_long"


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("  a \n b\t c ", "a b c"),
        ("e\u0301", "\u00e9"),
        ("a\x00b\x07", "ab"),
        ("\u200fright to left", "\u200fright to left"),
        ("=1+1", "=1+1"),
        ("<script>", "<script>"),
        ("\U0001f600", "\U0001f600"),
        ("\u200b\u200d ", ""),
        ("x" * 500, "x" * 500),
    ],
)
def test_a_text_is_one_clean_line(raw, kept):
    assert clean_value(field("text"), raw) == kept


def test_a_long_text_keeps_its_paragraphs_and_loses_loose_ends():
    raw = "\r\n  first  \r\n\r\n\tsecond\t\n\n"

    assert clean_value(field("long_text"), raw) == "first\n\n\tsecond"


@pytest.mark.parametrize(("kind", "most"), [("text", 500), ("long_text", 10_000)])
def test_a_text_that_is_too_long_is_refused_not_cut(kind, most):
    assert clean_value(field(kind), "x" * most) == "x" * most
    assert refusal(field(kind), "x" * (most + 1)) == "too_long"


def test_half_of_a_character_is_refused():
    assert refusal(field("text"), "a\udfff") == "broken_character"


def test_only_running_text_may_turn_the_direction_of_reading():
    assert refusal(field("text"), "a\u202eb") == "turned"
    assert clean_value(field("long_text"), "a \u2067b\u2069 c") == "a \u2067b\u2069 c"


def test_a_refusal_names_the_field_and_its_place():
    shape = field("number")
    with pytest.raises(ValueRefusedError) as caught:
        clean_value(shape, "x")

    blocker = caught.value.blocker(shape, "rows.0.it")

    assert (blocker.code, blocker.field) == ("not_a_number", "rows.0.it")
    assert blocker.message.startswith("It: Write it in digits")


@pytest.mark.parametrize(
    ("number", "said"), [("12.50", "12.5"), ("1200", "1200"), ("0.00", "0"), ("-3.10", "-3.1")]
)
def test_a_number_is_said_without_empty_zeros(number, said):
    assert plain_number(Decimal(number)) == said


def test_what_is_no_number_is_none():
    assert exact("12.50") == Decimal("12.50")
    assert exact("soon") is None
    assert exact("") is None


def test_blank_is_what_nobody_sees():
    assert is_blank("")
    assert is_blank(" \n\u200b")
    assert not is_blank(" . ")
