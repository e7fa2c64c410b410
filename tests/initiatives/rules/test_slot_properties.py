"""Cleaning, and what counts as the same, hold for whatever is typed into a slot."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from initiatives.rules.slots import (
    CleanSlot,
    clean_slot,
    is_same,
)
from kernel.canonical import canonical
from tests.initiatives.rules.test_slots import SLOT

TEXTS = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=30)


ROWS = st.lists(
    st.fixed_dictionaries(
        {}, optional={"role": TEXTS, "task": TEXTS, "people": st.integers(0, 10**9)}
    ),
    max_size=6,
)


FORMS = st.fixed_dictionaries(
    {},
    optional={
        "title": TEXTS,
        "story": TEXTS,
        "cost": st.decimals(0, 10**9, places=2),
        "by": st.dates(date(1900, 1, 1), date(2199, 12, 31)),
        "passed": st.sampled_from(["yes", "no", ""]),
        "rows": ROWS,
    },
)


def as_typed(clean: CleanSlot) -> dict:
    typed = {key: value for key, value in clean.open.items() if key != "rows"}
    typed |= {key: text for key, text in clean.texts.items() if "." not in key}
    return {**typed, "rows": clean.rows("rows")}


@given(FORMS)
def test_cleaning_what_is_clean_changes_nothing(raw):
    once = clean_slot(SLOT, raw)

    again = clean_slot(SLOT, as_typed(once))

    assert again == once
    assert is_same(again, once)
    assert canonical(once.open)
    assert canonical(once.texts)


@given(FORMS, st.randoms(use_true_random=False))
def test_the_order_of_rows_never_makes_a_version(raw, random):
    shuffled = list(raw.get("rows", []))
    random.shuffle(shuffled)

    one, other = clean_slot(SLOT, raw), clean_slot(SLOT, {**raw, "rows": shuffled})

    assert is_same(one, other)
    assert is_same(other, one)


@given(FORMS, FORMS)
def test_sameness_works_both_ways(first, second):
    one, other = clean_slot(SLOT, first), clean_slot(SLOT, second)

    assert is_same(one, one)
    assert is_same(one, other) == is_same(other, one)
