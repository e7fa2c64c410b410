"""Where the risk is high nobody signs what they sent or wrote (I6, P1, P2)."""

from dataclasses import replace

import pytest

from governance.rules.independence import (
    Holder,
    Work,
    blockers_of_own_work,
    blockers_to_find_signers,
)

WORK = Work(is_strict=True, sender="petra", writers=frozenset({"petra", "ivo"}))
HOLDERS = {
    "technology": Holder(person_key="ivo", name="Ivo Brandt"),
    "people": Holder(person_key="hana", name="Hana Okafor"),
}


@pytest.mark.parametrize(
    ("who", "done"), [("petra", "sent"), ("ivo", "wrote part of"), ("hana", "")]
)
def test_whoever_sent_or_wrote_it_is_barred_and_is_told_the_way_out(who, done):
    found = [*blockers_of_own_work(WORK, who)]

    assert WORK.bars(who) == done
    assert bool(found) is bool(done)
    assert all(f"You {done} this" in one.message for one in found)
    assert all("in your place" in one.message for one in found)


@pytest.mark.parametrize("who", ["petra", "ivo", "hana"])
def test_where_the_risk_is_not_high_the_default_holds(who):
    assert replace(WORK, is_strict=False).bars(who) == ""
    assert not [*blockers_of_own_work(replace(WORK, is_strict=False), who)]


def test_a_side_whose_holder_is_barred_needs_somebody_in_that_place():
    [alone] = blockers_to_find_signers(WORK, HOLDERS, set())

    assert alone.code == "strict.technology"
    assert alone.message.startswith("Ivo Brandt wrote part of this, and its risk is high")
    assert not [*blockers_to_find_signers(WORK, HOLDERS, {"technology"})]
