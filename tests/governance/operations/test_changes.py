"""A second person answers: confirmed it happens with all that follows, else nothing does (I19)."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.db import IntegrityError

from governance.choices import ChangeOutcome, RoundState, VoidCause
from governance.models import ChangeAnswer
from governance.operations.changes import answer_change
from governance.operations.proposals import (
    ChangeRefusedError,
    propose_appointment,
    propose_ending,
    propose_playbook,
    propose_recovery,
)
from governance.rules.changes import STANDS_FOR
from journal.acts import act, record
from journal.kinds import Kind
from journal.models import Entry
from journal.verification import verify
from people.choices import Office, Side
from people.operations.offices import AppointmentRefusedError
from people.operations.persons import add_person, deactivate_person
from people.operations.proofs import WeakProofError
from people.operations.recovery import has_any_factor
from people.queries import authority_of, seat_holders
from playbook.editions import current_digest
from tests.authenticator import give_passkey
from tests.cast import gather
from tests.changes import WHY, appoint, end_term
from tests.gates import company, make_review, sign
from tests.governance.operations.test_editions import next_edition
from tests.governance.operations.test_passkey_signing import adopt_asking
from tests.kept import kept
from tests.make import make_second_factor, proof_of
from tests.people.journal_reading import last_entry

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
CONFIRMED, REFUSED, TAKEN_BACK = ChangeOutcome


@kept
def cast(noon):
    return gather(noon)


@kept
def review(noon):
    return make_review(noon)


def proposed(cast, at, *, user=None, office=Office.COMMITTEE_MEMBER):
    return propose_appointment(
        actor=cast.ada,
        user=user or cast.erin,
        office=office,
        title="Member",
        reason=WHY,
        at=at,
    )


def answered(change, actor, at, outcome=CONFIRMED, **said):
    said = {"proof": proof_of(actor, at), **said}
    return answer_change(actor=actor, change=change, outcome=outcome, at=at, **said)


def test_confirmed_an_office_begins_at_that_moment(cast, noon):
    change = proposed(cast, noon)

    answered(change, cast.hana, noon + MINUTE)

    assert authority_of(cast.erin, noon).offices == frozenset()
    assert authority_of(cast.erin, noon + MINUTE).offices == {Office.COMMITTEE_MEMBER}
    kinds = [*Entry.objects.order_by("-seq").values_list("kind", flat=True)[:2]]
    assert kinds == [Kind.OFFICE_TAKEN, Kind.CHANGE_CONFIRMED]
    assert [*verify()] == []


def test_refused_or_taken_back_nothing_changes(cast, noon):
    refused = proposed(cast, noon)
    answered(refused, cast.cleo, noon + MINUTE, REFUSED, reason="Not yet.")
    taken_back = proposed(cast, noon + MINUTE)
    answered(taken_back, cast.ada, noon + MINUTE, TAKEN_BACK)

    assert refused.answer.reason.text == "Not yet."
    assert last_entry().kind == Kind.CHANGE_TAKEN_BACK
    assert authority_of(cast.erin, noon + MINUTE).offices == frozenset()


def test_nobody_is_both_of_the_two_under_whichever_login(cast, noon):
    twin = add_person(
        actor=cast.ada,
        email="twin@example.com",
        name="Ada again",
        title="",
        zone="UTC",
        at=noon,
        person_key=cast.ada.person_key,
    )
    appoint(actor=cast.ada, user=cast.max, office=Office.ADMINISTRATOR, title="A", at=noon)
    change = proposed(cast, noon)

    for actor in (cast.ada, twin):
        with pytest.raises(ChangeRefusedError) as refusal:
            answered(change, actor, noon + MINUTE)
        assert "same_person" in refusal.value.codes


def test_nobody_confirms_what_is_about_him(cast, noon):
    change = propose_ending(actor=cast.ada, term=cast.term(cast.hana), reason=WHY, at=noon)

    with pytest.raises(ChangeRefusedError) as refusal:
        answered(change, cast.hana, noon + MINUTE)

    assert refusal.value.codes == ("concerns_you",)
    assert last_entry().kind == Kind.ACT_REFUSED


@pytest.mark.parametrize("name", ["kim", "audrey", "erin"])
def test_who_holds_no_deciding_office_confirms_nothing(cast, noon, name):
    with pytest.raises(ChangeRefusedError) as refusal:
        answered(proposed(cast, noon), getattr(cast, name), noon + MINUTE)

    assert "not_entitled" in refusal.value.codes


def test_it_is_answered_once_and_in_time(cast, noon):
    change = proposed(cast, noon)
    with pytest.raises(ChangeRefusedError) as late:
        answered(change, cast.hana, noon + STANDS_FOR)
    answered(change, cast.hana, noon + STANDS_FOR - MINUTE, REFUSED)
    with pytest.raises(ChangeRefusedError) as twice:
        answered(change, cast.cleo, noon + STANDS_FOR - MINUTE)

    assert (late.value.codes, twice.value.codes) == (("run_out",), ("answered",))


def test_what_no_longer_fits_is_refused_and_still_waits(cast, noon):
    change = proposed(cast, noon)
    deactivate_person(actor=cast.ada, user=cast.erin, at=noon + MINUTE)

    with pytest.raises(AppointmentRefusedError) as refusal:
        answered(change, cast.hana, noon + 2 * MINUTE)

    assert refusal.value.codes == ("inactive",)
    assert not ChangeAnswer.objects.exists()


def test_the_database_has_no_room_for_one_person_in_both_places(cast, noon):
    change = proposed(cast, noon)

    @act
    def past_the_rules():
        ChangeAnswer.objects.create(
            change=change,
            outcome=CONFIRMED,
            by=cast.ada,
            by_key=cast.ada.person_key,
            proposed_key=change.proposed_key,
            answered_at=noon,
        )
        record(Kind.CHANGE_CONFIRMED, actor=cast.ada, subject=change, at=noon)

    with pytest.raises(IntegrityError, match="nobody_confirms_their_own_change"):
        past_the_rules()


def test_another_holder_of_a_key_sends_open_rounds_back(review, noon):
    world, round_ = review
    signature = sign(world.cast.ivo, round_.pk, at=noon)
    at = noon + MINUTE

    end_term(actor=world.cast.ada, term=world.cast.term(world.cast.hana), at=at)
    appoint(actor=world.cast.ada, user=world.cast.kim, office=Office.CHRO, title="CPO", at=at)

    round_.refresh_from_db()
    assert round_.state == RoundState.RETURNED
    assert signature.void.cause == VoidCause.AUTHORITY_CHANGED
    assert seat_holders(at)[Side.PEOPLE].user == world.cast.kim


def test_a_confirmed_playbook_sends_open_rounds_back(review, noon):
    world, round_ = review
    signature = sign(world.cast.ivo, round_.pk, at=noon)
    newer = next_edition()
    change = propose_playbook(actor=world.cast.ada, playbook=newer, reason=WHY, at=noon)
    round_.refresh_from_db()
    assert round_.state == RoundState.IN_REVIEW

    answered(change, world.cast.hana, noon + MINUTE)

    round_.refresh_from_db()
    assert round_.state == RoundState.RETURNED
    assert signature.void.cause == VoidCause.EDITION_CHANGED
    assert current_digest() == newer.digest
    assert [*verify()] == []


def test_two_people_remove_a_lost_second_factor(cast, noon):
    make_second_factor(cast.hana, at=noon)
    UserSession.objects.create(user=cast.hana, ip="192.0.2.1", session_key="h" * 32, user_agent="F")
    salt = cast.hana.session_salt
    change = propose_recovery(actor=cast.ada, user=cast.hana, reason=WHY, at=noon)
    assert has_any_factor(cast.hana)
    with pytest.raises(ChangeRefusedError):
        answered(change, cast.ivo, noon + MINUTE)

    answered(change, cast.cleo, noon + MINUTE)

    assert not has_any_factor(cast.hana)
    assert not UserSession.objects.filter(user=cast.hana).exists()
    cast.hana.refresh_from_db()
    assert cast.hana.session_salt != salt
    assert Entry.objects.filter(kind=Kind.SECOND_FACTOR_RECOVERED).exists()


def test_what_was_signed_with_the_lost_factor_counts_no_more_while_undecided(review, noon):
    world, round_ = review
    signature = sign(world.cast.ivo, round_.pk, at=noon)
    make_second_factor(world.cast.ivo, at=noon)
    change = propose_recovery(actor=world.cast.ada, user=world.cast.ivo, reason=WHY, at=noon)

    answered(change, world.cast.cleo, noon + MINUTE)

    assert signature.void.cause == VoidCause.MEANS_STOLEN
    assert [*verify()] == []


def test_a_password_confirms_nothing_for_whoever_has_a_passkey(cast, noon):
    """Nor does it refuse; what one proposed oneself is taken back without a proof."""
    change = proposed(cast, noon)
    give_passkey(cast.hana, noon)

    for outcome in (CONFIRMED, REFUSED):
        with pytest.raises(WeakProofError) as refused:
            answered(change, cast.hana, noon, outcome)
        assert refused.value.codes == ("level",)
    with pytest.raises(WeakProofError) as absent:
        answered(change, cast.ivo, noon, proof=None)
    assert absent.value.codes == ("presence",)
    assert last_entry().kind == Kind.ACT_REFUSED

    answered(change, cast.ada, noon, TAKEN_BACK, proof=None)


def test_an_office_that_takes_a_passkey_confirms_by_nothing_else(noon, tmp_path):
    cast = company(noon, is_demo=True)
    adopt_asking(cast, tmp_path, "offices: [chro]", noon)
    change = proposed(cast, noon)

    with pytest.raises(WeakProofError) as refused:
        answered(change, cast.hana, noon)

    assert refused.value.codes == ("level",)
    assert answered(change, cast.ivo, noon)
