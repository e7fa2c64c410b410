from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from governance.rules.reproving import EnrolledKey, SignedProof, faults_of_proof
from kernel.assertions import kept, read_assertion
from tests.authenticator import HERE, UP, Authenticator, encoded

NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
STATEMENT = bytes(range(32))
KEY = Authenticator()


def by_passkey(key=KEY, **lies):
    assertion = kept(read_assertion(key.sign(STATEMENT, **lies)), encoded(key.cose), HERE)
    return {"level": "L3", "method": "passkey", "at": "x", "assertion": assertion}


BY_PASSWORD = {"level": "L1", "method": "password", "at": "x"}
PROOF = SignedProof(said=by_passkey(), statement=STATEMENT.hex(), person_key="hana", signed_at=NOON)
ENROLLED = EnrolledKey(
    person_key="hana",
    credential=KEY.credential_id.hex(),
    public_key=encoded(KEY.cose).hex(),
    rp_id="localhost",
    added_at=NOON - timedelta(days=1),
)


def faults(proof=PROOF, key=ENROLLED):
    return [*faults_of_proof(proof, [key] if key else [])]


def test_the_signers_own_key_over_the_statement_holds():
    assert faults() == []
    assert faults(key=replace(ENROLLED, ended_at=NOON)) == []


@pytest.mark.parametrize(
    ("proof", "words"),
    [
        ({"statement": "00" * 32}, "does not hold: challenge"),
        ({"said": by_passkey(flags=UP)}, "does not hold: verification"),
        ({"person_key": "ivo"}, "other than the signer's"),
        ({"signed_at": NOON - timedelta(days=2)}, "is older than its passkey"),
        ({"said": {**BY_PASSWORD, "assertion": {}}}, "below level 3"),
        ({"said": BY_PASSWORD}, "by password, though the signer had a passkey"),
    ],
)
def test_another_proof_does_not(proof, words):
    assert any(words in fault for fault in faults(replace(PROOF, **proof)))


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ({"credential": "00"}, "that nobody added"),
        ({"public_key": "00"}, "other than the signer's"),
        ({"rp_id": "evil.example"}, "other than the signer's"),
        ({"person_key": "ivo"}, "other than the signer's"),
        ({"ended_at": NOON - MINUTE - timedelta(microseconds=1)}, "that had ended"),
    ],
)
def test_another_key_does_not(key, words):
    assert any(words in fault for fault in faults(key=replace(ENROLLED, **key)))


@pytest.mark.parametrize(
    "key",
    [
        None,
        replace(ENROLLED, person_key="ivo"),
        replace(ENROLLED, added_at=NOON - MINUTE),
        replace(ENROLLED, recovered_at=NOON),
    ],
)
def test_a_password_does_for_whom_no_passkey_was_asked(key):
    assert faults(replace(PROOF, said=BY_PASSWORD), key) == []


def test_a_password_does_not_before_two_people_led_back_to_it():
    late = replace(ENROLLED, recovered_at=NOON + MINUTE)

    assert faults(replace(PROOF, said=BY_PASSWORD), late)
