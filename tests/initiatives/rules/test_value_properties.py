"""Values hold for whatever is typed."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from initiatives.rules.values import (
    ValueRefusedError,
    clean_value,
)
from kernel.canonical import canonical
from playbook.shapes import Option
from tests.initiatives.rules.test_values import field


@given(st.text(max_size=300), st.sampled_from(["text", "long_text"]))
def test_cleaning_a_text_twice_changes_nothing_and_it_can_be_signed(raw, kind):
    try:
        once = clean_value(field(kind), raw)
    except ValueRefusedError:
        return

    assert clean_value(field(kind), once) == once
    assert canonical(once)


@given(st.decimals(-(10**9), 10**9, places=2))
def test_a_number_survives_exactly(number):
    kept = clean_value(field("number", decimals=2), str(number))

    assert Decimal(kept) == number
    assert clean_value(field("number", decimals=2), kept) == kept
    assert clean_value(field("number", decimals=2), f"{number:,}") == kept


@given(st.one_of(st.text(max_size=40), st.integers(), st.dates(), st.none(), st.binary()))
def test_whatever_is_typed_is_kept_or_refused_but_never_breaks(raw):
    options = (Option(value="yes", label="Yes"),)
    for kind in ("number", "money", "percentage", "date", "choice", "person", "role", "text"):
        try:
            kept = clean_value(field(kind, options=options), raw)
        except ValueRefusedError:
            continue
        assert kept == clean_value(field(kind, options=options), kept)
