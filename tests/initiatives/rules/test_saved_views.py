import pytest

from initiatives.rules.saved_views import (
    MOST,
    NAME_LENGTH,
    QUERY_LENGTH,
    ViewFacts,
    blockers_to_name,
    blockers_to_save,
)


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (ViewFacts("Mine"), []),
        (ViewFacts(""), ["name_missing"]),
        (ViewFacts("x" * NAME_LENGTH), []),
        (ViewFacts("x" * (NAME_LENGTH + 1)), ["name_too_long"]),
        (ViewFacts("Mine", is_taken=True), ["name_taken"]),
        (ViewFacts("Mine", "q" * (QUERY_LENGTH + 1)), ["query_too_long"]),
        (ViewFacts("Mine", kept=MOST), ["full"]),
        (
            ViewFacts("", "q" * (QUERY_LENGTH + 1), kept=MOST),
            ["name_missing", "query_too_long", "full"],
        ),
    ],
)
def test_what_keeps_a_view_from_being_saved(facts, found):
    assert [blocker.code for blocker in blockers_to_save(facts)] == found


def test_a_name_alone_is_judged_when_a_view_is_renamed():
    facts = ViewFacts("Mine", "q" * (QUERY_LENGTH + 1), is_taken=True, kept=MOST)

    assert [blocker.code for blocker in blockers_to_name(facts)] == ["name_taken"]
