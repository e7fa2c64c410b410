from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator

from journal.acts import act
from journal.kinds import Kind
from journal.models import Entry
from people.operations.accounts import renew_recovery_codes
from people.operations.identity import (
    IdentityRefusedError,
    check_identity,
    has_second_factor,
)
from people.operations.persons import add_person, deactivate_person
from people.operations.throttles import TooManyTriesError
from tests.cast import PASSWORD
from tests.make import make_second_factor, proof_of, totp_code
from tests.people.journal_reading import last_entry

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def fail(person, at, times=1):
    for _ in range(times):
        with pytest.raises(IdentityRefusedError):
            check_identity(user=person, password="wrong", at=at)


def test_the_password_proves_who_has_no_app(cast, noon):
    proof = check_identity(user=cast.hana, password=PASSWORD, at=noon)

    assert (proof.level, proof.method, proof.at) == ("L1", "password", noon)
    assert (proof.user_id, proof.person_key) == (cast.hana.pk, cast.hana.person_key)
    assert last_entry().kind == Kind.IDENTITY_PROVED
    assert last_entry().actor_key == cast.hana.person_key


def test_a_wrong_password_is_refused_and_remembered(cast, noon):
    with pytest.raises(IdentityRefusedError) as refusal:
        check_identity(user=cast.hana, password="wrong", at=noon)

    assert refusal.value.codes == ("password",)
    assert last_entry().kind == Kind.IDENTITY_REFUSED
    assert b'"reason":"password"' in bytes(last_entry().body)


def test_with_an_app_the_code_is_needed_too(cast, noon, phone):
    secret = make_second_factor(cast.hana, at=noon)
    phone.wait_for_next_code()

    with pytest.raises(IdentityRefusedError) as refusal:
        check_identity(user=cast.hana, password=PASSWORD, at=noon)
    proof = check_identity(user=cast.hana, password=PASSWORD, code=totp_code(secret), at=noon)

    assert refusal.value.codes == ("code",)
    assert proof.method == "password+totp"


def test_a_code_typed_with_a_blank_counts(cast, noon, phone):
    secret = make_second_factor(cast.hana, at=noon)
    phone.wait_for_next_code()
    code = totp_code(secret)

    proof = check_identity(
        user=cast.hana, password=PASSWORD, code=f"{code[:3]} {code[3:]}", at=noon
    )

    assert proof.method == "password+totp"


def test_the_right_code_does_not_make_up_for_a_wrong_password_and_is_not_spent(cast, noon, phone):
    secret = make_second_factor(cast.hana, at=noon)
    phone.wait_for_next_code()

    with pytest.raises(IdentityRefusedError):
        check_identity(user=cast.hana, password="wrong", code=totp_code(secret), at=noon)

    assert check_identity(user=cast.hana, password=PASSWORD, code=totp_code(secret), at=noon)


def test_a_code_counts_once(cast, noon, phone):
    secret = make_second_factor(cast.hana, at=noon)
    phone.wait_for_next_code()
    check_identity(user=cast.hana, password=PASSWORD, code=totp_code(secret), at=noon)

    with pytest.raises(IdentityRefusedError):
        check_identity(user=cast.hana, password=PASSWORD, code=totp_code(secret), at=noon)

    phone.wait_for_next_code()
    assert check_identity(user=cast.hana, password=PASSWORD, code=totp_code(secret), at=noon)


def test_a_recovery_code_signs_nothing(cast, noon, phone):
    make_second_factor(cast.hana, at=noon)
    proof = proof_of(cast.hana, noon)
    recovery = renew_recovery_codes(user=cast.hana, proof=proof, at=noon)
    phone.wait_for_next_code()

    for code in recovery[:2]:
        with pytest.raises(IdentityRefusedError):
            check_identity(user=cast.hana, password=PASSWORD, code=code, at=noon)


def test_somebody_elses_code_does_not_do(cast, noon, phone):
    make_second_factor(cast.hana, at=noon)
    theirs = make_second_factor(cast.ivo, at=noon)
    phone.wait_for_next_code()

    with pytest.raises(IdentityRefusedError):
        check_identity(user=cast.hana, password=PASSWORD, code=totp_code(theirs), at=noon)


def test_who_has_no_password_can_never_confirm(cast, noon):
    nia = add_person(
        actor=cast.ada, email="nia@example.com", name="Nia", title="", zone="UTC", at=noon
    )

    with pytest.raises(IdentityRefusedError):
        check_identity(user=nia, password="", at=noon)


def test_who_has_left_cannot_confirm(cast, noon):
    deactivate_person(actor=cast.ada, user=cast.erin, at=noon)

    with pytest.raises(IdentityRefusedError):
        check_identity(user=cast.erin, password=PASSWORD, at=noon)


def test_the_sixth_try_waits_even_with_the_right_password(cast, noon):
    fail(cast.hana, noon, times=5)

    with pytest.raises(TooManyTriesError) as refusal:
        check_identity(user=cast.hana, password=PASSWORD, at=noon + MINUTE)

    assert "14 minutes" in str(refusal.value)
    assert b'"reason":"throttled"' in bytes(last_entry().body)
    assert Entry.objects.filter(kind=Kind.IDENTITY_REFUSED).count() == 6


def test_after_a_quarter_of_an_hour_the_right_password_does_again(cast, noon):
    fail(cast.hana, noon, times=5)

    assert check_identity(user=cast.hana, password=PASSWORD, at=noon + 15 * MINUTE)


def test_a_success_begins_the_count_afresh(cast, noon):
    fail(cast.hana, noon, times=4)
    check_identity(user=cast.hana, password=PASSWORD, at=noon)

    fail(cast.hana, noon, times=4)

    assert check_identity(user=cast.hana, password=PASSWORD, at=noon)


def test_one_persons_failures_make_nobody_else_wait(cast, noon):
    fail(cast.hana, noon, times=5)

    assert check_identity(user=cast.ivo, password=PASSWORD, at=noon)


def test_two_logins_of_one_person_share_their_tries(cast, noon):
    second = add_person(
        actor=cast.ada,
        email="two@example.com",
        name="Hana",
        title="",
        zone="UTC",
        at=noon,
        password=PASSWORD,
        person_key=cast.hana.person_key,
    )
    fail(cast.hana, noon, times=5)

    with pytest.raises(TooManyTriesError):
        check_identity(user=second, password=PASSWORD, at=noon)


def test_a_proof_is_never_made_inside_another_act(cast, noon):
    """Its failures would be rolled back with it, and the tries with them."""

    @act
    def sign():
        check_identity(user=cast.hana, password=PASSWORD, at=noon)

    with pytest.raises(RuntimeError):
        sign()


def test_an_app_is_told_from_recovery_codes(cast, noon):
    assert not has_second_factor(cast.hana)

    make_second_factor(cast.hana, at=noon)
    assert has_second_factor(cast.hana)

    Authenticator.objects.filter(user=cast.hana, type=Authenticator.Type.TOTP).delete()
    assert not has_second_factor(cast.hana)
