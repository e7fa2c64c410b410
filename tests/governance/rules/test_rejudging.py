"""A decision judged again: what must be there, and what may not be."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from governance.rules.rejudging import Decided, SignedAct, faults_of

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
        said={**ABOUT, "act": "approve"},
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
