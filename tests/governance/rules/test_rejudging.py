"""A decision judged again: what must be there, and what may not be."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from governance.rules.independence import Work
from governance.rules.rejudging import Decided, SignedAct, Warranted, faults_of

NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)
ABOUT = {
    "org": "o",
    "initiative": "AI-001",
    "gate": "2",
    "round": 1,
    "snapshot": "s",
    "terms": "t",
    "edition": "e",
}


def signed(side, person) -> SignedAct:
    return SignedAct(
        side=side,
        person_key=person,
        fingerprint=f"by {person}",
        said={**ABOUT, "act": "approve", "capacity": "seat", "term": "1"},
        signed_at=NOON - timedelta(hours=1),
        voided_at=None,
    )


IVO, HANA = signed("technology", "ivo"), signed("people", "hana")
GOOD = Decided(
    passed_at=NOON,
    said={**ABOUT, "statements": {"technology": "by ivo", "people": "by hana"}, "previous": "p"},
    previous_digest="p",
    signatures=(IVO, HANA),
)


def test_a_rightly_made_decision_has_no_fault() -> None:
    stale = replace(HANA, fingerprint="an older one", voided_at=NOON - timedelta(days=1))

    assert not [*faults_of(replace(GOOD, signatures=(stale, IVO, HANA)))]


def test_a_signature_of_who_stepped_back_before_it_is_a_fault() -> None:
    told = [*faults_of(replace(GOOD, recused=frozenset({"hana", "otto"})))]

    assert told == ["whoever signed for people had stepped back from it"]


CLEO = SignedAct(
    side="",
    person_key="cleo",
    fingerprint="by cleo",
    said={**ABOUT, "act": "go", "capacity": "sponsor", "term": "9"},
    signed_at=NOON,
    voided_at=None,
)
OVERRULED = Decided(
    passed_at=NOON,
    said={
        **ABOUT,
        "resolution": "sponsor",
        "statements": {"technology": "by ivo", "sponsor": "by cleo"},
        "escalated_at": (NOON - timedelta(days=1)).isoformat(),
        "reply_until": NOON.isoformat(),
        "previous": "p",
    },
    previous_digest="p",
    signatures=(IVO, CLEO),
)


SAID = {"dissents": {"people": "b", "technology": "c"}, "earlier_dissents": {"people": ["a"]}}


def test_the_sponsor_decides_on_one_side_and_its_own_signature() -> None:
    whole = replace(OVERRULED, said={**OVERRULED.said, **SAID}, dissents=frozenset("abc"))

    assert not [*faults_of(OVERRULED)]
    assert not [*faults_of(whole)]
    assert not [*faults_of(replace(OVERRULED, reply_until=NOON))]
    assert not [*faults_of(replace(OVERRULED, empty=frozenset({"technology"})))]
    assert not [*faults_of(replace(GOOD, empty=frozenset({"people"})))]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"dissents": frozenset("a")}, "does not carry what the sides stated"),
        ({"said": {**OVERRULED.said, **SAID}, "dissents": frozenset("ab")}, "does not carry"),
        ({"reply_until": NOON - timedelta(hours=1)}, "another time to answer than was kept"),
        ({"empty": frozenset({"people"})}, "the holder there had stepped back"),
        ({"signatures": (CLEO,)}, "one signature of a side and one of the sponsor"),
        ({"signatures": (IVO,)}, "one signature of a side and one of the sponsor"),
        (
            {"signatures": (IVO, replace(CLEO, said={**CLEO.said, "act": "kill"}))},
            "one signature of a side and one of the sponsor",
        ),
        (
            {"signatures": (IVO, replace(CLEO, said={**CLEO.said, "capacity": "seat"}))},
            "one signature of a side and one of the sponsor",
        ),
        ({"signatures": (IVO, replace(CLEO, person_key="ivo"))}, "one person signed for both"),
        (
            {"signatures": (IVO, replace(CLEO, said={**CLEO.said, "terms": "x"}))},
            "the signature of sponsor is about another terms",
        ),
        (
            {"said": {**OVERRULED.said, "escalated_at": (NOON - timedelta(hours=23)).isoformat()}},
            "the sponsor decided within a day",
        ),
        (
            {"said": {**OVERRULED.said, "reply_until": (NOON + timedelta(hours=1)).isoformat()}},
            "before the side that did not agree could answer",
        ),
    ],
)
def test_each_fault_of_a_sponsor_s_decision_is_named(change, fault) -> None:
    assert any(fault in one for one in faults_of(replace(OVERRULED, **change)))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"signatures": (IVO,)}, "it does not rest on one signature of each side"),
        (
            {"signatures": (IVO, replace(HANA, said={**HANA.said, "act": "decline"}))},
            "it does not rest on one signature of each side",
        ),
        (
            {"signatures": (IVO, replace(HANA, person_key="ivo"))},
            "one person signed for both sides",
        ),
        ({"previous_digest": "q"}, "it does not name the decision of the gate before"),
        (
            {"signatures": (IVO, replace(HANA, said={**HANA.said, "terms": "x"}))},
            "the signature of people is about another terms",
        ),
        (
            {"signatures": (IVO, replace(HANA, signed_at=NOON + timedelta(seconds=1)))},
            "the signature of people came after it",
        ),
        (
            {"signatures": (IVO, replace(HANA, voided_at=NOON - timedelta(seconds=1)))},
            "the signature of people was void before it",
        ),
    ],
)
def test_each_fault_is_named(change, fault) -> None:
    assert [*faults_of(replace(GOOD, **change))] == [fault]


GIVEN = Warranted(
    to_key="max",
    by_key="ivo",
    side="technology",
    term="1",
    starts_at=NOON - timedelta(hours=3),
    ends_at=NOON - timedelta(minutes=30),
    accepted_at=NOON - timedelta(hours=2),
    was_revoked=False,
)
MAX = replace(
    IVO,
    person_key="max",
    said={**IVO.said, "capacity": "delegate", "instead_of": "ivo"},
    warranted=GIVEN,
)
FOREIGN = "the delegation behind the signature of technology is another's"
NOBODY = "nobody had taken on to sign for technology then"


def test_a_delegate_bears_a_decision_also_when_the_days_end_before_it() -> None:
    assert not [*faults_of(replace(GOOD, signatures=(MAX, HANA)))]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"to_key": "otto"}, FOREIGN),
        ({"by_key": "otto"}, FOREIGN),
        ({"side": "people"}, FOREIGN),
        ({"term": "2"}, FOREIGN),
        ({"accepted_at": None}, NOBODY),
        ({"accepted_at": NOON}, NOBODY),
        ({"starts_at": NOON}, NOBODY),
        ({"ends_at": NOON - timedelta(hours=1)}, NOBODY),
        (
            {"was_revoked": True},
            "the delegation behind the signature of technology was revoked before it",
        ),
    ],
)
def test_a_delegation_that_did_not_bear_the_signature_is_named(change, fault) -> None:
    one = replace(MAX, warranted=replace(GIVEN, **change))

    assert [*faults_of(replace(GOOD, signatures=(one, HANA)))] == [fault]


CHOSEN = "whoever signed for technology was chosen by who had stepped back from it"
UNNAMED = "the sponsor did not name who signed for technology"


def test_who_the_sponsor_named_agrees_to_no_decision_of_the_sponsor() -> None:
    given = replace(GIVEN, is_named=True, is_rightly_named=True)
    round_ = replace(OVERRULED, signatures=(replace(MAX, warranted=given), CLEO))

    said = {**OVERRULED.said, "statements": {"technology": MAX.fingerprint, "sponsor": "by cleo"}}
    assert [*faults_of(replace(round_, said=said, recused=frozenset({"ivo"})))] == [
        "the sponsor had named who signed for the side that agreed"
    ]


@pytest.mark.parametrize(
    ("named", "recused", "faults"),
    [
        ({"is_named": True, "is_rightly_named": True}, {"ivo"}, []),
        ({"is_named": True}, {"ivo"}, [UNNAMED]),
        ({"is_named": True}, set(), [UNNAMED]),
        ({}, {"ivo"}, [CHOSEN]),
        ({}, {"otto"}, []),
    ],
)
def test_who_stepped_back_let_nobody_sign_but_the_sponsor_did(named, recused, faults) -> None:
    one = replace(MAX, warranted=replace(GIVEN, **named))
    decided = replace(GOOD, signatures=(one, HANA), recused=frozenset(recused))

    assert [*faults_of(decided)] == faults


@pytest.mark.parametrize("one", [replace(MAX, warranted=None), replace(IVO, warranted=GIVEN)])
def test_in_whose_place_it_was_given_is_said_or_not_so(one) -> None:
    assert [*faults_of(replace(GOOD, signatures=(one, HANA)))] == [
        "the signature of technology does not say in whose place it was given"
    ]


@pytest.mark.parametrize(
    ("work", "fault"),
    [
        (Work(is_strict=True, sender="petra", writers=frozenset({"tariq"})), ""),
        (Work(sender="ivo", writers=frozenset({"hana"})), ""),
        (Work(is_strict=True, sender="hana"), "whoever signed for people sent it"),
        (
            Work(is_strict=True, writers=frozenset({"ivo"})),
            "whoever signed for technology wrote part of it",
        ),
    ],
)
def test_where_the_risk_was_high_nobody_signed_own_work(work, fault) -> None:
    found = [*faults_of(replace(GOOD, work=work))]

    assert [one.endswith(fault) for one in found] == ([True] if fault else [])


def test_the_sponsor_too_did_not_decide_on_own_work() -> None:
    found = [*faults_of(replace(OVERRULED, work=Work(is_strict=True, sender="cleo")))]

    assert found == ["its risk is high, and whoever signed for sponsor sent it"]
