"""High risk: who wrote it, who is left to sign, and no way round by sending or standing in."""

from dataclasses import replace
from datetime import timedelta

import pytest

from governance.operations.rounds import RoundRefusedError, open_round, submit_round
from governance.operations.signatures import SigningRefusedError
from governance.operations.stops import pause_initiative
from governance.queries.gate_acts import acts_at
from governance.queries.gate_page import GateRounds
from governance.queries.independence import unfit_to_sign, work_of
from governance.queries.review_page import ReviewPage
from governance.queries.standing import signing_facts
from governance.rules.signing import blockers_to_pass
from initiatives.choices import RiskTier
from initiatives.models import Initiative
from people.queries import authority_of, seat_holders
from tests.gates import make_ready, sign
from tests.governance.delegating import WHY, given

HOUR = timedelta(hours=1)


@pytest.fixture
def risky(world, noon):
    """A gate of high risk in preparation, ready; Ivo has a word of his own in it."""
    make_ready(world, "1", at=noon)
    answers = ("about_people", "ranks_people", "touches_jobs", "acts_alone", "watches_people")
    rated = {**dict.fromkeys(answers, True), "risk_tier": RiskTier.HIGH}
    Initiative.objects.filter(pk=world.initiative.pk).update(**rated)
    world.initiative.refresh_from_db()
    return open_round(initiative=world.initiative, gate="1", actor=world.cast.petra, at=noon)


def sent(round_, actor, at):
    return submit_round(round_id=round_.pk, actor=actor, at=at)


def page(round_, person, at):
    found = ReviewPage(GateRounds(round_.pk, authority_of(person, at)), at)
    return acts_at(found, person, at)


def test_whoever_sends_it_cannot_sign_it_and_is_told_so_before(world, risky, noon):
    with pytest.raises(RoundRefusedError) as refused:
        sent(risky, world.cast.hana, noon)

    assert refused.value.codes == ("strict.people",)
    assert "Hana Okafor sent this" in refused.value.blockers[0].message


def test_two_independent_holders_sign_and_it_passes(world, risky, noon):
    round_ = sent(risky, world.cast.petra, noon)

    sign(world.cast.ivo, round_.pk, at=noon + HOUR)
    sign(world.cast.hana, round_.pk, at=noon + HOUR)

    round_.refresh_from_db()
    assert round_.state == "passed"


def test_a_stand_in_lets_it_be_sent_and_signed_while_the_holder_cannot(world, risky, noon):
    given(world.cast, noon, by=world.cast.hana)
    round_ = sent(risky, world.cast.hana, noon + HOUR)
    with pytest.raises(SigningRefusedError) as refused:
        sign(world.cast.hana, round_.pk, at=noon + 2 * HOUR)

    acts = page(round_, world.cast.hana, noon + 2 * HOUR)

    assert refused.value.codes == ("own_work",)
    assert (acts.may_sign, acts.unfit) == (False, ())
    assert acts.waits.startswith("You sent this, and its risk is high")
    assert sign(world.cast.max, round_.pk, at=noon + 2 * HOUR)


def test_everybody_reads_for_whom_nobody_is_left_to_sign(world, risky, noon):
    row = given(world.cast, noon, by=world.cast.hana, last=(noon + timedelta(days=1)).date())
    round_ = sent(risky, world.cast.hana, noon + HOUR)

    acts = page(round_, world.cast.ivo, row.ends_at)

    assert acts.unfit[0].startswith("Hana Okafor sent this")


def test_a_signature_of_the_writer_passes_no_gate_even_if_it_stood(world, risky, noon):
    round_ = sent(risky, world.cast.petra, noon)
    sign(world.cast.ivo, round_.pk, at=noon + HOUR)
    facts = signing_facts(round_, noon + HOUR)
    ivo = facts.signatures[0]
    hana = replace(
        ivo,
        side="people",
        person_key=str(world.cast.hana.person_key),
        term_id=facts.seats["people"].term_id,
    )
    both = replace(facts, signatures=[ivo, hana])

    assert not [*blockers_to_pass(both)]
    barred = replace(facts.work, writers=frozenset({ivo.person_key}))
    assert [one.code for one in blockers_to_pass(replace(both, work=barred))] == ["independence"]


def test_without_high_risk_nothing_is_asked(review, noon, django_assert_num_queries):
    _, round_ = review
    seats = seat_holders(noon)
    with django_assert_num_queries(0):
        assert not work_of(round_).is_strict
        assert unfit_to_sign(round_, seats, at=noon) == ()


def test_who_stopped_it_or_signed_that_it_goes_on_has_not_written_it(world, risky, noon):
    for person in (world.cast.hana, world.cast.ivo):
        pause_initiative(initiative=world.initiative, reason=WHY, actor=person, at=noon)
        Initiative.objects.filter(pk=world.initiative.pk).update(standing="active")

    assert not unfit_to_sign(risky, seat_holders(noon), at=noon, sender="")
