"""How risky an initiative is for people: five plain answers, one tier."""

from collections.abc import Iterator, Mapping
from typing import Literal

from kernel.refusals import Blocker

RiskTier = Literal["high", "medium", "low"]

QUESTIONS = ("about_people", "ranks_people", "touches_jobs", "acts_alone", "watches_people")


def blockers_to_rate(answers: Mapping[str, object]) -> Iterator[Blocker]:
    """Yield a reason for each of the five questions that has no yes or no yet."""
    for number, key in enumerate(QUESTIONS, start=1):
        if not isinstance(answers.get(key), bool):
            yield Blocker("unanswered", f"Answer question {number} with yes or no.", key)


def risk_tier(answers: Mapping[str, bool]) -> RiskTier:
    """Judge the tier: high where jobs or behaviour are at stake, or people are ranked.

    :raises KeyError: while a question has no answer; `blockers_to_rate` says so in words.
    """
    yes = {key for key in QUESTIONS if answers[key]}
    if yes & {"touches_jobs", "watches_people"} or yes >= {"about_people", "ranks_people"}:
        return "high"
    return "medium" if yes else "low"
