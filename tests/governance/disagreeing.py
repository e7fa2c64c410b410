"""Disagreements made by operations, for the tests of what is done with them."""

from datetime import date
from functools import partial

from governance.operations.disagreements import (
    name_deadline,
    raise_disagreement,
    state_position,
)
from governance.operations.settlements import (
    confirm_settlement,
    decide_disagreement,
    offer_settlement,
    take_disagreement_back,
)
from governance.queries.disagreements import get_disagreement
from people.choices import Office
from people.rules import Authority

SUBJECT = "Who owns the ranking?"
OURS = "One lead with both teams."
THEIRS = "A recruiter must own who is invited."
DAY = date(2026, 12, 10)
LATER = date(2026, 12, 17)
WORDS = "A recruiter owns it, and Technology repeats the test."
EVERYTHING = Authority(offices=frozenset({Office.AUDITOR}))


def raised(world, round_, at, *, by=None, due_on=DAY, subject=SUBJECT):
    """Let Technology disagree, and return it opened."""
    row = raise_disagreement(
        actor=by or world.cast.tariq,
        round_id=round_.pk,
        subject=subject,
        position=OURS,
        due_on=due_on,
        at=at,
    )
    return opened(row.pk, at)


def opened(pk, at):
    return get_disagreement(pk, EVERYTHING, today=at.date())


def _do(operation, field, found, person, said, at):
    seen = opened(found.id, at).version
    more = {field: said} if field else {}
    return operation(actor=person, disagreement_id=found.id, seen=seen, at=at, **more)


stated = partial(_do, state_position, "position")
named = partial(_do, name_deadline, "due_on")
offered = partial(_do, offer_settlement, "words")
decided = partial(_do, decide_disagreement, "reason")
taken_back = partial(_do, take_disagreement_back, "reason")


def confirmed(found, person, at):
    return _do(confirm_settlement, "", found, person, None, at)
