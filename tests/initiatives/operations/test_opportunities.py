"""Scoring apart: each side in its own time, both shown in one act, fixed from then on."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from initiatives.choices import Standing
from initiatives.models import Reveal, Score, Scoring
from initiatives.operations.discussions import discuss_difference
from initiatives.operations.opportunities import (
    ScoresRefusedError,
    ScoringMovedError,
    give_scores,
    score_again,
)
from initiatives.queries.opportunities import values_of
from journal.models import Entry
from journal.queries import Happened, history
from kernel.refusals import ForbiddenError, NotVisibleError
from people.choices import Side
from playbook.editions import current

REASON = "The supplier changed what it offers."


@pytest.fixture
def give(helper, noon):
    """Give scores: give(person, value=3, pain=5); everything of a side with all_of=."""

    def act(person, *, n=1, at=noon, all_of=None, **values):
        if all_of is not None:
            side = Side.TECHNOLOGY if all_of == "technology" else Side.PEOPLE
            values = {one.key: 4 for one in current().scoring.of(side)} | values
        return give_scores(actor=person, initiative=helper, values=values, n=n, at=at)

    return act


@pytest.fixture
def apart(give, cast):
    """Both sides were shown; they lie two apart on the value."""
    give(cast.tariq, all_of="technology", value=2)
    return give(cast.petra, all_of="people", value=4)


def codes(raised):
    return list(raised.value.codes)


def newest(helper):
    return Happened(history(helper)[0])


def test_a_side_scores_bit_by_bit_and_the_latest_counts(give, cast, helper):
    give(cast.petra, pain=2, value=3)
    scoring = give(cast.hana, pain=5)

    assert values_of(scoring, [Side.PEOPLE]) == {Side.PEOPLE: {"pain": 5, "value": 3}}
    assert not hasattr(scoring, "reveal")
    assert newest(helper).data == {"scoring": 1, "side": "people", "given": 2, "of": 6}


def test_the_second_side_that_is_complete_shows_both_in_the_same_act(give, cast, helper, noon):
    give(cast.tariq, all_of="technology", value=2)
    before = Entry.objects.count()

    scoring = give(cast.petra, all_of="people", pain=5)

    reveal = Reveal.objects.get()
    assert reveal.scoring == scoring
    assert (reveal.revealed_by, reveal.revealed_at) == (cast.petra, noon)
    assert reveal.to_discuss == ["value"]
    assert str(reveal.technology_feasible) == "4.00"
    assert str(reveal.technology_needed) == "3.00"
    assert str(reveal.people_needed) == "4.33"
    assert Entry.objects.count() == before + 2
    assert newest(helper).data["to_discuss"] == 1


def test_what_was_shown_is_fixed(give, apart, cast):
    with pytest.raises(ScoresRefusedError) as refused:
        give(cast.tariq, value=4)

    assert codes(refused) == ["revealed"]
    assert Score.objects.filter(criterion="value", side="technology").count() == 1


def test_only_the_lead_and_the_key_of_a_side_score(give, cast, helper, noon):
    for person, wrong in (
        (cast.cleo, ForbiddenError),
        (cast.audrey, ForbiddenError),
        (cast.kim, ForbiddenError),
        (cast.ada, ForbiddenError),
        (cast.erin, NotVisibleError),
        (cast.otto, NotVisibleError),
    ):
        with pytest.raises(wrong):
            give(person, value=3)

    assert not Scoring.objects.exists()


def test_a_contributor_does_not_score(give, cast, helper, noon):
    helper.memberships.create(
        user=cast.max,
        person_key=cast.max.person_key,
        side="people",
        role="contributor",
        since=noon,
    )

    with pytest.raises(ForbiddenError, match="lead of People does this"):
        give(cast.max, value=3)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({}, "nothing"),
        ({"value": 0}, "scale"),
        ({"value": 6}, "scale"),
        ({"value": True}, "scale"),
        ({"pain": 3}, "not_yours"),
        ({"colour": 3}, "not_yours"),
    ],
)
def test_a_wrong_score_is_refused_and_nothing_is_kept(give, cast, values, code):
    with pytest.raises(ScoresRefusedError) as refused:
        give(cast.tariq, **values)

    assert codes(refused) == [code]
    assert not Score.objects.exists()


def test_what_has_ended_is_not_scored(give, cast, helper):
    helper.standing = Standing.CLOSED
    helper.save(update_fields=["standing"])

    with pytest.raises(ScoresRefusedError, match="has ended"):
        give(cast.tariq, value=3)


def test_a_key_opens_another_scoring_with_a_reason(give, apart, cast, helper, noon):
    later = noon + timedelta(days=1)

    scoring = score_again(actor=cast.ivo, initiative=helper, reason=REASON, at=later)

    assert (scoring.n, scoring.reason.text) == (2, REASON)
    with pytest.raises(ScoringMovedError):
        give(cast.petra, n=1, at=later, value=3)
    give(cast.petra, n=2, at=later, value=3)
    assert Score.objects.filter(scoring=apart).count() == 12


def test_another_scoring_is_refused_to_a_lead_without_a_reason_and_before_the_end(
    give, apart, cast, helper, noon
):
    def again(person, reason=REASON):
        return score_again(actor=person, initiative=helper, reason=reason, at=noon)

    with pytest.raises(ForbiddenError) as by_lead:
        again(cast.petra)
    with pytest.raises(ScoresRefusedError) as without_reason:
        again(cast.hana, " ")
    with pytest.raises(ScoresRefusedError) as broken:
        again(cast.hana, "a half \ud800 character")
    again(cast.hana)
    with pytest.raises(ScoresRefusedError) as twice:
        again(cast.hana)
    with pytest.raises(ForbiddenError):
        again(cast.cleo)

    assert [codes(one) for one in (by_lead, without_reason, broken, twice)] == [
        ["no_key"],
        ["too_short"],
        ["broken"],
        ["not_revealed"],
    ]


def test_another_scoring_needs_a_first_one(cast, helper, noon):
    with pytest.raises(ScoresRefusedError) as refused:
        score_again(actor=cast.hana, initiative=helper, reason=REASON, at=noon)

    assert codes(refused) == ["not_revealed"]


def test_the_database_keeps_the_scale_and_the_salt(give, cast, noon):
    scoring = give(cast.tariq, value=3)
    kept = Score.objects.get()

    assert len({*Score.objects.values_list("salt", flat=True), kept.salt}) == 1
    for wrong in ({"value": 9}, {"salt": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Score.objects.model(
                **{
                    "scoring": scoring,
                    "side": "technology",
                    "criterion": "value",
                    "value": 3,
                    "salt": "0" * 64,
                    "given_by": cast.tariq,
                    "given_key": cast.tariq.person_key,
                    "given_at": noon,
                    **wrong,
                }
            ).save_base(raw=True, force_insert=True)


def test_a_talk_is_kept_by_whoever_works_for_a_side(apart, cast, helper, noon):
    talk = discuss_difference(
        actor=cast.hana,
        initiative=helper,
        criterion="value",
        text="We count the hours of one depot first.",
        at=noon,
    )

    assert (talk.side, talk.sealed.text) == ("people", "We count the hours of one depot first.")
    assert newest(helper).data == {"scoring": 1, "criterion": "value", "side": "people"}
