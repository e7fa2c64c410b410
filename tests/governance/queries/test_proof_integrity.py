"""Each proof of identity is judged again from rows alone: what an owner changed is found."""

from datetime import timedelta

import pytest

from governance.operations.signatures import sign_gate
from governance.queries.proof_integrity import check_proofs
from journal.verification import verify
from tests.authenticator import give_passkey
from tests.gates import make_review, sign
from tests.governance.operations.test_passkey_signing import answer, begun, confirmed
from tests.governance.queries.test_integrity import forged

SECONDS = timedelta(seconds=20)
MADE = (
    "UPDATE governance_signature SET step_up = jsonb_set(step_up, '{%s}', '%s')"
    " WHERE side = 'people'"
)
HOLDS_NOT = "answer that does not hold"
FORGERIES = {
    MADE % ("assertion,signature", '"3000"'): HOLDS_NOT,
    MADE % ("assertion,origin", '"https://evil.example"'): HOLDS_NOT,
    MADE % ("assertion,public_key", '"a0"'): HOLDS_NOT,
    MADE % ("assertion", '"?"'): "cannot be read",
    MADE % ("level", '"L1"'): "below level 3",
    "UPDATE governance_signature SET statement_digest = repeat('0', 64)": HOLDS_NOT,
    'UPDATE governance_signature SET step_up = \'{"level": "L1"}\', signed_at = signed_at'
    " + interval '5 minutes'": "though the signer had a passkey",
    "UPDATE people_passkey SET public_key = '\\xa0'": "other than the signer's",
    "UPDATE people_passkey SET person_key = gen_random_uuid()": "other than the signer's",
    "UPDATE people_passkey SET credential_id = '00'": "that nobody added",
    "UPDATE people_passkey SET added_at = added_at + interval '1 day'": "older than its passkey",
    "INSERT INTO people_passkeyend (passkey_id, cause, by_id, ended_at) SELECT id, 'revoked',"
    " user_id, added_at - interval '1 hour' FROM people_passkey": "that had ended",
}


def found() -> list[str]:
    return [finding.what for finding in check_proofs()]


@pytest.mark.django_db(transaction=True)
def test_whatever_is_done_to_a_proof_is_found(noon) -> None:
    world, round_ = make_review(noon)
    hana, key = world.cast.hana, give_passkey(world.cast.hana, noon)
    sign(world.cast.ivo, round_.pk, at=noon)
    intent = begun(hana, round_, noon)
    presence = confirmed(hana, intent, answer(key, intent), noon)
    sign_gate(presence=presence, actor=hana, at=noon + SECONDS)
    assert [*verify()] == []

    for statement, words in FORGERIES.items():
        with forged(statement):
            assert any(words in what for what in found()), (statement, found())

    assert found() == []
