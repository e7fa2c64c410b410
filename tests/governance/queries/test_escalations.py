"""Who is asked and told while a round waits, and what is before the sponsor."""

from datetime import timedelta

from governance.choices import ReturnReason
from governance.models import Round
from governance.operations.delegations import answer_delegation, write_delegation
from governance.queries.escalations import (
    asked_before,
    case_of,
    delegates_of,
    reminded,
    reply_ends,
    sides_waiting,
    sponsor_facts,
    sponsor_term,
    stale_candidates,
)
from governance.rules.delegations import Scope
from tests.gates import make_review
from tests.governance.stalemates import fall_silent
from tests.kept import kept
from tests.make import proof_of

DAY = timedelta(days=1)


@kept
def review(noon):
    return make_review(noon)


def lend(cast, noon):
    """Let Max sign in Hana's place for two weeks."""
    row = write_delegation(
        to=cast.max,
        first=noon.date(),
        last=(noon + 13 * DAY).date(),
        scope=Scope(),
        reason="Hana is on a journey.",
        proof=proof_of(cast.hana, noon),
        actor=cast.hana,
        at=noon,
    )
    return answer_delegation(delegation_id=row.pk, accepts=True, actor=cast.max, at=noon)


def test_a_gate_without_a_time_of_its_own_keeps_nobody_waiting(review, noon):
    _, round_ = review
    round_.gate = "resume"

    assert sides_waiting(round_, noon + 30 * DAY) == []


def test_delegates_and_the_sponsor_are_told_only_when_the_time_is_over(review, noon):
    world, round_ = review
    lend(world.cast, noon)
    said = {"round": round_.pk, "side": "people"}

    assert reminded({**said, "step": 80}, noon + DAY) == [world.cast.hana]
    assert reminded({**said, "step": 100}, noon + DAY) == [
        world.cast.hana,
        world.cast.max,
        world.cast.cleo,
    ]
    assert delegates_of(round_, "technology", noon + DAY) == []


def test_whoever_signs_for_somebody_is_no_sponsor_who_may_decide(review, noon):
    world, round_ = review
    lend(world.cast, noon)

    assert sponsor_facts(world.cast.max, round_, noon + DAY).signs_for
    assert sponsor_facts(world.cast.hana, round_, noon).signs_for
    assert not sponsor_facts(world.cast.cleo, round_, noon).signs_for
    assert sponsor_term(world.cast.cleo, noon).pk == world.cast.term(world.cast.cleo).pk
    assert sponsor_term(world.cast.ivo, noon) is None


def test_a_vacant_side_answers_by_the_days_of_the_organisation(review, noon):
    world, round_ = review
    late = fall_silent(world, round_, at=noon)
    kept = case_of(round_).reply_until
    world.cast.hana.is_active = False
    world.cast.hana.save(update_fields=["is_active"])

    assert reply_ends(round_, "people", late) > late
    assert case_of(round_).reply_until == kept
    assert case_of(round_).against == "people"
    assert reminded({"round": round_.pk, "side": "people", "step": 50}, late) == []


def test_asking_is_counted_anew_after_the_sponsor_sent_it_back(review, noon):
    _, round_ = review
    round_.reason, round_.state = ReturnReason.RECYCLED, "returned"
    round_.save(update_fields=["reason", "state"])
    following = Round(initiative=round_.initiative, gate="1", n=2)

    assert asked_before(following) == []


def test_nothing_grows_old_by_itself(review, noon):
    assert stale_candidates(noon) == []
