"""The edges of the rules: the last day that still counts, the first letter too many, one of two."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from governance.choices import ChangeKind
from governance.rules.absences import (
    FURTHEST,
    LONGEST_NAME,
    blockers_to_go_away,
    blockers_to_keep_day,
)
from governance.rules.attesting import LARGEST, Word, blockers_to_attest
from governance.rules.changes import blockers_to_propose
from governance.rules.criteria import (
    Answer,
    Dated,
    blockers_of_age,
    blockers_of_old_evidence,
    lowest_axis,
)
from governance.rules.deadlines import answer_by, answer_days, contest_until, is_fast_lane
from governance.rules.delegations import Scope, blockers_to_delegate, blockers_to_stand_in
from governance.rules.disagreements import (
    LEAST_WORDS,
    blockers_to_state,
    blockers_to_take_back,
)
from governance.rules.escalations import blockers_to_confirm_resolution
from governance.rules.holdings import LONGEST as LONGEST_HOLDING
from governance.rules.holdings import blockers_to_hold
from governance.rules.independence import Work
from governance.rules.lacking import half_of
from governance.rules.refusing import LEAST_WORDS as LEAST_ANSWER
from governance.rules.refusing import MOST_TEXT, blockers_to_contest, blockers_to_explain
from governance.rules.rejudging import faults_of
from governance.rules.rounds import blockers_to_open
from governance.rules.samples import MOST, blockers_to_sample
from governance.rules.signing import blockers_to_offer, blockers_to_sign
from governance.rules.step_up import ProofFacts, blockers_to_prove
from governance.rules.terms import LEAST_TEXT, terms_body
from governance.rules.terms import MOST_TEXT as MOST_OF_CONDITION
from governance.rules.waiving import LONGEST as LONGEST_WAIVER
from governance.rules.wishes import blockers_to_wish
from kernel.calendars import WorkCalendar
from tests.governance.rules import (
    test_attesting,
    test_changes,
    test_criteria,
    test_delegations,
    test_disagreements,
    test_escalations,
    test_holdings,
    test_refusing,
    test_rejudging,
    test_rounds,
    test_signing,
    test_terms,
    test_waiving,
    test_wishes,
)

TODAY, DAY = date(2026, 12, 3), timedelta(days=1)
NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)
BERLIN = WorkCalendar(zone="Europe/Berlin", working_days="12345")


def codes(blockers) -> list[str]:
    return [one.code for one in blockers]


@pytest.mark.parametrize(("first", "last"), [(FURTHEST, FURTHEST), (0, 89)])
def test_an_absence_may_reach_the_last_day(first, last):
    days = {"starts_on": TODAY + first * DAY, "ends_on": TODAY + last * DAY}
    assert not codes(blockers_to_go_away(**days, today=TODAY, known=[]))


@pytest.mark.parametrize(("first", "last"), [(100, 110), (120, 130), (110, 110), (120, 120)])
def test_an_absence_shares_no_day_with_another(first, last):
    known = [(TODAY + 110 * DAY, TODAY + 120 * DAY)]
    days = {"starts_on": TODAY + first * DAY, "ends_on": TODAY + last * DAY}
    assert "overlap" in codes(blockers_to_go_away(**days, today=TODAY, known=known))


@pytest.mark.parametrize("name", ["x", "x" * LONGEST_NAME])
def test_an_own_day_may_be_the_last_and_have_a_name_of_one_letter_or_all(name):
    last = TODAY + FURTHEST * DAY
    said = {"is_administrator": True, "is_known": False, "today": TODAY}
    assert not [*blockers_to_keep_day(**said, day=last, name=name)]


@pytest.mark.parametrize(
    ("value", "said"), [(0, []), (Decimal("0.5"), []), (LARGEST, ["value"]), (LARGEST - 1, [])]
)
def test_a_number_may_be_nothing_and_below_the_largest(value, said):
    value = Decimal(value)
    subject = test_criteria.criterion(met_at=Decimal(90), unit="%")
    word = Word(is_met=value >= 90, note="Seen on the shop floor", value=value)
    assert codes(blockers_to_attest(subject, word, **test_attesting.PLACE)) == said


def test_the_weakest_axis_is_told_in_whole_per_cent():
    met, unmet = test_criteria.MET, test_criteria.UNMET
    axes = {"change": (met, met), "ethics": (met, met, unmet), "workforce": (met, met, met)}
    known = [test_criteria.verdict(one, axis=axis) for axis, all_ in axes.items() for one in all_]
    [named, share] = lowest_axis(known)
    assert (named, share, type(share)) == ("ethics", 66, int)


def test_all_that_is_out_of_date_is_told_whatever_is_excused():
    old = Answer(is_met=True, valid_until=TODAY - DAY)
    excused = replace(test_criteria.verdict(test_criteria.UNMET, key="a"), excuse="waived")
    known = [excused, test_criteria.verdict(old, key="b")]
    assert codes(blockers_of_age(known, TODAY)) == ["stale.b"]


def test_evidence_is_good_on_its_last_day():
    pieces = [
        Dated(id=1, label="Survey", valid_until=TODAY),
        Dated(id=2, label="Count", valid_until=TODAY - DAY),
    ]
    assert codes(blockers_of_old_evidence(pieces, TODAY)) == ["stale.evidence.2"]


def test_a_decline_is_contested_until_the_last_second_of_the_day():
    until = contest_until(NOON.replace(second=7, microsecond=5), "Europe/Berlin")
    assert (until.hour, until.minute, until.second, until.microsecond) == (23, 59, 59, 0)


def test_the_fast_lane_halves_the_days_rounded_down():
    assert [answer_days(gate, "high") for gate in ("1", "2", "3", "4", "resume")] == [
        5,
        10,
        5,
        10,
        0,
    ]
    assert [answer_days(gate, "low") for gate in ("1", "2", "resume")] == [2, 5, 0]
    assert (is_fast_lane("low"), is_fast_lane("high"), is_fast_lane("")) == (True, False, False)


def test_the_day_for_an_answer_is_that_of_who_answers():
    tokyo = WorkCalendar(zone="Pacific/Kiritimati", working_days="1234567")
    assert answer_by(NOON, 1, tokyo).isoformat() == "2026-12-04"


def test_scopes_meet_only_where_all_three_do():
    one = Scope(gates=frozenset({"1"}), initiatives=frozenset({7}), risks=frozenset({"low"}))
    for name, other in (("gates", {"2"}), ("initiatives", {8}), ("risks", {"high"})):
        assert not one.meets(replace(one, **{name: frozenset(other)}))
        assert one.meets(replace(one, **{name: frozenset()}))


@pytest.mark.parametrize(
    ("has", "words"), [("has_sent", "You sent what"), ("has_written", "You wrote part of what")]
)
def test_a_delegate_is_told_what_makes_it_own_work(has, words):
    [found] = blockers_to_stand_in(replace(test_delegations.MINE, **{has: True}))
    assert found.message.startswith(words)


def test_a_disagreement_is_taken_back_with_a_few_words():
    said = {"raised_by": test_disagreements.TECHNOLOGY, "may_settle": True}
    facts = test_disagreements.speaks()
    for count, found in ((LEAST_WORDS, []), (LEAST_WORDS - 1, ["reason"]), (0, ["reason"])):
        told = blockers_to_take_back(facts, **said, reason="x" * count)
        assert [one.field for one in told] == found


@pytest.mark.parametrize(("way", "said"), [("go", {"own_work"}), ("recycle", set())])
def test_the_sponsor_lets_pass_no_work_of_their_own_and_sends_back_any(way, said):
    work = Work(is_strict=True, sender="cleo")
    facts = replace(test_escalations.FACTS, work=work)
    found = blockers_to_confirm_resolution(
        way,
        test_escalations.ATTEMPT,
        sponsor=test_escalations.CLEO,
        case=test_escalations.CASE,
        facts=facts,
    )
    assert {*codes(found)} == said


def test_the_sponsor_holds_only_what_is_not_on_hold():
    found = blockers_to_confirm_resolution(
        "hold",
        test_escalations.ATTEMPT,
        sponsor=replace(test_escalations.CLEO, is_paused=True),
        case=test_escalations.CASE,
        facts=test_escalations.FACTS,
    )
    assert codes(found) == ["paused"]


def test_the_sponsor_lets_pass_for_either_side():
    signed = replace(test_escalations.SIGNED, side="people", person_key="hana", term_id=2)
    found = blockers_to_confirm_resolution(
        "go",
        test_escalations.ATTEMPT,
        sponsor=test_escalations.CLEO,
        case=replace(test_escalations.CASE, against="technology"),
        facts=replace(test_escalations.FACTS, signatures=[signed]),
    )
    assert not codes(found)


def test_acting_lasts_ninety_days_and_what_bars_is_named_one_by_one():
    acting = replace(test_holdings.ACTING, ends_at=test_holdings.NOON + LONGEST_HOLDING)
    [found] = blockers_to_hold(replace(acting, speaks_otherwise_in=["AI-001", "AI-002"]))
    assert "in AI-001, AI-002." in found.message


def test_a_half_that_lacks_nothing_is_still_that_half():
    assert half_of([], "people").side == "people"


def test_what_would_change_a_mind_takes_ten_letters():
    words = test_refusing.EXPLAIN | {"reversed_by": "x" * LEAST_ANSWER}
    assert not [*blockers_to_explain(**words)]


def test_what_the_sponsor_has_decided_is_not_contested():
    assert codes(blockers_to_contest(**test_refusing.CONTEST, is_resolved=True)) == ["resolved"]


def test_what_is_archived_opens_no_gate():
    assert codes(blockers_to_open(replace(test_rounds.OPEN, is_archived=True))) == ["archived"]


@pytest.mark.parametrize("size", [1, MOST])
def test_a_sample_may_be_of_one_and_of_the_most(size):

    assert "size" not in codes(blockers_to_sample(reads_everything=True, seed="q4", size=size))


def test_nobody_offers_on_own_work_of_high_risk():
    work = Work(is_strict=True, writers=frozenset({"hana"}))
    facts = replace(test_signing.FACTS, work=work)
    assert codes(blockers_to_offer(test_signing.TRY, facts)) == ["own_work"]


@pytest.mark.parametrize("size", [LEAST_TEXT, MOST_OF_CONDITION])
def test_a_condition_may_be_as_short_and_as_long_as_is_said(size):
    assert test_terms.found(replace(test_terms.GOOD, text="x" * size)) == []


def test_a_counter_signer_asks_nobody_and_the_sponsor_is_told_at_the_name():
    beside = replace(test_delegations.FACTS, is_counter_signer=True)
    assert codes(blockers_to_delegate(beside, reason="On leave until March")) == ["counter_signer"]
    sponsor = replace(test_delegations.MAX, is_sponsor=True)
    [named] = blockers_to_delegate(
        replace(test_delegations.FACTS, delegate=sponsor), reason="On leave until March"
    )
    assert (named.code, named.field) == ("sponsor", "to")


def test_the_bytes_of_an_offer_are_these():
    said = terms_body([{"key": "c1"}], verdict="scale")
    assert said == b'{"conditions":[{"key":"c1"}],"type":"terms","v":1,"verdict":"scale"}'


def test_words_may_fill_their_place():
    wish = replace(test_wishes.APPROVE, words="x" * MOST_TEXT)
    assert not [*blockers_to_wish(wish, codes=set(), today=TODAY, known_owners=frozenset())]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"had_passkey": True}, "You sign with a passkey, and have none that works here."),
        ({"gate_asks": True}, "This gate is signed with a passkey only, and you have none."),
        ({"office_asks": True}, "Your office signs with a passkey only, and you have none."),
    ],
)
def test_why_a_proof_is_not_possible_is_told_in_these_words(facts, words):
    [found] = blockers_to_prove(ProofFacts(**facts))
    assert found.message.startswith(words)


OVERRULED = test_rejudging.OVERRULED
EARLY = {"escalated_at": (NOON - timedelta(hours=1)).isoformat()}
UNHEARD = {"reply_until": (NOON + timedelta(hours=1)).isoformat()}


@pytest.mark.parametrize(
    ("decided", "fault"),
    [
        (
            replace(OVERRULED, signatures=(test_rejudging.CLEO,)),
            "it does not rest on one signature of a side and one of the sponsor",
        ),
        (replace(OVERRULED, said={**OVERRULED.said, **EARLY}), "the sponsor decided within a day"),
        (
            replace(OVERRULED, said={**OVERRULED.said, **UNHEARD}),
            "the sponsor decided before the side that did not agree could answer",
        ),
    ],
)
def test_a_fault_is_told_in_these_words(decided, fault):
    assert fault in [*faults_of(decided)]


def test_the_sponsor_decides_beside_either_side():
    said = {**OVERRULED.said, "statements": {"people": "by hana", "sponsor": "by cleo"}}
    both = (test_rejudging.HANA, test_rejudging.CLEO)
    assert not [*faults_of(replace(OVERRULED, said=said, signatures=both))]


def test_nobody_signs_own_work_of_high_risk():
    facts = replace(test_signing.FACTS, work=Work(is_strict=True, writers=frozenset({"hana"})))
    assert codes(blockers_to_sign(test_signing.TRY, facts)) == ["own_work"]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (ChangeKind.PLAYBOOK, "An administrator proposes this. Ask one."),
        (ChangeKind.APPOINTMENT, "An administrator or the sponsor proposes this. Ask one."),
    ],
)
def test_who_proposes_is_told_of_each_kind(kind, words):
    facts = replace(test_changes.PROPOSAL, kind=kind, offices=frozenset())
    assert [one.message for one in blockers_to_propose(facts)] == [words]


def test_a_reason_may_be_one_letter_where_a_second_person_reads_it():
    assert not [*blockers_to_propose(replace(test_changes.PROPOSAL, reason="x"))]


def test_a_waiver_may_last_a_year():
    waiver = replace(test_waiving.GOOD, until=test_waiving.TODAY + LONGEST_WAIVER)
    assert not test_waiving.codes(waiver)
    assert test_waiving.codes(replace(waiver, until=test_waiving.TODAY)) == ["until"]


def test_a_position_may_be_one_letter():
    facts = test_disagreements.speaks()
    assert not codes(blockers_to_state(facts, "x"))


@pytest.mark.parametrize("unseen", ["\u200b", "\u202e", "\u0301", "\u2800"])
def test_what_nobody_can_see_is_no_reason_and_no_condition(unseen):
    text = unseen * 60
    said = {"code": "other", "codes": {"other"}, "is_final": False}
    found = blockers_to_explain(**said, reason=text, reversed_by=text)
    assert [one.field for one in found] == ["reason", "reversed_by"]
    blank = replace(test_terms.GOOD, text=text, evidence=text)
    assert [field for _, field in test_terms.found(test_terms.GOOD, blank)] == [
        "conditions.1.text",
        "conditions.1.evidence",
    ]
