"""What the reader of a gate may do there."""

from datetime import timedelta

from governance.choices import SigningAct
from governance.operations.ceremony import Wish
from governance.operations.refusals import decline_gate
from governance.operations.rounds import open_round, withdraw_round
from governance.operations.stops import pause_initiative
from governance.queries.gate_acts import acts_at
from governance.queries.gate_page import GateRounds
from governance.queries.review_page import ReviewPage
from people.logins import authority_known, get_login
from people.queries import authority_of
from tests.gates import presence_of, sign
from tests.governance.delegating import given

REASON = "Nobody can appeal against what a machine decides about them."


def acts(person, round_, at):
    return acts_at(ReviewPage(GateRounds(round_.pk, authority_of(person, at)), at), person, at)


def declined(person, round_, at):
    wish = Wish(act=SigningAct.DECLINE, code="privacy", reason=REASON, reversed_by=REASON)
    presence = presence_of(person, round_.pk, at=at, wish=wish)
    decline_gate(presence=presence, actor=person, at=at + timedelta(minutes=1))


def test_only_the_keys_may_sign(review, noon):
    world, round_ = review

    assert acts(world.cast.hana, round_, noon).may_sign
    assert acts(world.cast.ivo, round_, noon).may_sign
    for person in (world.cast.cleo, world.cast.audrey, world.cast.petra, world.cast.ada):
        assert not acts(person, round_, noon).may_sign


def test_who_signed_may_withdraw_and_not_sign_twice(review, noon):
    world, round_ = review
    sign(world.cast.hana, round_.pk, at=noon)

    found = acts(world.cast.hana, round_, noon)

    assert not found.may_sign
    assert found.own_signature is not None
    assert acts(world.cast.ivo, round_, noon).own_signature is None


def test_a_pause_closes_the_panel_and_says_why(review, noon):
    world, round_ = review
    pause_initiative(initiative=world.initiative, reason=REASON, actor=world.cast.cleo, at=noon)

    found = acts(world.cast.hana, round_, noon)

    assert not found.may_sign
    assert "paused" in found.waits


def test_a_decline_is_contested_by_the_other_side_within_its_days(review, noon):
    world, round_ = review
    declined(world.cast.hana, round_, noon)
    later = noon + timedelta(days=8)

    assert acts(world.cast.ivo, round_, noon + timedelta(days=1)).to_contest
    assert acts(world.cast.hana, round_, noon + timedelta(days=1)).to_contest is None
    assert acts(world.cast.ivo, round_, later).to_contest is None

    second = open_round(initiative=world.initiative, gate="1", actor=world.cast.hana, at=noon)
    assert acts(world.cast.ivo, round_, noon).to_contest is None
    withdraw_round(round_id=second.pk, actor=world.cast.hana, at=noon)
    assert acts(world.cast.ivo, round_, noon).to_contest


def test_a_disagreement_is_lifted_by_who_declined(review, noon):
    world, round_ = review
    sign(world.cast.ivo, round_.pk, at=noon)
    declined(world.cast.hana, round_, noon)
    at = noon + timedelta(hours=1)

    assert acts(world.cast.hana, round_, at).to_take_back
    assert acts(world.cast.ivo, round_, at).to_take_back is None


def test_sender_and_leads_may_take_the_round_back(review, noon):
    world, round_ = review

    assert acts(world.cast.petra, round_, noon).may_withdraw
    assert acts(world.cast.tariq, round_, noon).may_withdraw
    assert not acts(world.cast.cleo, round_, noon).may_withdraw


def test_whoever_stands_in_signs_and_is_not_offered_to_take_the_round_back(review, noon):
    world, round_ = review
    given(world.cast, noon)
    later, login = noon + timedelta(minutes=1), get_login(world.cast.max.pk)

    found = acts_at(
        ReviewPage(GateRounds(round_.pk, authority_known(login, later)), later), login, later
    )

    assert (found.may_sign, found.may_withdraw) == (True, False)
