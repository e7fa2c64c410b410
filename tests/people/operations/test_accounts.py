import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from journal.kinds import Kind
from kernel.refusals import NotVisibleError
from people.operations.accounts import (
    AccountRefusedError,
    add_second_factor,
    change_password,
    end_all_sessions,
    end_session,
    remove_second_factor,
    renew_recovery_codes,
)
from tests.cast import PASSWORD
from tests.make import make_second_factor, proof_of, totp_code
from tests.people.journal_reading import last_entry

pytestmark = pytest.mark.django_db

NEW = "another-tally-of-halves"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def session_of(person, key="a" * 32):
    return UserSession.objects.create(
        user=person, ip="192.0.2.1", session_key=key, user_agent="Firefox"
    )


def added(person, at, code=""):
    return add_second_factor(
        user=person,
        secret=SECRET,
        code=code or totp_code(SECRET),
        proof=proof_of(person, at),
        at=at,
    )


def test_a_new_password_ends_every_session(cast, noon):
    session_of(cast.hana)
    before = cast.hana.get_session_auth_hash()

    change_password(user=cast.hana, new=NEW, proof=proof_of(cast.hana, noon), at=noon)

    cast.hana.refresh_from_db()
    assert cast.hana.check_password(NEW)
    assert cast.hana.get_session_auth_hash() != before
    assert not UserSession.objects.filter(user=cast.hana).exists()
    assert last_entry().kind == Kind.PASSWORD_CHANGED


@pytest.mark.parametrize(
    ("new", "code"),
    [("short", "password"), ("hana@example.com", "password"), (PASSWORD, "same")],
)
def test_a_weak_or_unchanged_password_is_refused(cast, noon, new, code):
    with pytest.raises(AccountRefusedError) as refusal:
        change_password(user=cast.hana, new=new, proof=proof_of(cast.hana, noon), at=noon)

    assert (refusal.value.codes, refusal.value.blockers[0].field) == ((code,), "new")
    cast.hana.refresh_from_db()
    assert cast.hana.check_password(PASSWORD)


@pytest.mark.usefixtures("phone")
def test_an_app_is_added_with_its_code_and_kept_unreadable(cast, noon):
    codes = added(cast.hana, noon)

    assert len(set(codes)) == 10
    kept = str(Authenticator.objects.get(user=cast.hana, type=Authenticator.Type.TOTP).data)
    assert SECRET not in kept
    assert last_entry().kind == Kind.SECOND_FACTOR_ADDED


def test_an_app_that_shows_another_code_is_not_added(cast, noon):
    with pytest.raises(AccountRefusedError) as refusal:
        added(cast.hana, noon, code="abcdef")

    assert refusal.value.codes == ("code",)
    assert not Authenticator.objects.exists()


@pytest.mark.usefixtures("phone")
def test_there_is_one_app_at_a_time(cast, noon):
    make_second_factor(cast.hana, at=noon)

    with pytest.raises(AccountRefusedError) as refusal:
        make_second_factor(cast.hana, at=noon)

    assert refusal.value.codes == ("held",)


@pytest.mark.usefixtures("phone")
def test_an_app_goes_with_its_recovery_codes(cast, noon):
    make_second_factor(cast.hana, at=noon)

    remove_second_factor(user=cast.hana, proof=proof_of(cast.hana, noon), at=noon)

    assert not Authenticator.objects.filter(user=cast.hana).exists()
    assert last_entry().kind == Kind.SECOND_FACTOR_REMOVED


@pytest.mark.usefixtures("phone")
def test_new_recovery_codes_void_the_old(cast, noon):
    old = added(cast.hana, noon)

    new = renew_recovery_codes(user=cast.hana, proof=proof_of(cast.hana, noon), at=noon)

    assert set(old).isdisjoint(new)
    assert last_entry().kind == Kind.RECOVERY_CODES_RENEWED


@pytest.mark.parametrize("operation", [remove_second_factor, renew_recovery_codes])
def test_without_an_app_there_is_nothing_to_remove_or_renew(cast, noon, operation):
    with pytest.raises(AccountRefusedError) as refusal:
        operation(user=cast.hana, proof=proof_of(cast.hana, noon), at=noon)

    assert refusal.value.codes == ("none",)


def test_one_session_ends_and_the_others_stay(cast, noon):
    gone, kept = session_of(cast.hana), session_of(cast.hana, "b" * 32)

    end_session(user=cast.hana, session_id=gone.pk, at=noon)

    assert [*UserSession.objects.filter(user=cast.hana)] == [kept]
    assert last_entry().kind == Kind.SESSION_ENDED


def test_somebody_elses_session_is_not_there(cast, noon):
    theirs = session_of(cast.ivo)

    with pytest.raises(NotVisibleError):
        end_session(user=cast.hana, session_id=theirs.pk, at=noon)

    assert UserSession.objects.filter(pk=theirs.pk).exists()


def test_signing_out_everywhere_makes_every_session_worthless(cast, noon):
    session_of(cast.hana)
    session_of(cast.ivo, "b" * 32)
    before = cast.hana.get_session_auth_hash()

    end_all_sessions(user=cast.hana, at=noon)

    cast.hana.refresh_from_db()
    assert cast.hana.get_session_auth_hash() != before
    assert [one.user for one in UserSession.objects.all()] == [cast.ivo]
    assert last_entry().kind == Kind.SESSIONS_ENDED
