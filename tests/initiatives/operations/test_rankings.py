"""Moving in the joint order: either key, with a reason, kept for good."""

from datetime import timedelta

import pytest

from initiatives.choices import Standing
from initiatives.models import Placing
from initiatives.operations.opportunities import give_scores
from initiatives.operations.rankings import RankingRefusedError, move_initiative
from initiatives.queries.rankings import places
from journal.queries import Happened, history
from kernel.refusals import ForbiddenError, NotVisibleError
from people.choices import Side
from playbook.editions import current
from tests.kept import kept

REASON = "It unblocks the others."


@kept
def ranked(helper, cast, noon):
    for person, side in ((cast.tariq, Side.TECHNOLOGY), (cast.petra, Side.PEOPLE)):
        values = {one.key: 4 for one in current().scoring.of(side)}
        give_scores(actor=person, initiative=helper, values=values, n=1, at=noon)
    return helper


def move(person, initiative, at, place=1, reason=REASON):
    return move_initiative(actor=person, initiative=initiative, place=place, reason=reason, at=at)


def test_a_key_moves_it_and_puts_it_back(ranked, cast, noon):
    move(cast.hana, ranked, noon)
    back = move(cast.ivo, ranked, noon + timedelta(hours=1), place=None)

    assert (back.place, back.side, back.reason.text) == (None, "technology", REASON)
    assert places() == {ranked.pk: 1}
    assert Happened(history(ranked)[0]).data == {"place": None, "from": 1, "side": "technology"}


def test_nobody_else_moves_it(ranked, cast, noon):
    for person, wrong in (
        (cast.petra, ForbiddenError),
        (cast.cleo, ForbiddenError),
        (cast.kim, ForbiddenError),
        (cast.erin, NotVisibleError),
    ):
        with pytest.raises(wrong):
            move(person, ranked, noon)

    assert not Placing.objects.exists()


@pytest.mark.parametrize(
    ("place", "reason", "code"),
    [
        (2, REASON, "place"),
        (None, REASON, "not_moved"),
        (1, "", "too_short"),
        (1, "a half \ud800 character", "broken"),
    ],
)
def test_a_wrong_move_is_refused(ranked, cast, noon, place, reason, code):
    with pytest.raises(RankingRefusedError) as refused:
        move(cast.hana, ranked, noon, place, reason)

    assert list(refused.value.codes) == [code]


def test_what_is_not_scored_is_not_ranked(helper, cast, noon):
    with pytest.raises(RankingRefusedError) as refused:
        move(cast.hana, helper, noon)

    assert list(refused.value.codes) == ["not_revealed"]


def test_what_has_ended_is_not_ranked_any_more(ranked, cast, noon):
    ranked.standing = Standing.CLOSED
    ranked.save(update_fields=["standing"])

    assert places() == {}
    with pytest.raises(RankingRefusedError, match="has ended"):
        move(cast.hana, ranked, noon)
