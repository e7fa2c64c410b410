"""A wide difference is talked over in words that are kept; where none lies, there is no talk."""

import pytest

from initiatives.choices import Standing
from initiatives.models import Discussion
from initiatives.operations.discussions import discuss_difference
from initiatives.operations.opportunities import ScoresRefusedError, give_scores
from kernel.refusals import ForbiddenError, NotVisibleError
from people.choices import Side
from playbook.editions import current
from tests.kept import kept

TEXT = "We count the hours of one depot first."


@pytest.fixture
def talk(helper, noon):
    def act(person, criterion="value", text=TEXT):
        return discuss_difference(
            actor=person, initiative=helper, criterion=criterion, text=text, at=noon
        )

    return act


def score(helper, noon, person, side, **values):
    given = {one.key: 4 for one in current().scoring.of(side)} | values
    give_scores(actor=person, initiative=helper, values=given, n=1, at=noon)


@kept
def apart(helper, cast, noon):
    score(helper, noon, cast.tariq, Side.TECHNOLOGY, value=2)
    score(helper, noon, cast.petra, Side.PEOPLE)


def test_each_side_may_add_its_words(apart, talk, cast):
    talk(cast.petra)
    talk(cast.tariq, text="Agreed: one depot, four weeks.")

    assert [one.side for one in Discussion.objects.order_by("pk")] == ["people", "technology"]


@pytest.mark.parametrize(
    ("criterion", "text", "code"),
    [
        ("reversibility", TEXT, "no_difference"),
        ("pain", TEXT, "no_difference"),
        ("colour", TEXT, "no_difference"),
        ("value", "Short.", "too_short"),
        ("value", "x" * 2001, "too_long"),
        ("value", "a half \ud800 character", "broken"),
    ],
)
def test_a_talk_about_nothing_or_without_words_is_refused(apart, talk, cast, criterion, text, code):
    with pytest.raises(ScoresRefusedError) as refused:
        talk(cast.petra, criterion, text)

    assert list(refused.value.codes) == [code]
    assert not Discussion.objects.exists()


def test_there_is_nothing_to_discuss_before_both_are_shown(talk, cast, helper, noon):
    with pytest.raises(ScoresRefusedError, match="shown first"):
        talk(cast.petra)
    score(helper, noon, cast.tariq, Side.TECHNOLOGY)
    with pytest.raises(ScoresRefusedError, match="shown first"):
        talk(cast.petra)


def test_who_only_reads_writes_no_talk(apart, talk, cast):
    with pytest.raises(ForbiddenError):
        talk(cast.cleo)
    with pytest.raises(NotVisibleError):
        talk(cast.erin)


def test_what_has_ended_stays_as_it_is(apart, talk, cast, helper):
    helper.standing = Standing.DECLINED
    helper.save(update_fields=["standing"])

    with pytest.raises(ScoresRefusedError, match="has ended"):
        talk(cast.petra)
