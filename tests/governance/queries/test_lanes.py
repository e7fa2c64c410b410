"""By when an answer is expected: shown where one signs, in half the time where risk is low."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from governance.models import Round
from governance.operations.calendars import go_away
from governance.operations.stops import pause_initiative
from governance.queries.calendars import calendars_of_keys
from governance.queries.lanes import lane_of, rests_of
from initiatives.choices import Standing
from journal.clock import now
from people.choices import Side
from people.models import User
from tests.gates import make_review

pytestmark = pytest.mark.django_db
SENT = datetime(2026, 12, 3, 12, tzinfo=UTC)  # a Thursday


@pytest.fixture
def round_():
    return Round.objects.select_related("initiative").get(pk=make_review(SENT)[1].pk)


def rated(round_, risk):
    round_.initiative.risk_tier = risk
    return lane_of(round_, calendars_of_keys(SENT))


@pytest.mark.parametrize(
    ("risk", "days", "last"), [("low", 2, 7), ("medium", 5, 10), ("high", 5, 10), ("", 5, 10)]
)
def test_low_risk_is_answered_in_half_the_working_days(round_, risk, days, last):
    lane = rated(round_, risk)

    assert (lane.days, lane.by.day, lane.is_fast) == (days, last, risk == "low")


def test_a_signer_who_is_away_has_a_later_day_than_the_other(round_):
    hana = User.objects.get(email="hana@example.com")
    go_away(starts_on=date(2026, 12, 4), ends_on=date(2026, 12, 9), actor=hana, at=SENT)

    lane = rated(round_, "")

    assert lane.apart == ((Side.TECHNOLOGY, date(2026, 12, 10)), (Side.PEOPLE, date(2026, 12, 16)))
    assert lane.by == date(2026, 12, 16)


def test_the_day_is_the_same_whoever_looks(client):
    world, _ = make_review(now() - timedelta(days=1))
    said = set()
    for who, zone in ((world.cast.ivo, "Pacific/Kiritimati"), (world.cast.hana, "Pacific/Midway")):
        who.zone = zone
        who.save(update_fields=["zone"])
        client.force_login(who)
        said |= set(re.findall("[Ee]xpected by ([^<.]+)", client.get("/").content.decode()))

    assert len(said) == 1


def test_before_it_is_sent_there_is_a_time_but_no_day(round_):
    round_.submitted_at = None

    lane = rated(round_, "low")

    assert (lane.days, lane.by) == (2, None)


def test_to_resume_has_no_time_of_its_own(round_):
    round_.gate = "resume"

    assert lane_of(round_, {}) is None


def test_a_pause_moves_the_day_by_what_it_took_and_while_it_lasts_there_is_none(round_):
    calendars = calendars_of_keys(SENT)
    pause = {"begun": SENT.isoformat(), "ended": (SENT + timedelta(days=1)).isoformat()}

    assert lane_of(round_, calendars, [pause]).by == date(2026, 12, 11)
    round_.initiative.standing = Standing.PAUSED
    assert lane_of(round_, calendars, [{**pause, "ended": None}]).by is None


def test_a_drill_that_became_a_stop_in_earnest_rested_until_then(review, noon):
    world, _ = review
    hour, stop = timedelta(hours=1), {"reason": "Wrong answers", "actor": world.cast.ivo}
    pause_initiative(initiative=world.initiative, at=noon, is_exercise=True, **stop)
    pause_initiative(initiative=world.initiative, at=noon + hour, **stop)

    assert rests_of(world.initiative.pk) == [(noon, noon + hour)]


def test_signers_read_the_day_at_the_gate_and_at_home(client):
    sent = now()
    world, sent_round = make_review(sent - timedelta(days=3))
    client.force_login(world.cast.ivo)

    for address in (f"/gates/{sent_round.pk}/", "/"):
        assert "expected by" in client.get(address).content.decode().lower()


def test_once_the_day_is_over_home_says_so(client):
    world, _ = make_review(now() - timedelta(days=20))
    client.force_login(world.cast.ivo)

    assert "Was expected by" in client.get("/").content.decode()
