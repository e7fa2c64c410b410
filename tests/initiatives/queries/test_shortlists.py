"""Every shortlist is kept; of what one does not read only the number is told."""

from datetime import date

import pytest

from initiatives.operations.shortlists import (
    ShortlistRefusedError,
    answer_shortlist,
    propose_shortlist,
)
from initiatives.queries.shortlists import agreed_keys, nearest_word, shortlisted, shortlists
from journal.models import Installation
from people.choices import Side
from tests.gates import company, make_world, score
from tests.kept import kept

Q1, Q2 = date(2027, 1, 1), date(2027, 4, 1)
REASON = "One of the two is enough for a quarter."


@kept
def cast(noon):
    return company(noon)


@kept
def ranked(cast, noon):
    found = [make_world(noon, cast=cast, name=f"Helper {n}") for n in range(2)]
    for world in found:
        score(world, at=noon)
    return [world.initiative for world in found]


@pytest.fixture
def propose(cast, noon):
    def act(person, chosen, quarter=Q1, words=""):
        keys = [one.pk for one in chosen]
        return propose_shortlist(actor=person, quarter=quarter, chosen=keys, words=words, at=noon)

    return act


@pytest.fixture
def reply(cast, noon):
    def act(person, shortlist, *, is_agreed=True, reason=""):
        answer_shortlist(
            actor=person, shortlist_id=shortlist.pk, is_agreed=is_agreed, reason=reason, at=noon
        )

    return act


def test_lists_tell_their_story_the_latest_first(ranked, propose, reply, cast):
    reply(cast.hana, propose(cast.ivo, ranked), is_agreed=False, reason=REASON)
    reply(cast.hana, propose(cast.ivo, ranked[:1], words=REASON))
    propose(cast.hana, ranked)
    propose(cast.hana, ranked, quarter=Q2)

    found = shortlists(None)

    assert [(one.word, one.n) for one in found] == [
        ("Q2 2027", 1),
        ("Q1 2027", 3),
        ("Q1 2027", 2),
        ("Q1 2027", 1),
    ]
    assert [one.is_waiting for one in found] == [True, True, False, False]
    assert [one.is_in_force for one in found] == [False, False, True, False]
    agreed, refused = found[2], found[3]
    assert (agreed.by, agreed.words, agreed.side) == (cast.ivo.name, REASON, Side.TECHNOLOGY)
    assert (agreed.answered_by, agreed.answered_side) == (cast.hana.name, Side.PEOPLE)
    assert [one.code for one in agreed.initiatives] == ["AI-001"]
    assert (refused.is_answered, refused.is_agreed, refused.reason) == (True, False, REASON)
    assert shortlists(None, since=Q2) == found[:1]


def test_of_what_one_does_not_read_the_number_is_told(ranked, propose, cast):
    propose(cast.ivo, ranked)

    (found,) = shortlists(frozenset({ranked[1].pk}))

    assert [one.name for one in found.initiatives] == ["Helper 1"]
    assert found.hidden == 1


def test_the_last_agreed_list_of_a_quarter_is_in_force(ranked, propose, reply, cast):
    reply(cast.hana, propose(cast.ivo, ranked))
    reply(cast.ivo, propose(cast.hana, ranked[:1]))
    reply(cast.ivo, propose(cast.hana, ranked, quarter=Q2))
    one, two = (initiative.pk for initiative in ranked)

    assert agreed_keys(Q1) == [one]
    assert shortlisted([one, two], date(2026, 12, 3)) == {one: "Q1 2027", two: "Q2 2027"}
    assert shortlisted([one, two], Q2) == {one: "Q2 2027", two: "Q2 2027"}
    assert shortlisted([one], date(2027, 7, 1)) == {}


def test_quarters_are_those_of_the_fiscal_year(ranked, propose, reply, cast):
    Installation.objects.update(fiscal_month=2)
    february = date(2027, 2, 1)
    reply(cast.hana, propose(cast.ivo, ranked[:1], quarter=february))

    assert shortlisted([ranked[0].pk], date(2027, 4, 30)) == {ranked[0].pk: "Q1 2027/28"}
    with pytest.raises(ShortlistRefusedError):
        propose(cast.ivo, ranked, quarter=Q1)


@pytest.mark.django_db
def test_the_nearest_quarter_from_today_on_is_named():
    assert nearest_word([Q2, Q1], date(2027, 3, 31)) == "Q1 2027"
    assert nearest_word([Q1], Q2) == ""
    assert nearest_word([], Q1) == ""
