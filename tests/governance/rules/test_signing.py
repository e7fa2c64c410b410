"""Who may sign what, when it is live, and when a gate passes: V1-V8, T4-T9, I1-I9, X3, S1."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.rules.signing import (
    Attempt,
    Binding,
    Seat,
    Signed,
    SigningFacts,
    StandIn,
    blockers_to_confirm,
    blockers_to_decline,
    blockers_to_offer,
    blockers_to_pass,
    blockers_to_sign,
    is_live,
    is_stale,
    live_signatures,
)
from kernel.refusals import Blocker

NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)
NOW = Binding(round_id=17, snapshot="s" * 64, terms="t" * 64, edition="e" * 64)
SEATS = {
    "technology": Seat(side="technology", person_key="ivo", term_id=1),
    "people": Seat(side="people", person_key="hana", term_id=2),
}
IVO = Signed(id=1, side="technology", act="approve", person_key="ivo", term_id=1, binding=NOW)
HANA = Signed(
    id=2, side="people", act="approve_with_terms", person_key="hana", term_id=2, binding=NOW
)
FACTS = SigningFacts(state="in_review", is_paused=False, now=NOW, seats=SEATS, signatures=())
BOTH = replace(FACTS, signatures=(IVO, HANA))
TRY = Attempt(
    side="people",
    person_key="hana",
    term_id=2,
    binding=NOW,
    intent_made_at=NOON,
    intent_expires_at=NOON + timedelta(minutes=5),
    proved_at=NOON + timedelta(minutes=1),
    at=NOON + timedelta(minutes=1),
)
OTHERS = [
    {"round_id": 18},
    {"snapshot": "x" * 64},
    {"terms": "x" * 64},
    {"edition": "x" * 64},
]


def codes(blockers) -> list[str]:
    return [blocker.code for blocker in blockers]


def test_a_holder_who_confirmed_exactly_this_signs() -> None:
    assert not codes(blockers_to_sign(TRY, FACTS))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"binding": replace(NOW, round_id=18)}, "content"),
        ({"binding": replace(NOW, snapshot="x" * 64)}, "content"),
        ({"binding": replace(NOW, terms="x" * 64)}, "terms"),
        ({"binding": replace(NOW, edition="x" * 64)}, "edition"),
        ({"person_key": "otto"}, "authority"),
        ({"term_id": 9}, "authority"),
        ({"side": "technology"}, "authority"),
        ({"at": NOON + timedelta(minutes=5, seconds=1)}, "intent"),
        ({"at": NOON - timedelta(seconds=1)}, "intent"),
        ({"proved_at": None}, "presence"),
        ({"proved_at": NOON - timedelta(seconds=1)}, "presence"),
    ],
)
def test_each_check_of_a_confirmation_names_itself(change, code) -> None:
    assert code in codes(blockers_to_confirm(replace(TRY, **change), FACTS))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"is_paused": True}, "paused"),
        ({"state": "draft"}, "state"),
        ({"state": "passed"}, "state"),
        ({"state": "expired"}, "state"),
        ({"seats": {"technology": SEATS["technology"]}}, "authority"),
        ({"stale": (Blocker("stale.x", "Old."),)}, "stale.x"),
        ({"signatures": (HANA,)}, "signed"),
    ],
)
def test_each_fact_that_forbids_signing_names_itself(change, code) -> None:
    assert code in codes(blockers_to_sign(TRY, replace(FACTS, **change)))


def test_one_person_never_signs_both_halves() -> None:
    seats = {**SEATS, "technology": Seat(side="technology", person_key="hana", term_id=1)}
    own = replace(IVO, person_key="hana")

    assert "same_person" in codes(
        blockers_to_sign(TRY, replace(FACTS, seats=seats, signatures=(own,)))
    )


def test_the_decliner_may_sign_while_the_sides_disagree() -> None:
    escalated = replace(FACTS, state="escalated", declined_by="people", signatures=(IVO,))

    assert not codes(blockers_to_sign(TRY, escalated))


def test_an_offer_needs_a_round_in_review() -> None:
    assert not codes(blockers_to_offer(TRY, replace(FACTS, signatures=(IVO,))))
    assert codes(blockers_to_offer(TRY, replace(FACTS, state="escalated"))) == ["state"]


def test_a_decline_needs_a_round_in_review_without_own_signature() -> None:
    assert not codes(blockers_to_decline(TRY, replace(FACTS, signatures=(IVO,))))
    assert codes(blockers_to_decline(TRY, replace(FACTS, state="escalated"))) == ["state"]
    assert codes(blockers_to_decline(TRY, BOTH)) == ["signed"]


def test_a_signature_is_live_while_all_it_was_about_stands() -> None:
    assert is_live(IVO, BOTH)
    assert live_signatures(BOTH) == {"technology": IVO, "people": HANA}


@pytest.mark.parametrize("change", OTHERS)
def test_a_signature_dies_with_what_it_was_about(change) -> None:
    assert not is_live(IVO, replace(BOTH, now=replace(NOW, **change)))


@pytest.mark.parametrize(
    "facts",
    [
        replace(BOTH, state="returned"),
        replace(BOTH, seats={"people": SEATS["people"]}),
        replace(BOTH, seats={**SEATS, "technology": replace(SEATS["technology"], term_id=5)}),
        replace(
            BOTH, seats={**SEATS, "technology": replace(SEATS["technology"], person_key="tariq")}
        ),
    ],
)
def test_a_signature_dies_with_its_round_its_term_and_its_office(facts) -> None:
    assert not is_live(IVO, facts)


def test_who_stepped_back_confirms_nothing_and_counts_no_more() -> None:
    back = replace(FACTS, recused=frozenset({"ivo", "hana"}))

    assert codes(blockers_to_sign(TRY, back)) == ["recused"]
    assert not is_live(IVO, replace(back, signatures=(IVO,)))


def test_void_is_for_ever_and_a_decline_is_no_approval() -> None:
    assert not is_live(replace(IVO, is_void=True), BOTH)
    assert not is_live(replace(IVO, act="decline"), BOTH)


def test_two_live_signatures_pass() -> None:
    assert not codes(blockers_to_pass(replace(BOTH, authors=("tariq", "petra"))))


def test_two_executives_who_each_wrote_their_half_may_sign() -> None:
    assert not codes(blockers_to_pass(replace(BOTH, authors=("ivo", "hana"))))


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (replace(BOTH, signatures=(IVO,)), "two_sides"),
        (replace(BOTH, signatures=(HANA,)), "two_sides"),
        (FACTS, "two_sides"),
        (replace(BOTH, now=replace(NOW, snapshot="x")), "two_sides"),
        (replace(BOTH, is_paused=True), "paused"),
    ],
)
def test_what_does_not_pass_says_why(facts, code) -> None:
    assert codes(blockers_to_pass(facts)) == [code]


def test_one_person_on_both_sides_never_passes_even_so() -> None:
    seats = {**SEATS, "technology": replace(SEATS["technology"], person_key="hana")}
    facts = replace(BOTH, seats=seats, signatures=(replace(IVO, person_key="hana"), HANA))

    assert codes(blockers_to_pass(replace(facts, authors=("hana",)))) == [
        "two_people",
        "independence",
    ]


def test_what_changed_is_told_from_what_is_forbidden() -> None:
    assert is_stale([Blocker("content", "")])
    assert not is_stale([Blocker("signed", ""), Blocker("paused", "")])


@given(
    st.permutations(
        [IVO, HANA, replace(IVO, id=3, is_void=True), replace(HANA, id=4, act="decline")]
    )
)
def test_the_order_of_signatures_never_matters(signatures) -> None:
    facts = replace(FACTS, signatures=tuple(signatures))

    assert live_signatures(facts) == {"technology": IVO, "people": HANA}
    assert not codes(blockers_to_pass(facts))


def test_no_subset_of_acts_without_two_live_approvals_passes() -> None:
    acts = [
        replace(IVO, is_void=True),
        replace(IVO, binding=replace(NOW, terms="x")),
        replace(HANA, act="decline"),
        HANA,
    ]

    for order in permutations(acts):
        assert codes(blockers_to_pass(replace(FACTS, signatures=order))) == ["two_sides"]


STAND_IN = StandIn(person_key="max", side="people", term_id=2)
MAX = replace(TRY, person_key="max", delegation_id=5)
STOOD_IN = replace(FACTS, stand_ins={5: STAND_IN})
BY_MAX = replace(HANA, person_key="max", delegation_id=5)


def test_a_delegate_signs_and_it_counts_by_the_holders_term() -> None:
    facts = replace(STOOD_IN, signatures=(IVO, BY_MAX))

    assert not codes(blockers_to_sign(MAX, STOOD_IN))
    assert set(live_signatures(facts)) == {"technology", "people"}
    assert not codes(blockers_to_pass(facts))


@pytest.mark.parametrize(
    "stand_ins",
    [
        {},
        {5: replace(STAND_IN, is_revoked=True)},
        {5: replace(STAND_IN, person_key="otto")},
        {5: replace(STAND_IN, side="technology")},
        {5: replace(STAND_IN, term_id=9)},
    ],
)
def test_a_delegation_of_others_or_one_revoked_bears_nothing(stand_ins) -> None:
    facts = replace(STOOD_IN, stand_ins=stand_ins, signatures=(BY_MAX,))

    assert codes(blockers_to_sign(MAX, facts)) == ["authority"]
    assert not is_live(BY_MAX, facts)


def test_another_holder_bears_no_delegation_of_the_one_before() -> None:
    seats = {**SEATS, "people": Seat(side="people", person_key="otto", term_id=9)}
    facts = replace(STOOD_IN, seats=seats)

    assert codes(blockers_to_sign(MAX, facts)) == ["authority"]
    assert not is_live(BY_MAX, facts)


def test_what_bars_a_delegate_bars_signing_and_not_what_was_signed() -> None:
    barred = replace(STAND_IN, blockers=(Blocker("own_work", "You wrote it."),))
    facts = replace(STOOD_IN, stand_ins={5: barred})

    assert codes(blockers_to_sign(MAX, facts)) == ["own_work"]
    assert is_live(BY_MAX, facts)
