from dataclasses import replace

import pytest

from governance.rules.editions import AdoptionFacts, blockers_to_adopt

FIRST = AdoptionFacts(by_administrator=True, is_first=True, is_demo=False, was_adopted=False)


def codes(facts):
    return [one.code for one in blockers_to_adopt(facts)]


def test_the_first_edition_comes_with_the_founding_and_others_in_a_demonstration():
    assert codes(FIRST) == []
    assert codes(replace(FIRST, is_first=False, is_demo=True)) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"by_administrator": False}, "not_administrator"),
        ({"is_first": False}, "two_people"),
        ({"was_adopted": True}, "adopted"),
    ],
)
def test_everything_else_is_refused(changes, code):
    assert codes(replace(FIRST, **changes)) == [code]
