from governance.queries.step_up import proof_facts, proof_said
from people.choices import Side
from people.operations.identity import check_identity
from people.operations.passkey_proofs import check_passkey
from tests.authenticator import give_passkey
from tests.cast import PASSWORD

CHALLENGE = bytes(range(32))
AT_GATE = {"gate": "1", "side": str(Side.PEOPLE)}


def test_whoever_never_had_a_passkey_is_asked_for_a_password(world, noon) -> None:
    facts = proof_facts(world.cast.hana, **AT_GATE)

    assert (facts.level, facts.can_use_passkey, facts.has_password) == ("L1", False, True)
    assert not (facts.gate_asks)
    assert not (facts.office_asks)
    assert not facts.is_dead


def test_whoever_has_one_is_asked_for_it(world, noon) -> None:
    give_passkey(world.cast.hana, noon)

    facts = proof_facts(world.cast.hana, **AT_GATE)

    assert (facts.level, facts.can_use_passkey) == ("L3", True)


def test_a_proof_stays_with_its_signature_in_one_shape(world, noon) -> None:
    hana = world.cast.hana
    by_password = check_identity(user=hana, password=PASSWORD, at=noon)
    key = give_passkey(hana, noon)
    answer = key.sign(CHALLENGE)
    by_passkey = check_passkey(user=hana, answer=answer, challenge=CHALLENGE, at=noon)

    assert proof_said(by_password) == {
        "level": "L1",
        "method": "password",
        "at": "2026-12-03T12:00:00.000000Z",
    }
    assert sorted(proof_said(by_passkey)["assertion"]) == [
        "authenticator_data",
        "client_data",
        "credential",
        "origin",
        "public_key",
        "rp_id",
        "signature",
    ]
    assert not proof_facts(hana, **AT_GATE, proof=by_passkey).is_dead
