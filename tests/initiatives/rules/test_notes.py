import pytest

from initiatives.rules.notes import (
    TEXT_LIMIT,
    TITLE_LIMIT,
    NoteFacts,
    blockers_to_share,
    blockers_to_take_back,
)
from people.choices import Side

WHOLE = {"title": "Night rota", "text": "It may be the rota.", "side": Side.PEOPLE}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({"key_side": Side.PEOPLE}, []),
        ({"key_side": Side.TECHNOLOGY}, ["other_key"]),
        ({"side": None}, ["side_missing"]),
        ({"only_reads": True}, ["only_reads"]),
        ({"title": ""}, ["title_missing"]),
        ({"text": ""}, ["text_missing"]),
        ({"title": "x" * (TITLE_LIMIT + 1)}, ["too_long"]),
        ({"text": "x" * (TEXT_LIMIT + 1)}, ["too_long"]),
    ],
)
def test_what_a_note_needs(facts, expected):
    assert [one.code for one in blockers_to_share(NoteFacts(**{**WHOLE, **facts}))] == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"is_author": True, "is_used": False}, []),
        ({"is_author": False, "is_used": False}, ["not_yours"]),
        ({"is_author": True, "is_used": True}, ["used"]),
    ],
)
def test_its_author_takes_it_back_until_a_proposal_begins_with_it(facts, expected):
    assert [one.code for one in blockers_to_take_back(**facts)] == expected
