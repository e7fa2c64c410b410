"""Tags are short and clean, one spelling each; sorting is for whoever works there."""

import pytest

from initiatives.rules.tags import (
    LENGTH,
    MOST,
    SortingFacts,
    blockers_to_sort,
    blockers_to_tag,
    blockers_to_untag,
    clean_tag,
    known,
)


def codes(blockers):
    return [blocker.code for blocker in blockers]


@pytest.mark.parametrize(
    ("typed", "clean"),
    [(" works  council ", "works council"), ("#q3,", "q3"), ("", ""), ("Ünion", "Ünion")],
)
def test_a_tag_is_cleaned(typed, clean):
    assert clean_tag(typed) == clean


@pytest.mark.parametrize("typed", ["\ud800", "a\u202eb"])
def test_what_no_name_can_hold_is_no_tag(typed):
    with pytest.raises(ValueError, match=r"."):
        clean_tag(typed)


@pytest.mark.parametrize(
    ("tag", "present", "found"),
    [
        ("new", ["old"], []),
        ("", [], ["tag_missing"]),
        ("x" * LENGTH, [], []),
        ("x" * (LENGTH + 1), [], ["tag_too_long"]),
        ("a, b", [], ["tag_comma"]),
        ("OLD", ["old"], ["tag_there"]),
        ("new", [str(number) for number in range(MOST)], ["tags_full"]),
        ("0", [str(number) for number in range(MOST)], ["tag_there"]),
    ],
)
def test_what_keeps_a_tag_away(tag, present, found):
    assert codes(blockers_to_tag(tag, present)) == found


def test_only_what_is_there_is_taken_away():
    assert codes(blockers_to_untag("OLD", ["old"])) == []
    assert codes(blockers_to_untag("new", ["old"])) == ["tag_not_there"]


def test_a_tag_is_known_whatever_its_case():
    assert known("works COUNCIL", ["Works council"]) == "Works council"
    assert known("other", ["Works council"]) == ""


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (SortingFacts(), ["not_yours"]),
        (SortingFacts(is_on_a_side=True), []),
        (SortingFacts(is_administrator=True), []),
    ],
)
def test_who_sorts(facts, found):
    assert codes(blockers_to_sort(facts)) == found
