from itertools import product

import pytest

from initiatives.rules.risk import QUESTIONS, blockers_to_rate, risk_tier

NO = dict.fromkeys(QUESTIONS, False)


def answers(*yes: int) -> dict[str, bool]:
    return {key: number in yes for number, key in enumerate(QUESTIONS, start=1)}


@pytest.mark.parametrize(
    ("yes", "tier"),
    [
        ((), "low"),
        ((1,), "medium"),
        ((2,), "medium"),
        ((4,), "medium"),
        ((1, 4), "medium"),
        ((2, 4), "medium"),
        ((1, 2), "high"),
        ((1, 2, 4), "high"),
        ((3,), "high"),
        ((5,), "high"),
        ((3, 5), "high"),
        ((1, 2, 3, 4, 5), "high"),
    ],
)
def test_the_tier_follows_from_the_answers(yes, tier):
    assert risk_tier(answers(*yes)) == tier


def test_one_more_yes_never_lowers_the_tier():
    order = ["low", "medium", "high"]
    for given in product((False, True), repeat=len(QUESTIONS)):
        before = dict(zip(QUESTIONS, given, strict=True))
        for key in QUESTIONS:
            after = {**before, key: True}
            assert order.index(risk_tier(after)) >= order.index(risk_tier(before))


def test_every_question_wants_a_yes_or_a_no():
    assert list(blockers_to_rate(NO)) == []

    blockers = list(blockers_to_rate({**NO, "acts_alone": None, "ranks_people": "yes"}))

    assert [blocker.field for blocker in blockers] == ["ranks_people", "acts_alone"]
    assert blockers[0].message == "Answer question 2 with yes or no."
    assert len(list(blockers_to_rate({}))) == 5


def test_the_tier_is_not_judged_while_an_answer_is_missing():
    with pytest.raises(KeyError):
        risk_tier({"about_people": True})


def test_the_playbook_words_these_questions(playbook):
    assert tuple(question.key for question in playbook.risk_questions) == QUESTIONS
