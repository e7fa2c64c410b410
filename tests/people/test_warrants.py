"""What comes with a login from a delegation: how far it reaches, and how long."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from people.choices import Side
from people.warrants import Warrant, asks_known, warrants_known

NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)
DAY = timedelta(days=1)
ROW = {
    "id": 7,
    "side": "technology",
    "term": 3,
    "starts": NOON.isoformat(),
    "ends": (NOON + 2 * DAY).isoformat(),
    "term_ends": None,
    "gates": ["1"],
    "initiatives": [4],
    "risks": ["low"],
    "is_accepted": True,
}
WARRANT = Warrant(
    id=7,
    side=Side.TECHNOLOGY,
    term_id=3,
    starts_at=NOON,
    ends_at=NOON + 2 * DAY,
    gates=("1",),
    initiatives=(4,),
    risks=("low",),
)


def known(row, at):
    return warrants_known(SimpleNamespace(known_warrants=[row]), at)


def test_it_is_in_force_from_its_first_moment_until_its_end():
    assert known(ROW, NOON) == (WARRANT,)
    assert known(ROW, NOON - timedelta(seconds=1)) == ()
    assert known(ROW, NOON + 2 * DAY) == ()
    assert warrants_known(SimpleNamespace(), NOON) == ()


def test_it_ends_with_the_term_of_whoever_gave_it():
    row = {**ROW, "term_ends": (NOON + DAY).isoformat()}

    assert known(row, NOON) == (replace(WARRANT, ends_at=NOON + DAY),)
    assert known(row, NOON + DAY) == ()


def test_what_waits_for_an_answer_is_nothing_to_sign_by():
    asked = {**ROW, "id": 9, "is_accepted": None}
    user = SimpleNamespace(known_warrants=[asked, ROW])

    assert asks_known(user, NOON) == [9]
    assert asks_known(user, NOON + 2 * DAY) == []
    assert warrants_known(user, NOON) == (WARRANT,)
    assert asks_known(SimpleNamespace(), NOON) == []
