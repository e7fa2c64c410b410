"""How far a scoring has come is told to everybody; what a side gave is read for that side alone."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.operations.discussions import discuss_difference
from initiatives.operations.opportunities import give_scores, score_again
from initiatives.queries.opportunities import (
    is_revealed,
    newest_scoring,
    scored_now,
    scored_words,
    sheet_of,
    values_of,
)
from initiatives.queries.visibility import get_initiative
from people.choices import Side
from playbook.editions import current

DAY = date(2026, 12, 3)
TALK = "We count the hours of one depot first."


@pytest.fixture
def give(helper, noon):
    def act(person, side, n=1, **values):
        whole = {one.key: 4 for one in current().scoring.of(side)} | values
        return give_scores(actor=person, initiative=helper, values=whole, n=n, at=noon)

    return act


def told(helper, who):
    """Return what the gate and the page of the initiative are told, each read its own way."""
    read = get_initiative(helper.number, who)
    assert scored_now(helper, current()) == scored_now(read, current())
    return scored_words(read, current(), on=DAY)


def test_nothing_scored_is_told_by_the_playbook_in_force(helper, cast, may):
    words = told(helper, may(cast.hana))

    assert newest_scoring(helper) is None
    assert not is_revealed(None)
    assert sheet_of(None, current()) == current().scoring
    assert (words.priority, words.quarter) == (None, "")
    assert words.missing == "Scored so far: Technology 0 of 6, People 0 of 6."


def test_one_side_is_told_by_its_count(give, helper, cast, may):
    give(cast.tariq, Side.TECHNOLOGY)

    assert told(helper, may(cast.hana)).missing == (
        "Scored so far: Technology 6 of 6, People 0 of 6."
    )


def test_a_difference_is_open_until_it_is_talked_over(give, helper, cast, may, noon):
    give(cast.tariq, Side.TECHNOLOGY, value=2, reversibility=1)
    give(cast.petra, Side.PEOPLE)
    before = told(helper, may(cast.hana))
    for key in ("value", "value", "reversibility"):
        discuss_difference(actor=cast.petra, initiative=helper, criterion=key, text=TALK, at=noon)

    assert before.missing == "2 wide differences are not talked over yet."
    assert told(helper, may(cast.hana)).missing == ""


def test_a_new_scoring_begins_at_nothing_and_the_last_result_stands(give, helper, cast, may, noon):
    give(cast.tariq, Side.TECHNOLOGY)
    give(cast.petra, Side.PEOPLE)
    score_again(actor=cast.ivo, initiative=helper, reason=TALK, at=noon)
    give(cast.petra, Side.PEOPLE, n=2)

    words = told(helper, may(cast.hana))

    assert str(words.priority) == "4.0"
    assert words.missing == "Scored so far: Technology 0 of 6, People 6 of 6."


def test_only_the_values_of_the_sides_asked_for_leave_the_database(give, helper, cast):
    give(cast.tariq, Side.TECHNOLOGY, value=2)
    scoring = give(cast.petra, Side.PEOPLE, value=5)

    with CaptureQueriesContext(connection) as seen:
        found = values_of(scoring, [Side.PEOPLE])

    assert found.keys() == {Side.PEOPLE}
    assert found[Side.PEOPLE]["value"] == 5
    assert "'people'" in seen.captured_queries[0]["sql"]
    assert "'technology'" not in seen.captured_queries[0]["sql"]
