from datetime import timedelta

import pytest

from journal.acts import act
from journal.kinds import Kind
from journal.models import Entry
from kernel.refusals import NotVisibleError
from people.choices import Means, PasskeyEnding
from people.factors import asks_for_passkey, credentials_of, passkeys_of
from people.models import Passkey
from people.operations.identity import check_identity
from people.operations.passkey_proofs import check_passkey
from people.operations.passkeys import (
    PasskeyRefusedError,
    add_passkey,
    end_passkey,
    recover_passkeys,
    revoke_passkey,
)
from people.operations.persons import add_person
from people.operations.stolen import report_stolen
from tests.authenticator import Authenticator, encoded, give_passkey
from tests.cast import PASSWORD, ZONE
from tests.people.journal_reading import last_entry

CHALLENGE = bytes(range(32))


def by_password(user, at):
    return check_identity(user=user, password=PASSWORD, at=at)


def by(key, user, at):
    return check_passkey(user=user, answer=key.sign(CHALLENGE), challenge=CHALLENGE, at=at)


def add(user, at, *, proof, answer=None, name="Phone"):
    answer = (
        Authenticator(credential_id=name.encode()).enrol(CHALLENGE) if answer is None else answer
    )
    return add_passkey(
        actor=user, name=name, answer=answer, challenge=CHALLENGE, proof=proof, at=at
    )


def refused(call, **arguments):
    with pytest.raises(PasskeyRefusedError) as refusal:
        call(**arguments)
    return refusal.value.codes


def test_a_first_passkey_is_added_by_password_and_its_key_is_kept(cast, noon):
    key = give_passkey(cast.hana, noon)

    passkey = Passkey.objects.get()
    assert passkey.credential_id == key.credential_id.hex()
    assert bytes(passkey.public_key) == encoded(key.cose)
    assert (passkey.rp_id, passkey.person_key) == ("localhost", cast.hana.person_key)
    assert last_entry().kind == Kind.PASSKEY_ADDED
    assert b"Laptop" not in bytes(last_entry().body)
    (shown,) = passkeys_of(cast.hana)
    assert (shown.name, shown.last_used_at, shown.fits) == ("Laptop", None, True)


def test_a_second_one_takes_the_first_and_no_password(cast, noon):
    key = give_passkey(cast.hana, noon)

    codes = refused(add, user=cast.hana, at=noon, proof=by_password(cast.hana, noon))
    add(cast.hana, noon, proof=by(key, cast.hana, noon))

    assert codes == ("level",)
    assert [one.name for one in passkeys_of(cast.hana)] == ["Laptop", "Phone"]


def test_the_proof_of_somebody_else_or_of_yesterday_adds_none(cast, noon):
    theirs, old = by_password(cast.ivo, noon), by_password(cast.hana, noon)

    assert refused(add, user=cast.hana, at=noon, proof=theirs) == ("presence",)
    assert refused(add, user=cast.hana, at=noon + timedelta(hours=1), proof=old) == ("presence",)
    assert not Passkey.objects.exists()
    assert last_entry().kind == Kind.ACT_REFUSED


@pytest.mark.parametrize(
    ("answer", "code"),
    [("", "enrolment"), (Authenticator().enrol(b"x" * 32), "enrolment")],
)
def test_what_the_device_did_not_make_for_this_page_is_refused(cast, noon, answer, code):
    proof = by_password(cast.hana, noon)

    assert refused(add, user=cast.hana, at=noon, proof=proof, answer=answer) == (code,)


def test_one_key_is_one_passkey_of_one_person(cast, noon):
    answer = Authenticator().enrol(CHALLENGE)
    add(cast.hana, noon, proof=by_password(cast.hana, noon), answer=answer)

    codes = refused(add, user=cast.ivo, at=noon, proof=by_password(cast.ivo, noon), answer=answer)

    assert codes == ("known",)


def test_a_passkey_has_a_name_that_can_be_printed(cast, noon):
    proof = by_password(cast.hana, noon)

    assert refused(add, user=cast.hana, at=noon, proof=proof, name="a\u202eb") == ("name",)


def test_no_passkey_is_added_where_browsers_give_none(cast, noon, settings):
    settings.BASE_URL = "http://counterpart.example"
    proof = by_password(cast.hana, noon)

    assert refused(add, user=cast.hana, at=noon, proof=proof) == ("address",)
    assert credentials_of(cast.hana) == []


def test_a_passkey_of_another_address_is_shown_and_of_no_use(cast, noon, settings):
    give_passkey(cast.hana, noon)
    settings.BASE_URL = "https://counterpart.example"

    assert credentials_of(cast.hana) == []
    assert [one.fits for one in passkeys_of(cast.hana)] == [False]
    assert asks_for_passkey(cast.hana)


def test_a_revoked_passkey_is_gone_and_a_password_still_does_not_do(cast, noon):
    key = give_passkey(cast.hana, noon)
    passkey = Passkey.objects.get()

    codes = refused(
        revoke_passkey,
        actor=cast.hana,
        passkey_id=passkey.pk,
        proof=by_password(cast.hana, noon),
        at=noon,
    )
    revoke_passkey(actor=cast.hana, passkey_id=passkey.pk, proof=by(key, cast.hana, noon), at=noon)

    assert codes == ("level",)
    assert passkeys_of(cast.hana) == []
    assert asks_for_passkey(cast.hana)
    assert last_entry().kind == Kind.PASSKEY_ENDED
    assert b'"cause":"revoked"' in bytes(last_entry().body)


def test_only_ones_own_passkey_is_revoked_and_only_once(cast, noon):
    key = give_passkey(cast.hana, noon)
    call = {"passkey_id": Passkey.objects.get().pk, "at": noon}

    with pytest.raises(NotVisibleError):
        revoke_passkey(actor=cast.ivo, proof=by_password(cast.ivo, noon), **call)
    revoke_passkey(actor=cast.hana, proof=by(key, cast.hana, noon), **call)
    with pytest.raises(NotVisibleError):
        revoke_passkey(actor=cast.hana, proof=by_password(cast.hana, noon), **call)


def test_after_one_was_stolen_only_two_people_lead_back_to_a_password(cast, noon):
    give_passkey(cast.hana, noon)
    end_passkey(passkey=Passkey.objects.get(), cause=PasskeyEnding.STOLEN, actor=cast.hana, at=noon)
    proof = by_password(cast.hana, noon)

    assert refused(add, user=cast.hana, at=noon, proof=proof) == ("stolen",)
    _recover(cast, noon)
    assert not asks_for_passkey(cast.hana)
    assert add(cast.hana, noon, proof=proof)


def test_what_was_proved_before_a_report_adds_and_revokes_nothing_after_it(cast, noon):
    lost, kept = give_passkey(cast.hana, noon), Authenticator(credential_id=b"kept")
    add(cast.hana, noon, proof=by(lost, cast.hana, noon), answer=kept.enrol(CHALLENGE))
    first, second = Passkey.objects.order_by("pk")
    proof = by(lost, cast.hana, noon)
    report_stolen(actor=cast.ada, user=cast.hana, means=Means.PASSKEY, passkey_id=first.pk, at=noon)

    assert refused(add, user=cast.hana, at=noon, proof=proof, name="Another") == ("dead",)
    call = {"actor": cast.hana, "passkey_id": second.pk, "at": noon}
    assert refused(revoke_passkey, proof=proof, **call) == ("dead",)


@act
def _recover(cast, noon):
    recover_passkeys(user=cast.hana, actor=cast.ada, at=noon)


def test_a_passkey_is_asked_of_the_person_whichever_login_they_use(cast, noon):
    second = add_person(
        actor=cast.ada,
        email="hana.two@example.com",
        name=cast.hana.name,
        title="",
        zone=ZONE,
        at=noon,
        password=PASSWORD,
        person_key=cast.hana.person_key,
    )
    give_passkey(cast.hana, noon)

    weak = by_password(second, noon)
    assert refused(add, user=second, at=noon, proof=weak) == ("elsewhere",)
    assert asks_for_passkey(second)
    assert not asks_for_passkey(cast.ivo)
    assert credentials_of(second) == []
    assert Entry.objects.filter(kind=Kind.PASSKEY_ADDED).count() == 1
