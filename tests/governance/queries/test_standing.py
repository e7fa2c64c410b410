"""How a round stands at one moment: exactly what the signing rules judge."""

from datetime import timedelta

from governance.operations.proofs import attest
from governance.operations.refusals import take_back_decline
from governance.operations.signatures import withdraw_signature
from governance.operations.stops import pause_initiative
from governance.queries.rounds import get_round
from governance.queries.standing import round_signatures, signing_facts, terms_in_force
from playbook.editions import current_digest
from tests.changes import end_term
from tests.gates import make_ready, make_round, make_world, sign
from tests.governance.operations.test_passing import offer
from tests.governance.operations.test_refusals import decline


def test_it_is_bound_to_what_was_frozen_offered_and_adopted(review, noon) -> None:
    world, round_ = review

    facts = signing_facts(get_round(round_.pk), noon)

    assert facts.now.snapshot == round_.snapshot.digest
    assert facts.now.terms == round_.terms.get().digest
    assert facts.now.edition == current_digest()
    assert (facts.state, facts.is_paused, facts.declined_by) == ("in_review", False, "")
    assert facts.seats["people"].person_key == str(world.cast.hana.person_key)
    assert not facts.signatures
    assert not facts.stale


def test_a_vacant_office_is_in_no_seat(review, noon) -> None:
    world, round_ = review
    later = noon + timedelta(minutes=1)
    end_term(actor=world.cast.ada, term=world.cast.term(world.cast.ivo), at=later)

    facts = signing_facts(get_round(round_.pk), later)

    assert set(facts.seats) == {"people"}
    assert facts.now.snapshot != round_.snapshot.digest


def test_the_newest_offer_is_in_force(review, noon) -> None:
    world, round_ = review
    sign(world.cast.hana, round_.pk, at=noon, wish=offer(world, noon))

    assert terms_in_force(round_).n == 2
    assert signing_facts(get_round(round_.pk), noon).now.terms == terms_in_force(round_).digest


def test_signatures_stand_in_their_order_with_the_void_ones_marked(review, noon) -> None:
    world, round_ = review
    first = sign(world.cast.ivo, round_.pk, at=noon)
    withdraw_signature(
        signature_id=first.pk, reason="I read it again.", actor=world.cast.ivo, at=noon
    )
    second = sign(world.cast.ivo, round_.pk, at=noon)

    found = round_signatures(round_)

    assert [(one.id, one.is_void) for one in found] == [(first.pk, True), (second.pk, False)]
    assert found[1].binding == signing_facts(get_round(round_.pk), noon).now


def test_a_pause_stops_every_gate_but_the_way_out(review, noon) -> None:
    world, round_ = review
    pause_initiative(
        initiative=world.initiative, reason="Wrong answers", actor=world.cast.hana, at=noon
    )
    make_ready(world, "resume", at=noon)
    out = make_round(world, "resume", at=noon)

    assert signing_facts(get_round(round_.pk), noon).is_paused
    assert not signing_facts(get_round(out.pk), noon).is_paused


def test_who_declined_is_known_until_it_is_taken_back(review, noon) -> None:
    world, round_ = review
    sign(world.cast.ivo, round_.pk, at=noon)
    made = decline(world.cast.hana, round_, noon)
    assert signing_facts(get_round(round_.pk), noon).declined_by == "people"

    take_back_decline(
        decline_id=made.pk, reason="They found a month.", actor=world.cast.hana, at=noon
    )

    assert signing_facts(get_round(round_.pk), noon).declined_by == ""


def test_a_proof_that_grew_old_stops_the_signing(db, noon) -> None:
    world = make_world(noon)
    make_ready(world, "1", at=noon)
    attest(
        initiative=world.initiative,
        criterion="g1_change_load",
        is_met=True,
        note="Asked the teams.",
        valid_until=noon.date(),
        actor=world.cast.petra,
        at=noon,
    )
    round_ = make_round(world, "1", at=noon)

    today = signing_facts(get_round(round_.pk), noon)
    tomorrow = signing_facts(get_round(round_.pk), noon + timedelta(days=1))

    assert not today.stale
    assert [one.code for one in tomorrow.stale] == ["stale.g1_change_load"]
