"""What a person wants to state is whole, whichever act it is."""

from dataclasses import replace

import pytest

from governance.choices import SigningAct
from governance.rules.wishes import Wish, blockers_to_wish
from tests.governance.rules.test_terms import GOOD, TODAY

APPROVE = Wish(act=SigningAct.APPROVE)
OFFER = Wish(act=SigningAct.APPROVE_WITH_TERMS, conditions=(GOOD,))
DECLINE = Wish(
    act=SigningAct.DECLINE,
    code="privacy",
    reason="The data leaves the country unasked.",
    is_final=True,
)


@pytest.mark.parametrize(
    ("wish", "codes"),
    [
        (APPROVE, []),
        (replace(APPROVE, words="x" * 5_001), ["long"]),
        (OFFER, []),
        (replace(OFFER, conditions=()), ["none"]),
        (DECLINE, []),
        (replace(DECLINE, code="mood"), ["code"]),
        (replace(DECLINE, is_final=False), ["reversed_by"]),
    ],
)
def test_a_wish_says_all_that_its_act_needs(wish, codes) -> None:
    blockers = blockers_to_wish(
        wish, codes={"privacy"}, today=TODAY, known_owners=frozenset({GOOD.owner_id})
    )

    assert [blocker.code for blocker in blockers] == codes


def test_only_one_act_offers() -> None:
    assert OFFER.offers
    assert not APPROVE.offers
    assert not DECLINE.offers
