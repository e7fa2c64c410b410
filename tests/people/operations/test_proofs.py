"""No act that asks for a proof takes a password of somebody who has a passkey, by any door (S2)."""

from datetime import timedelta
from hashlib import sha256

import pytest

from people.models import Passkey
from people.operations.accounts import (
    add_second_factor,
    change_password,
    remove_second_factor,
    renew_recovery_codes,
)
from people.operations.passkey_proofs import check_passkey
from people.operations.passkeys import recover_passkeys, revoke_passkey
from people.operations.proofs import WeakProofError, refuse_weak
from tests.authenticator import give_passkey
from tests.kept import kept
from tests.make import proof_of

NUMBER = sha256(b"a number that is used once").digest()


@kept
def holder(cast, noon):
    """The CHRO, with a passkey."""
    return cast, give_passkey(cast.hana, noon)


def by_passkey(person, key, at):
    return check_passkey(user=person, answer=key.sign(NUMBER), challenge=NUMBER, at=at)


def code_of(person, proof, at, **said) -> str:
    """Return why the proof does not do; "" where it does."""
    try:
        refuse_weak(proof=proof, actor=person, at=at, **said)
    except WeakProofError as refused:
        return refused.codes[0]
    return ""


ACTS = {
    "a new password": (change_password, {"new": "another-tally-of-halves"}),
    "an app": (add_second_factor, {"secret": "JBSWY3DPEHPK3PXP", "code": "000000"}),
    "no app": (remove_second_factor, {}),
    "new codes": (renew_recovery_codes, {}),
}


@pytest.mark.parametrize("name", ACTS)
def test_a_password_keeps_no_login_that_has_a_passkey(holder, noon, name):
    cast, _ = holder
    operation, said = ACTS[name]

    with pytest.raises(WeakProofError) as refused:
        operation(user=cast.hana, proof=proof_of(cast.hana, noon), at=noon, **said)

    assert refused.value.codes == ("level",)


def test_a_passkey_changes_the_password(holder, noon):
    cast, key = holder

    proof = by_passkey(cast.hana, key, noon)
    change_password(user=cast.hana, new="another-tally-of-halves", proof=proof, at=noon)

    cast.hana.refresh_from_db()
    assert cast.hana.check_password("another-tally-of-halves")


def test_whoever_has_none_confirms_by_password_unless_the_office_asks(cast, noon):
    given = proof_of(cast.hana, noon)

    assert code_of(cast.hana, given, noon) == ""
    assert code_of(cast.hana, given, noon, office_asks=True) == "level"


def test_no_proof_an_old_one_and_somebody_else_s_are_none(cast, noon):
    given = proof_of(cast.hana, noon)

    assert code_of(cast.hana, None, noon) == "presence"
    assert code_of(cast.hana, given, noon + timedelta(minutes=6)) == "presence"
    assert code_of(cast.ivo, given, noon) == "presence"


def test_a_passkey_that_was_taken_off_meanwhile_confirms_nothing(holder, noon):
    cast, key = holder
    proof = by_passkey(cast.hana, key, noon)
    revoke_passkey(actor=cast.hana, passkey_id=Passkey.objects.get().pk, proof=proof, at=noon)

    assert code_of(cast.hana, proof, noon) == "dead"


def test_only_two_people_lead_back_to_the_password(holder, noon):
    """Who revoked the last one adds another; a password confirms nothing else until then."""
    cast, key = holder
    proof, given = by_passkey(cast.hana, key, noon), proof_of(cast.hana, noon)
    revoke_passkey(actor=cast.hana, passkey_id=Passkey.objects.get().pk, proof=proof, at=noon)
    assert code_of(cast.hana, given, noon) == "level"

    recover_passkeys(actor=cast.ada, user=cast.hana, at=noon)

    assert code_of(cast.hana, given, noon) == ""
