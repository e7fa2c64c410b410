"""The page of the scores shows one's own side while it is blind, and both once they are shown."""

import pytest

from initiatives.choices import MemberRole
from initiatives.operations.discussions import discuss_difference
from initiatives.operations.memberships import set_member
from initiatives.operations.opportunities import give_scores, score_again
from initiatives.queries.memberships import part_of
from initiatives.queries.scores_page import scores_page
from journal.operations import erase_text
from people.choices import Side
from playbook.editions import current

TALK = "We count the hours of one depot first."


@pytest.fixture
def give(helper, noon):
    def act(person, side, n=1, **values):
        whole = {one.key: 4 for one in current().scoring.of(side)} | values
        return give_scores(actor=person, initiative=helper, values=whole, n=n, at=noon)

    return act


@pytest.fixture
def seen(helper, may):
    """What somebody sees: seen(cast.petra)."""
    return lambda person: scores_page(helper, part_of(helper, may(person)), current())


def test_while_it_is_blind_each_scorer_sees_the_own_side(give, seen, cast, helper, noon):
    give(cast.tariq, Side.TECHNOLOGY, value=2)
    set_member(
        actor=cast.petra,
        initiative=helper,
        user=cast.max,
        side=Side.PEOPLE,
        role=MemberRole.CONTRIBUTOR,
        at=noon,
    )

    assert seen(cast.tariq).own["value"] == seen(cast.ivo).own["value"] == 2
    for person in (cast.petra, cast.hana, cast.max, cast.cleo, cast.kim, cast.audrey, cast.ada):
        page = seen(person)
        assert (dict(page.own), page.compared, page.shown) == ({}, (), None)
        assert page.facts.given == {Side.TECHNOLOGY: 6, Side.PEOPLE: 0}
    assert seen(cast.hana).may_score
    assert not seen(cast.max).may_score
    assert not seen(cast.cleo).may_score


def test_once_shown_every_reader_sees_both_and_what_lies_apart(give, seen, cast, helper, noon):
    give(cast.tariq, Side.TECHNOLOGY, value=2)
    give(cast.petra, Side.PEOPLE, pain=5)
    discuss_difference(actor=cast.petra, initiative=helper, criterion="value", text=TALK, at=noon)

    page = seen(cast.audrey)

    rows = {row.criterion.key: row for row in page.compared}
    assert (rows["pain"].technology, rows["pain"].people) == (None, 5)
    assert rows["pain"].distance is None
    assert (rows["value"].technology, rows["value"].people, rows["value"].distance) == (2, 4, 2)
    assert rows["value"].must_talk
    assert not rows["value"].is_open
    assert not rows["reversibility"].must_talk
    assert [(one.name, one.text) for one in rows["value"].talks] == [("Petra Novak", TALK)]
    assert page.open_differences == ()
    assert page.own_sheet == ()
    assert len(seen(cast.petra).own_sheet) == 6


def test_a_new_scoring_is_blind_again_beside_the_last_result(give, seen, cast, helper, noon):
    give(cast.tariq, Side.TECHNOLOGY)
    give(cast.petra, Side.PEOPLE, value=1)
    score_again(actor=cast.ivo, initiative=helper, reason=TALK, at=noon)
    give(cast.tariq, Side.TECHNOLOGY, n=2, value=5)

    page = seen(cast.petra)

    assert (page.n, page.reason) == (2, TALK)
    assert dict(page.own) == {}
    assert {row.criterion.key: row.technology for row in page.compared}["value"] == 4
    assert [one.n for one in page.earlier] == [1]
    assert [one.criterion.key for one in page.open_differences] == ["value"]


def test_a_talk_whose_words_were_erased_says_so(give, seen, cast, helper, noon):
    give(cast.tariq, Side.TECHNOLOGY, value=2)
    give(cast.petra, Side.PEOPLE)
    talk = discuss_difference(
        actor=cast.petra, initiative=helper, criterion="value", text=TALK, at=noon
    )
    erase_text(sealed=talk.sealed, actor=cast.ada, reason="asked for", at=noon)

    assert seen(cast.hana).open_differences == ()
    texts = [one.text for row in seen(cast.hana).compared for one in row.talks]
    assert texts == ["words erased"]
