"""Signing at level 3: the challenge is the statement, and a password is no way round (S2 to S4)."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings

from governance.choices import RoundState, SigningAct
from governance.models import Passage, Signature
from governance.operations.ceremony import (
    StepUpRefusedError,
    begin_signing,
    prove,
    prove_by_passkey,
)
from governance.operations.editions import adopt_edition
from governance.operations.refusals import decline_gate
from governance.operations.signatures import SigningRefusedError, sign_gate
from governance.queries.rounds import get_round
from governance.queries.standing import signing_facts
from governance.queries.statements import statement_digest
from governance.rules.wishes import Wish
from journal.models import Entry
from kernel.assertions import RelyingParty, faults_of_kept
from people.models import Passkey
from people.operations.passkey_proofs import PasskeyMismatchError, check_passkey
from people.operations.passkeys import revoke_passkey
from playbook.load import read
from tests.authenticator import HERE, UP, Authenticator, give_passkey
from tests.cast import PASSWORD
from tests.gates import SESSION, company, make_ready, make_round, make_world, presence_of, sign
from tests.governance.operations.test_signatures import last_kind
from tests.kept import kept

SECONDS = timedelta(seconds=20)
NUMBER = bytes(range(32))
NO = Wish(
    act=SigningAct.DECLINE,
    code="problem_not_defined",
    reason="Nobody can appeal against what it decides.",
    is_final=True,
)


@kept
def keyed(review, noon):
    """A gate that waits, and the CHRO's passkey."""
    world, round_ = review
    return world, round_, give_passkey(world.cast.hana, noon)


def begun(person, round_, at, wish=None):
    now = signing_facts(get_round(round_.pk), at).now
    return begin_signing(
        round_id=round_.pk,
        wish=wish or Wish(act=SigningAct.APPROVE),
        seen={"snapshot": now.snapshot, "terms": now.terms},
        session_ref=SESSION,
        actor=person,
        at=at,
    )


def answer(key, intent, party=HERE, **lies):
    return key.sign(bytes.fromhex(statement_digest(intent)), party, **lies)


def confirmed(person, intent, given, at):
    return prove_by_passkey(
        nonce=intent.nonce, session_ref=SESSION, answer=given, actor=person, at=at + SECONDS
    )


def by_password(person, intent, at):
    return prove(
        nonce=intent.nonce,
        session_ref=SESSION,
        password=PASSWORD,
        code="",
        actor=person,
        at=at + SECONDS,
    )


def test_a_passkey_signs_the_statement_itself(keyed, noon) -> None:
    world, round_, key = keyed
    intent = begun(world.cast.hana, round_, noon)

    presence = confirmed(world.cast.hana, intent, answer(key, intent), noon)
    signature = sign_gate(presence=presence, actor=world.cast.hana, at=noon + SECONDS)

    assert signature.step_up["level"] == "L3"
    assert signature.step_up["method"] == "passkey"
    assertion = signature.step_up["assertion"]
    challenge = bytes.fromhex(signature.statement_digest)
    assert [*faults_of_kept(assertion, challenge=challenge)] == []
    assert assertion["credential"] == Passkey.objects.get().credential_id


def test_a_password_and_a_passkey_pass_a_gate_together(keyed, noon) -> None:
    world, round_, key = keyed
    sign(world.cast.ivo, round_.pk, at=noon)
    intent = begun(world.cast.hana, round_, noon)

    presence = confirmed(world.cast.hana, intent, answer(key, intent), noon)
    sign_gate(presence=presence, actor=world.cast.hana, at=noon + SECONDS)

    assert Passage.objects.get().round == round_


LIES = {
    "another statement": lambda key, _: key.sign(b"x" * 32),
    "another origin": lambda key, intent: answer(
        key, intent, RelyingParty("localhost", "http://localhost:9")
    ),
    "another party": lambda key, intent: answer(
        key, intent, RelyingParty("evil.example", HERE.origin)
    ),
    "nobody verified": lambda key, intent: answer(key, intent, flags=UP),
    "another credential": lambda _, intent: answer(Authenticator(), intent),
    "another key": lambda key, intent: answer(
        Authenticator(credential_id=key.credential_id), intent
    ),
    "a count that went back": lambda key, intent: answer(_gone_back(key), intent),
    "an enrolment": lambda key, intent: key.enrol(bytes.fromhex(statement_digest(intent))),
    "nothing": lambda key, intent: "",
}


def _gone_back(key):
    key.counter = -1
    return key


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_what_is_not_this_passkey_over_this_statement_signs_nothing(keyed, noon, lie) -> None:
    world, round_, key = keyed
    check_passkey(user=world.cast.hana, answer=key.sign(NUMBER), challenge=NUMBER, at=noon)
    intent = begun(world.cast.hana, round_, noon)
    before = Entry.objects.count()

    with pytest.raises(PasskeyMismatchError):
        confirmed(world.cast.hana, intent, lie(key, intent), noon)

    assert not Signature.objects.exists()
    assert (Entry.objects.count(), last_kind()) == (before + 1, "identity.refused")


def test_an_answer_to_one_statement_does_not_sign_the_next(keyed, noon) -> None:
    world, round_, key = keyed
    given = answer(key, begun(world.cast.hana, round_, noon))
    later = begun(world.cast.hana, round_, noon)

    with pytest.raises(PasskeyMismatchError) as refused:
        confirmed(world.cast.hana, later, given, noon)

    assert refused.value.reasons[0] == "challenge"


def test_an_answer_sent_twice_proves_once(keyed, noon) -> None:
    world, round_, key = keyed
    intent = begun(world.cast.hana, round_, noon)
    given = answer(key, intent)
    confirmed(world.cast.hana, intent, given, noon)

    with pytest.raises(PasskeyMismatchError) as refused:
        confirmed(world.cast.hana, intent, given, noon)

    assert refused.value.reasons == ("counter",)


@pytest.mark.parametrize("act", [SigningAct.APPROVE, SigningAct.DECLINE])
def test_whoever_has_a_passkey_does_not_sign_or_decline_by_password(keyed, noon, act) -> None:
    world, round_, _ = keyed
    intent = begun(world.cast.hana, round_, noon, replace(NO, act=act))

    with pytest.raises(StepUpRefusedError) as refused:
        by_password(world.cast.hana, intent, noon)

    assert refused.value.codes == ("level",)
    assert last_kind() == "identity.refused"


def test_a_decline_is_signed_by_passkey(keyed, noon) -> None:
    world, round_, key = keyed
    intent = begun(world.cast.hana, round_, noon, NO)

    presence = confirmed(world.cast.hana, intent, answer(key, intent), noon)
    decline = decline_gate(presence=presence, actor=world.cast.hana, at=noon + SECONDS)

    assert decline.signature.step_up["level"] == "L3"


def test_a_password_given_before_the_first_passkey_signs_no_more(review, noon) -> None:
    world, round_ = review
    presence = presence_of(world.cast.hana, round_.pk, at=noon)
    give_passkey(world.cast.hana, noon + SECONDS)

    with pytest.raises(SigningRefusedError) as refused:
        sign_gate(presence=presence, actor=world.cast.hana, at=noon + SECONDS)

    assert refused.value.codes == ("level",)
    assert last_kind() == "act.refused"


def test_a_passkey_revoked_between_proof_and_signature_signs_nothing(keyed, noon) -> None:
    world, round_, key = keyed
    hana = world.cast.hana
    intent = begun(hana, round_, noon)
    presence = confirmed(hana, intent, answer(key, intent), noon)
    at = noon + SECONDS
    proof = check_passkey(user=hana, answer=key.sign(NUMBER), challenge=NUMBER, at=at)
    revoke_passkey(actor=hana, passkey_id=Passkey.objects.get().pk, proof=proof, at=at)

    with pytest.raises(SigningRefusedError) as refused:
        sign_gate(presence=presence, actor=hana, at=at)

    assert refused.value.codes == ("dead",)


def test_without_a_passkey_that_works_nothing_is_signed_and_the_way_out_is_told(
    keyed, noon, settings
) -> None:
    world, round_, key = keyed
    settings.BASE_URL = "https://counterpart.example"  # the passkey was made elsewhere
    intent = begun(world.cast.hana, round_, noon)

    for attempt in (
        lambda: by_password(world.cast.hana, intent, noon),
        lambda: confirmed(world.cast.hana, intent, answer(key, intent), noon),
    ):
        with pytest.raises(StepUpRefusedError) as refused:
            attempt()
        assert refused.value.codes[0] == "enrol"
        assert "Add a passkey" in refused.value.blockers[0].message


def test_who_has_neither_password_nor_passkey_signs_nothing(review, noon) -> None:
    world, round_ = review
    intent = begun(world.cast.hana, round_, noon)
    world.cast.hana.set_unusable_password()
    world.cast.hana.save(update_fields=["password"])

    with pytest.raises(StepUpRefusedError) as refused:
        by_password(world.cast.hana, intent, noon)

    assert refused.value.codes == ("enrol",)


@pytest.mark.parametrize(
    ("asked", "who", "codes"),
    [
        ('gates: ["1"]', "ivo", ("enrol", "level")),
        ('gates: ["2", "3"]', "ivo", ()),
        ("offices: [chro]", "hana", ("enrol", "level")),
        ("offices: [chro]", "ivo", ()),
    ],
)
@pytest.mark.django_db
def test_the_playbook_asks_gates_and_offices_for_a_passkey(noon, tmp_path, asked, who, codes):
    world = make_world(noon, cast=company(noon, is_demo=True))
    adopt_asking(world.cast, tmp_path, asked, noon)
    make_ready(world, "1", at=noon)
    round_ = make_round(world, at=noon)
    person = getattr(world.cast, who)

    if not codes:
        assert sign(person, round_.pk, at=noon).step_up["level"] == "L1"
        return
    intent = begun(person, round_, noon)
    with pytest.raises(StepUpRefusedError) as refused:
        by_password(person, intent, noon)
    assert refused.value.codes == codes
    key = give_passkey(person, noon)
    presence = confirmed(person, intent, answer(key, intent), noon)
    assert sign_gate(presence=presence, actor=person, at=noon + SECONDS).step_up["level"] == "L3"
    assert get_round(round_.pk).state == RoundState.IN_REVIEW


def adopt_asking(cast, folder, asked, at):
    for path in settings.PLAYBOOK_ROOT.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        if path.name == "playbook.yaml":
            text = text.replace("revision: 1\n", f"revision: 2\npasskeys:\n  {asked}\n")
        (folder / path.name).write_text(text, encoding="utf-8")
    adopt_edition(playbook=read(folder), actor=cast.ada, at=at)
    assert json.loads(read(folder).bytes)["files"]["playbook.yaml"]["passkeys"]
