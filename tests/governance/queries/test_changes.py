"""Proposed changes in words, and for whom they wait."""

from datetime import timedelta

import pytest

from governance.choices import ChangeOutcome
from governance.operations.changes import answer_change
from governance.operations.proposals import propose_appointment, propose_ending
from governance.queries.changes import change_view, ended_changes, waiting_changes
from governance.queries.waiting import waiting
from governance.rules.changes import STANDS_FOR
from kernel.refusals import NotVisibleError
from people.choices import Office
from people.queries import authority_of
from playbook.editions import current
from tests.cast import gather
from tests.changes import WHY
from tests.kept import kept
from tests.make import proof_of


@kept
def cast(noon):
    return gather(noon)


@pytest.fixture
def change(cast, noon):
    return propose_appointment(
        actor=cast.ada,
        user=cast.erin,
        office=Office.COMMITTEE_MEMBER,
        title="Member",
        reason=WHY,
        at=noon,
    )


def at_home(person, at):
    found = waiting(authority_of(person, at), current(), today=at.date(), at=at, limit=5)
    return [one.what for one in found.changes]


def test_it_waits_at_home_for_each_who_may_confirm_it_and_nobody_else(cast, noon, change):
    said = ["Erin Doyle takes up an office: Committee member"]

    told = {name for name in vars(cast) if at_home(getattr(cast, name), noon) == said}
    asked = {name for name in vars(cast) if at_home(getattr(cast, name), noon)}

    assert told == asked == {"hana", "ivo", "cleo"}


def test_it_waits_for_nobody_whom_it_is_about(cast, noon):
    propose_ending(actor=cast.ada, term=cast.term(cast.hana), reason=WHY, at=noon)

    assert at_home(cast.hana, noon) == []
    assert at_home(cast.ivo, noon) == [
        "Hana Okafor no longer holds the office: CHRO, signs for People"
    ]


def test_what_nobody_answered_has_ended(cast, noon, change):
    last = noon + STANDS_FOR

    [found] = waiting_changes(last - timedelta(minutes=1))
    [ended] = ended_changes(last)

    assert (found.id, found.is_open, found.reason) == (change.pk, True, WHY)
    assert (ended.id, ended.is_open, ended.outcome) == (change.pk, False, None)
    assert waiting_changes(last) == ended_changes(last - timedelta(minutes=1)) == []


def test_an_answer_is_told_with_its_words(cast, noon, change):
    answer_change(
        actor=cast.hana,
        change=change,
        outcome=ChangeOutcome.REFUSED,
        proof=proof_of(cast.hana, noon),
        at=noon,
        reason="Later.",
    )

    found = change_view(change.pk, noon)

    assert (found.answered_by, found.answer, found.is_open) == ("Hana Okafor", "Later.", False)


def test_what_is_not_there_is_not_visible(cast, noon):
    with pytest.raises(NotVisibleError):
        change_view(0, noon)
