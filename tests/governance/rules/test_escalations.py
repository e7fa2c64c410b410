"""Silence is told and escalated, never taken for a yes; what the sponsor may do, and when."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from governance.rules.escalations import (
    COOLING,
    Case,
    SponsorFacts,
    Waiting,
    asks_once_more,
    blockers_to_confirm_resolution,
    blockers_to_dissent,
    blockers_to_resolve,
    percent_of,
    silent_side,
    steps_due,
)
from governance.rules.signing import Attempt, Binding, Seat, Signed, SigningFacts, StandIn
from kernel.refusals import Blocker

NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)
NOW = Binding(round_id=1, snapshot="s", terms="t", edition="e")
SEATS = {
    "technology": Seat(side="technology", person_key="ivo", term_id=1),
    "people": Seat(side="people", person_key="hana", term_id=2),
}
SIGNED = Signed(
    id=1, side="technology", act="approve", person_key="ivo", term_id=1, binding=NOW, intent_id=1
)
FACTS = SigningFacts(state="escalated", is_paused=False, now=NOW, seats=SEATS, signatures=[SIGNED])
CASE = Case(
    cause="silence",
    against="people",
    escalated_at=NOON - timedelta(days=3),
    reply_until=NOON - timedelta(days=1),
)
CLEO = SponsorFacts(term_id=9)
MAX = StandIn(person_key="max", side="technology", term_id=1)
IN_PLACE = replace(SIGNED, person_key="max", delegation_id=7)


def codes(blockers):
    return {one.code for one in blockers}


def waiting(percent, *, has_signed=False, reminded=(), side="people"):
    return Waiting(side=side, percent=percent, has_signed=has_signed, reminded=reminded)


@pytest.mark.parametrize(
    ("one", "due"),
    [
        (waiting(49), []),
        (waiting(50), [50]),
        (waiting(79, reminded=[50]), []),
        (waiting(80, reminded=[50]), [80]),
        (waiting(100, reminded=[50, 80]), [100]),
        (waiting(400, reminded=[50, 80, 100]), []),
        (waiting(130), [50, 80, 100]),  # after a standstill all are noted, one is sent
        (waiting(400, has_signed=True), []),
    ],
)
def test_each_reminder_is_due_once(one, due):
    assert steps_due(one) == due


def test_time_is_counted_in_whole_per_cent_and_none_where_none_is_set():
    assert percent_of(timedelta(hours=20), timedelta(hours=40)) == 50
    assert percent_of(timedelta(hours=39, minutes=59), timedelta(hours=40)) == 99
    assert percent_of(timedelta(hours=20), timedelta()) == 0


@pytest.mark.parametrize(
    ("people", "technology", "silent"),
    [
        (waiting(149), waiting(149, has_signed=True), ""),
        (waiting(150), waiting(10, has_signed=True), "people"),
        (waiting(150), waiting(150), ""),  # nobody has signed: it expires
        (waiting(150, has_signed=True), waiting(150, has_signed=True), ""),
    ],
)
def test_the_sponsor_is_asked_when_one_signed_and_the_other_keeps_silent(
    people, technology, silent
):
    assert silent_side([people, replace(technology, side="technology")]) == silent


def test_the_third_time_the_same_side_asks_is_one_too_many():
    assert not asks_once_more("people", [])
    assert not asks_once_more("people", ["people", "technology"])
    assert asks_once_more("people", ["people", "technology", "people"])
    assert not asks_once_more("technology", ["people", "people"])


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, set()),
        ({"side": ""}, {"not_yours"}),
        ({"state": "in_review"}, {"state"}),
        ({"has_stated": True}, {"stated"}),
        ({"text": "No."}, {"short"}),
    ],
)
def test_each_side_states_its_dissent_once_while_the_sponsor_is_asked(changed, said):
    asked = {"side": "people", "state": "escalated", "has_stated": False, "text": "x" * 30}

    assert codes(blockers_to_dissent(**asked | changed)) == said


@pytest.mark.parametrize("way", ["recycle", "hold", "kill"])
def test_the_sponsor_alone_sends_back_holds_and_ends_at_once(way):
    bare = replace(FACTS, signatures=[])
    case = replace(CASE, escalated_at=NOON, reply_until=NOON + timedelta(days=2))

    assert codes(blockers_to_resolve(way, sponsor=CLEO, case=case, facts=bare, at=NOON)) == set()


@pytest.mark.parametrize(
    ("way", "sponsor", "facts", "case", "said"),
    [
        ("kill", SponsorFacts(term_id=None), FACTS, CASE, {"not_yours"}),
        ("kill", CLEO, replace(FACTS, state="in_review"), CASE, {"state"}),
        ("kill", CLEO, FACTS, None, {"state"}),
        ("hold", replace(CLEO, is_paused=True), FACTS, CASE, {"paused"}),
        ("hold", replace(CLEO, is_paused=True, is_drill=True), FACTS, CASE, set()),
        ("kill", replace(CLEO, has_recused=True), FACTS, CASE, {"recused"}),
        ("go", replace(CLEO, empty={CASE.against}), FACTS, CASE, {"empty"}),
        ("go", replace(CLEO, empty={"nobody"}), FACTS, CASE, set()),
        ("go", CLEO, FACTS, CASE, set()),
        ("go", CLEO, replace(FACTS, signatures=[IN_PLACE], stand_ins={7: MAX}), CASE, set()),
        (
            "go",
            CLEO,
            replace(FACTS, signatures=[IN_PLACE], stand_ins={7: replace(MAX, is_named=True)}),
            CASE,
            {"named"},
        ),
        ("go", CLEO, replace(FACTS, stand_ins={7: replace(MAX, is_named=True)}), CASE, set()),
        ("go", CLEO, replace(FACTS, signatures=[]), CASE, {"one_side"}),
        (
            "go",
            CLEO,
            replace(FACTS, signatures=[replace(SIGNED, is_void=True)]),
            CASE,
            {"one_side"},
        ),
        (
            "go",
            CLEO,
            replace(FACTS, signatures=[replace(SIGNED, binding=replace(NOW, terms="u"))]),
            CASE,
            {"one_side"},
        ),
        (
            "go",
            CLEO,
            replace(
                FACTS, signatures=[replace(SIGNED, side="people", person_key="hana", term_id=2)]
            ),
            CASE,
            {"one_side"},
        ),
        ("go", replace(CLEO, signs_for=True), FACTS, CASE, {"signs"}),
        ("go", CLEO, replace(FACTS, is_paused=True), CASE, {"paused"}),
        ("go", replace(CLEO, is_paused=True), FACTS, CASE, {"paused"}),
        ("go", CLEO, FACTS, replace(CASE, reply_until=NOON + timedelta(minutes=1)), {"reply"}),
        (
            "go",
            CLEO,
            FACTS,
            replace(CASE, escalated_at=NOON - COOLING + timedelta(minutes=1)),
            {"cooling"},
        ),
        ("go", CLEO, FACTS, replace(CASE, escalated_at=NOON - COOLING, reply_until=NOON), set()),
        ("go", CLEO, replace(FACTS, stale=[Blocker("stale.x", "Old.")]), CASE, {"stale.x"}),
    ],
)
def test_the_sponsor_lets_it_pass_only_as_guarded(way, sponsor, facts, case, said):
    assert codes(blockers_to_resolve(way, sponsor=sponsor, case=case, facts=facts, at=NOON)) == said


ATTEMPT = Attempt(
    side="",
    person_key="cleo",
    term_id=9,
    binding=NOW,
    intent_made_at=NOON - timedelta(minutes=1),
    intent_expires_at=NOON + timedelta(minutes=4),
    proved_at=NOON,
    at=NOON,
)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, set()),
        ({"term_id": 8}, {"authority"}),
        ({"person_key": "ivo"}, {"same_person"}),
        ({"binding": replace(NOW, snapshot="other")}, {"content"}),
        ({"binding": replace(NOW, terms="other")}, {"terms"}),
        ({"binding": replace(NOW, edition="other")}, {"edition"}),
        ({"proved_at": None}, {"presence"}),
        ({"at": NOON + timedelta(minutes=5)}, {"intent"}),
    ],
)
def test_what_the_sponsor_confirms_is_what_was_read_a_moment_ago(changed, said):
    found = blockers_to_confirm_resolution(
        "go", replace(ATTEMPT, **changed), sponsor=CLEO, case=CASE, facts=FACTS
    )

    assert codes(found) == said
