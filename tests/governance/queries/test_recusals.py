"""Who stepped back as a page shows it, whom the sponsor may name, and where nobody signs yet."""

from datetime import timedelta

from governance.models import Recusal
from governance.operations.recusals import recuse
from governance.queries.delegations import recused_of
from governance.queries.recusals import (
    is_own_work,
    nameable_for,
    recusals_in,
    stepped_back,
    substitute_of,
    waiting_recusals,
)
from people.choices import Side
from tests.gates import sign
from tests.governance.delegating import given

WHY = "My sister works for the company that sells this."
HOUR = timedelta(hours=1)


def test_a_recusal_is_read_with_its_round(review, noon):
    world, round_ = review
    row = recuse(round_id=round_.pk, reason=WHY, actor=world.cast.hana, at=noon)

    [one] = [stepped_back(found["row"]) for found in recusals_in(round_.pk)]

    assert (one.id, one.name, one.side, one.at) == (row.pk, "Hana Okafor", Side.PEOPLE, noon)
    assert one.reason == WHY
    assert recused_of(round_) == {str(world.cast.hana.person_key)}


def test_nobody_of_the_other_side_and_no_writer_is_offered(review, noon):
    world, round_ = review

    offered = {words.partition(" ")[0] for _, words in nameable_for(round_, Side.PEOPLE, noon)}

    assert offered == {"Ada", "Audrey", "Erin", "Kim", "Max", "Otto"}
    assert is_own_work(round_, world.cast.petra) != (False, False)
    assert is_own_work(round_, world.cast.erin) == (False, False)


def test_what_waits_says_which_gate_and_for_whom(review, noon):
    world, round_ = review
    assert waiting_recusals(noon) == []
    recuse(round_id=round_.pk, reason=WHY, actor=world.cast.ivo, at=noon)

    [one] = waiting_recusals(noon + HOUR)

    assert (one.round_id, one.side, one.name) == (round_.pk, Side.TECHNOLOGY, "Ivo Brandt")
    assert (one.code, one.gate_word) == (world.initiative.code, "Gate 1")


def test_a_stand_in_who_may_not_sign_this_is_none(review, noon):
    world, round_ = review
    given(world.cast, noon, by=world.cast.hana, to=world.cast.max)
    signs = substitute_of(round_, Side.PEOPLE, noon + HOUR)
    others = substitute_of(round_, Side.TECHNOLOGY, noon + HOUR)

    assert signs is not None
    assert signs.name == "Max Weber"
    assert others is None
    assert not Recusal.objects.exists()
    assert sign(world.cast.max, round_.pk, at=noon + 2 * HOUR)
