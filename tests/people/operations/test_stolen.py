import pytest
from allauth.usersessions.models import UserSession

from journal.kinds import Kind
from people.choices import Means
from people.factors import asks_for_passkey, is_reported_since, passkeys_of
from people.models import Passkey, StolenReport
from people.operations.accounts import change_password
from people.operations.identity import IdentityRefusedError, check_identity, has_second_factor
from people.operations.passkey_proofs import PasskeyMismatchError, check_passkey
from people.operations.stolen import ReportRefusedError, report_stolen
from tests.authenticator import give_passkey
from tests.cast import PASSWORD
from tests.make import make_second_factor, proof_of, totp_code
from tests.people.journal_reading import kinds_since, last_entry
from tests.people.operations.test_accounts import session_of

CHALLENGE = bytes(range(32))


def report(actor, user, means, at, passkey=None):
    return report_stolen(
        actor=actor, user=user, means=means, passkey_id=passkey and passkey.pk, at=at
    )


def test_a_stolen_passkey_is_dead_and_every_session_ends(cast, noon):
    key = give_passkey(cast.hana, noon)
    session_of(cast.hana)
    before = cast.hana.get_session_auth_hash()

    report(cast.hana, cast.hana, Means.PASSKEY, noon, Passkey.objects.get())

    cast.hana.refresh_from_db()
    assert cast.hana.get_session_auth_hash() != before
    assert not UserSession.objects.filter(user=cast.hana).exists()
    assert passkeys_of(cast.hana) == []
    assert asks_for_passkey(cast.hana)
    assert is_reported_since(cast.hana.person_key, noon)
    assert last_entry().kind == Kind.MEANS_REPORTED
    with pytest.raises(PasskeyMismatchError):
        check_passkey(user=cast.hana, answer=key.sign(CHALLENGE), challenge=CHALLENGE, at=noon)


def test_another_passkey_goes_on_working(cast, noon):
    first = give_passkey(cast.hana, noon)
    second = give_passkey(cast.hana, noon, name="Phone", by=first)
    stolen = Passkey.objects.order_by("pk")[0]

    report(cast.hana, cast.hana, Means.PASSKEY, noon, stolen)

    assert [one.name for one in passkeys_of(cast.hana)] == ["Phone"]
    answer = second.sign(CHALLENGE)
    assert check_passkey(user=cast.hana, answer=answer, challenge=CHALLENGE, at=noon)


def test_a_stolen_app_goes_on_being_asked_for_and_its_codes_fit_no_more(cast, noon, phone):
    secret = make_second_factor(cast.hana, at=noon)
    phone.wait_for_next_code()

    report(cast.hana, cast.hana, Means.APP, noon)

    assert has_second_factor(cast.hana)
    with pytest.raises(IdentityRefusedError):
        check_identity(user=cast.hana, password=PASSWORD, code=totp_code(secret), at=noon)


def test_an_administrator_kills_a_password_only_where_a_passkey_is_left(cast, noon):
    with pytest.raises(ReportRefusedError) as refused:
        report(cast.ada, cast.hana, Means.PASSWORD, noon)
    give_passkey(cast.hana, noon)
    report(cast.ada, cast.hana, Means.PASSWORD, noon)

    cast.hana.refresh_from_db()
    assert refused.value.codes == ("way_back",)
    assert not cast.hana.has_usable_password()
    assert StolenReport.objects.get().by == cast.ada


def test_an_administrator_leaves_everybody_a_way_in(cast, noon):
    give_passkey(cast.ivo, noon)
    key = Passkey.objects.get()
    for person in (cast.hana, cast.ivo):
        make_second_factor(person, at=noon)

    with pytest.raises(ReportRefusedError) as app:
        report(cast.ada, cast.hana, Means.APP, noon)
    report(cast.ada, cast.ivo, Means.APP, noon)
    with pytest.raises(ReportRefusedError) as last:
        report(cast.ada, cast.ivo, Means.PASSKEY, noon, key)
    report(cast.ivo, cast.ivo, Means.PASSKEY, noon, key)

    assert app.value.codes == last.value.codes == ("way_back",)
    assert passkeys_of(cast.ivo) == []


def test_nobody_else_reports_it_and_nothing_is_reported_twice(cast, noon):
    give_passkey(cast.hana, noon)
    passkey = Passkey.objects.get()

    with pytest.raises(ReportRefusedError) as theirs:
        report(cast.ivo, cast.hana, Means.PASSKEY, noon, passkey)
    report(cast.ada, cast.hana, Means.PASSKEY, noon, passkey)
    with pytest.raises(ReportRefusedError) as twice:
        report(cast.ada, cast.hana, Means.PASSKEY, noon, passkey)
    with pytest.raises(ReportRefusedError) as missing:
        report(cast.ada, cast.hana, Means.APP, noon)

    assert theirs.value.codes == ("not_yours",)
    assert twice.value.codes == missing.value.codes == ("none",)
    assert last_entry().kind == Kind.ACT_REFUSED


def test_a_password_that_somebody_knows_is_changed_and_reported_at_once(cast, noon):
    before = last_entry().seq

    change_password(
        user=cast.hana,
        new="another-tally-of-halves",
        proof=proof_of(cast.hana, noon),
        at=noon,
        is_stolen=True,
    )

    assert kinds_since(before) == [Kind.PASSWORD_CHANGED, Kind.MEANS_REPORTED]
    assert StolenReport.objects.get().means == Means.PASSWORD
