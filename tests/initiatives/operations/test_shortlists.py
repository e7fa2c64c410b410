"""The quarter's shortlist: one side proposes, the other agrees, two people, all of it kept."""

from datetime import date, timedelta

import pytest

from initiatives.models import Shortlist, ShortlistAnswer
from initiatives.operations.opportunities import give_scores
from initiatives.operations.shortlists import (
    ShortlistRefusedError,
    answer_shortlist,
    propose_shortlist,
)
from initiatives.queries.shortlists import shortlisted
from journal.models import Entry
from journal.queries import Happened
from kernel.refusals import ForbiddenError, NotVisibleError
from people.choices import Side
from playbook.editions import current
from tests.kept import kept

QUARTER = date(2027, 1, 1)
REASON = "One of the two is enough for a quarter."


@kept
def ranked(helper, cast, noon):
    for person, side in ((cast.tariq, Side.TECHNOLOGY), (cast.petra, Side.PEOPLE)):
        values = {one.key: 4 for one in current().scoring.of(side)}
        give_scores(actor=person, initiative=helper, values=values, n=1, at=noon)
    return helper


@pytest.fixture
def propose(ranked, cast, noon):
    def act(person=cast.ivo, *, chosen=None, quarter=QUARTER, words="", at=noon):
        chosen = [ranked.pk] if chosen is None else chosen
        return propose_shortlist(actor=person, quarter=quarter, chosen=chosen, words=words, at=at)

    return act


@pytest.fixture
def reply(cast, noon):
    def act(shortlist, person=cast.hana, *, is_agreed=True, reason="", at=noon):
        return answer_shortlist(
            actor=person, shortlist_id=shortlist.pk, is_agreed=is_agreed, reason=reason, at=at
        )

    return act


def last():
    return Happened(Entry.objects.latest("seq"))


def codes(raised):
    return list(raised.value.codes)


def test_a_list_counts_once_the_other_side_agrees(propose, reply, ranked, noon):
    proposed = propose(words="The one that both sides want.")
    assert shortlisted([ranked.pk], noon.date()) == {}

    reply(proposed)

    assert shortlisted([ranked.pk], noon.date()) == {ranked.pk: "Q1 2027"}
    assert proposed.words.text == "The one that both sides want."
    assert [one.place for one in proposed.places.all()] == [1]
    assert last().data == {"quarter": "2027-01-01", "n": 1, "side": "people", "agreed": True}


def test_a_list_that_is_over_is_not_shown_any_more(propose, reply, ranked):
    reply(propose())

    assert shortlisted([ranked.pk], date(2027, 3, 31)) == {ranked.pk: "Q1 2027"}
    assert shortlisted([ranked.pk], date(2027, 4, 1)) == {}


def test_it_takes_two_people_of_two_sides(propose, reply, cast):
    proposed = propose()

    with pytest.raises(ShortlistRefusedError) as refused:
        reply(proposed, cast.ivo)

    assert codes(refused) == ["own_side"]
    assert not ShortlistAnswer.objects.exists()


def test_a_newer_list_takes_the_place_of_the_one_that_waits(propose, reply, cast):
    first = propose()
    second = propose(cast.hana)

    with pytest.raises(ShortlistRefusedError) as refused:
        reply(first)
    reply(second, cast.ivo)

    assert codes(refused) == ["replaced"]
    assert (first.n, second.n) == (1, 2)


def test_a_no_has_a_reason_and_leaves_what_was_agreed_in_force(propose, reply, ranked, noon):
    with pytest.raises(ShortlistRefusedError) as refused:
        reply(propose(), is_agreed=False)
    answer = reply(Shortlist.objects.get(), is_agreed=False, reason=REASON)
    with pytest.raises(ShortlistRefusedError) as twice:
        reply(Shortlist.objects.get())

    assert codes(refused) == ["too_short"]
    assert codes(twice) == ["answered"]
    assert answer.reason.text == REASON
    assert shortlisted([ranked.pk], noon.date()) == {}


def test_the_same_list_is_not_proposed_again_once_it_is_agreed(propose, reply, noon):
    reply(propose())

    with pytest.raises(ShortlistRefusedError) as refused:
        propose(at=noon + timedelta(days=1))

    assert codes(refused) == ["same"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"chosen": []}, "nothing"),
        ({"chosen": [10**9]}, "not_ranked"),
        ({"quarter": date(2026, 7, 1)}, "quarter"),
        ({"quarter": date(2027, 2, 1)}, "quarter"),
        ({"words": "a half \ud800 character"}, "broken"),
    ],
)
def test_a_wrong_list_is_refused_and_nothing_is_kept(propose, change, code):
    with pytest.raises(ShortlistRefusedError) as refused:
        propose(**change)

    assert codes(refused) == [code]
    assert not Shortlist.objects.exists()


def test_only_keys_settle_it(propose, reply, cast):
    proposed = propose()

    for person, wrong in (
        (cast.petra, ForbiddenError),
        (cast.cleo, ForbiddenError),
        (cast.audrey, ForbiddenError),
        (cast.erin, NotVisibleError),
    ):
        with pytest.raises(wrong):
            propose(person)
        with pytest.raises(wrong):
            reply(proposed, person)


def test_a_list_that_is_not_there_is_not_answered(ranked, cast, noon):
    with pytest.raises(NotVisibleError):
        answer_shortlist(actor=cast.hana, shortlist_id=10**9, is_agreed=True, at=noon)
