from datetime import timedelta

import pytest

from governance.queries.first_steps import first_time
from people.choices import Office, Side
from people.operations.invitations import invite
from people.queries import authority_of
from people.rules import NOBODY
from tests.cast import gather
from tests.changes import end_term
from tests.gates import make_review, make_world, score, sign
from tests.make import make_second_factor

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def seen(person, at):
    return first_time(authority_of(person, at), at)


def test_before_the_founding_there_is_nothing_to_say(noon):
    assert first_time(NOBODY, noon) is None


def test_a_company_of_people_alone_has_only_its_keys(noon):
    cast = gather(noon)

    time = seen(cast.hana, noon)

    assert time.facts.held == {Side.TECHNOLOGY, Side.PEOPLE}
    assert [time.facts.is_proposed, time.facts.is_led] == [False, False]
    assert (time.code, time.round_id) == ("", None)


def test_a_key_that_is_given_up_is_open_until_somebody_is_invited_and_while_that_lasts(noon):
    cast = gather(noon)
    end_term(actor=cast.ada, term=cast.term(cast.hana), at=noon + MINUTE)
    invitation = invite(
        actor=cast.ada,
        email="nora@example.com",
        office=Office.CHRO,
        title="CPO",
        at=noon + MINUTE,
    )

    facts = seen(cast.ada, noon + MINUTE).facts
    assert (facts.held, facts.invited) == ({Side.TECHNOLOGY}, {Side.PEOPLE})
    assert seen(cast.ada, invitation.expires_at).facts.invited == frozenset()


def test_from_a_proposal_to_the_passed_gate(noon):
    world, round_ = make_review(noon)
    cast = world.cast

    before = seen(cast.hana, noon)
    sign(cast.ivo, round_.pk, at=noon + MINUTE)
    half = seen(cast.ivo, noon + MINUTE).facts
    sign(cast.hana, round_.pk, at=noon + 2 * MINUTE)
    make_second_factor(cast.hana, at=noon)
    after = seen(cast.hana, noon + 2 * MINUTE)

    assert (before.code, before.round_id) == ("AI-001", round_.pk)
    assert before.facts.is_proposed
    assert before.facts.is_submitted
    assert before.facts.is_led
    assert [before.facts.has_signed, before.facts.has_app] == [False, False]
    assert half.has_signed
    assert not half.is_passed
    assert [after.facts.is_passed, after.facts.has_app] == [True, True]
    assert after.round_id is None


def test_the_steps_lead_to_what_both_have_scored_rather_than_to_the_first_of_a_list(noon):
    first = make_world(noon, name="First of the list")
    second = make_world(noon, cast=first.cast, name="The one they scored")

    before = seen(first.cast.hana, noon).code
    score(second, at=noon)

    assert before == first.initiative.code
    assert seen(first.cast.hana, noon).code == second.initiative.code
