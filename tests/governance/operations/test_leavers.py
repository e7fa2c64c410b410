"""Who stands in and leaves, and who would stand in under a second login: persons, not logins."""

from datetime import date, timedelta

import pytest

from governance.choices import RoundState, VoidCause
from governance.models import GateSide
from governance.operations.lending import DelegationRefusedError
from governance.queries.delegations import stand_ins
from governance.queries.independence import unfit_to_sign
from governance.queries.standing import signing_facts
from governance.rules.signing import live_signatures
from initiatives.choices import RiskTier
from journal.verification import verify
from people.models import OfficeTerm, User
from people.operations.persons import add_person, deactivate_person
from people.queries import seat_holders
from tests.gates import sign
from tests.governance.delegating import FIRST, given, written

HOUR = timedelta(hours=1)


def second_login(cast, person, at):
    return add_person(
        actor=cast.ada,
        email="second@example.com",
        name=person.name,
        title="",
        zone="UTC",
        at=at,
        person_key=person.person_key,
    )


def test_a_stand_in_who_leaves_signs_no_more_and_what_was_signed_is_void(review, noon):
    world, round_ = review
    row = given(world.cast, noon)
    signed = sign(world.cast.max, round_.pk, at=noon + HOUR)

    deactivate_person(actor=world.cast.ada, user=world.cast.max, at=noon + 2 * HOUR)

    assert signed.void.cause == VoidCause.DELEGATION_ENDED
    assert signed.void.caused_by == f"people.user:{world.cast.max.pk}"
    assert GateSide.objects.get(round=round_, side="technology").live_signature is None
    assert stand_ins([row.pk], round_, noon + 3 * HOUR)[row.pk].is_revoked
    sign(world.cast.hana, round_.pk, at=noon + 3 * HOUR)
    round_.refresh_from_db()
    assert round_.state == RoundState.IN_REVIEW
    assert [*verify()] == []


def test_no_signature_of_who_is_not_here_is_live_even_if_nothing_voided_it(review, noon):
    world, round_ = review
    given(world.cast, noon)
    sign(world.cast.max, round_.pk, at=noon + HOUR)
    assert live_signatures(signing_facts(round_, noon + 2 * HOUR))

    User.objects.filter(pk=world.cast.max.pk).update(is_active=False)

    assert not live_signatures(signing_facts(round_, noon + 2 * HOUR))


def test_nobody_who_left_counts_as_left_to_sign(review, noon):
    world, round_ = review
    given(world.cast, noon)
    round_.initiative.risk_tier = RiskTier.HIGH
    round_.submitted_by = world.cast.ivo
    seats = seat_holders(noon + HOUR)
    assert not unfit_to_sign(round_, seats, at=noon + HOUR)

    deactivate_person(actor=world.cast.ada, user=world.cast.max, at=noon + HOUR)

    assert unfit_to_sign(round_, seats, at=noon + HOUR)


@pytest.mark.parametrize(("who", "code"), [("cleo", "sponsor"), ("hana", "other_key")])
def test_a_second_login_makes_nobody_another_person(world, noon, who, code):
    second = second_login(world.cast, getattr(world.cast, who), noon)

    with pytest.raises(DelegationRefusedError) as refused:
        written(world.cast, noon, to=second)

    assert refused.value.codes == (code,)


@pytest.mark.parametrize(("who", "code"), [("cleo", "sponsor"), ("hana", "other_side")])
def test_at_the_signature_too_persons_are_compared(review, noon, who, code):
    world, round_ = review
    row = given(world.cast, noon)
    second = second_login(world.cast, world.cast.max, noon)
    term = OfficeTerm.objects.filter(user=getattr(world.cast, who))
    term.update(user=second, person_key=row.to_key)

    [found] = stand_ins([row.pk], round_, noon + HOUR).values()

    assert [one.code for one in found.blockers] == [code]


@pytest.mark.parametrize("day", [date(9999, 12, 31), FIRST + timedelta(days=731)])
def test_days_at_the_end_of_all_calendars_are_refused(world, noon, day):
    with pytest.raises(DelegationRefusedError) as refused:
        written(world.cast, noon, first=day, last=day)

    assert refused.value.codes == ("far",)
