from datetime import timedelta

import pytest

from journal.kinds import Kind
from journal.models import Entry
from kernel.assertions import RelyingParty, faults_of_kept
from people.factors import passkeys_of
from people.models import Passkey, PasskeyUse
from people.operations.passkey_proofs import (
    PasskeyMismatchError,
    check_passkey,
    come_in_by_passkey,
)
from people.operations.passkeys import revoke_passkey
from people.operations.persons import deactivate_person
from people.operations.throttles import TooManyTriesError
from tests.authenticator import HERE, UP, Authenticator, give_passkey
from tests.kept import kept
from tests.people.journal_reading import last_entry

CHALLENGE = bytes(range(32))
ELSEWHERE = RelyingParty("evil.example", "https://evil.example")
MINUTE = timedelta(minutes=1)


@kept
def held(cast, noon):
    """Hana's key, beside everybody."""
    return cast, give_passkey(cast.hana, noon)


def prove(user, answer, at):
    return check_passkey(user=user, answer=answer, challenge=CHALLENGE, at=at)


def come_in(answer, at, address="192.0.2.1"):
    return come_in_by_passkey(answer=answer, challenge=CHALLENGE, address=address, at=at)


def test_a_passkey_over_the_challenge_proves_who_is_here(held, noon):
    cast, key = held

    proof = prove(cast.hana, key.sign(CHALLENGE), noon)

    assert (proof.level, proof.method, proof.user_id) == ("L3", "passkey", cast.hana.pk)
    assert [*faults_of_kept(proof.assertion, challenge=CHALLENGE)] == []
    assert last_entry().kind == Kind.IDENTITY_PROVED
    assert b'"level":"L3"' in bytes(last_entry().body)
    assert [one.last_used_at for one in passkeys_of(cast.hana)] == [noon]


REFUSED = {
    "another challenge": (lambda key: key.sign(b"x" * 32), "challenge"),
    "another origin": (
        lambda key: key.sign(CHALLENGE, RelyingParty("localhost", "http://localhost:9")),
        "origin",
    ),
    "another party": (
        lambda key: key.sign(CHALLENGE, RelyingParty("evil.example", HERE.origin)),
        "relying_party",
    ),
    "elsewhere": (lambda key: key.sign(CHALLENGE, ELSEWHERE), "origin"),
    "nobody verified": (lambda key: key.sign(CHALLENGE, flags=UP), "verification"),
    "another credential": (lambda _: Authenticator().sign(CHALLENGE), "credential"),
    "another key under the name": (
        lambda key: Authenticator(credential_id=key.credential_id).sign(CHALLENGE),
        "signature",
    ),
    "nothing": (lambda _: "", "unreadable"),
}


@pytest.mark.parametrize(("answer", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_what_does_not_hold_is_refused_and_only_that_is_written(held, noon, answer, reason):
    cast, key = held
    before, count = Entry.objects.count(), PasskeyUse.objects.get().counter

    with pytest.raises(PasskeyMismatchError) as refusal:
        prove(cast.hana, answer(key), noon)

    assert refusal.value.reasons[0] == reason
    assert refusal.value.blockers[0].message.endswith("Nothing was changed.")
    assert Entry.objects.count() == before + 1
    assert last_entry().kind == Kind.IDENTITY_REFUSED
    assert f'"reason":"{reason}"'.encode() in bytes(last_entry().body)
    assert PasskeyUse.objects.get().counter == count


def test_the_same_answer_does_not_prove_twice(held, noon):
    cast, key = held
    answer = key.sign(CHALLENGE)
    prove(cast.hana, answer, noon)

    with pytest.raises(PasskeyMismatchError) as refusal:
        prove(cast.hana, answer, noon)

    assert refusal.value.reasons == ("counter",)


def test_a_copy_that_counts_from_the_past_is_refused(held, noon):
    cast, key = held
    prove(cast.hana, key.sign(CHALLENGE), noon)
    prove(cast.hana, key.sign(CHALLENGE), noon)
    key.counter = 0

    with pytest.raises(PasskeyMismatchError) as refusal:
        prove(cast.hana, key.sign(CHALLENGE), noon)

    assert refusal.value.reasons == ("counter",)
    assert "may have been copied" in refusal.value.blockers[0].message


def test_a_synced_passkey_does_not_count_and_proves_all_the_same(cast, noon):
    key = give_passkey(cast.hana, noon, counts=False)

    assert prove(cast.hana, key.sign(CHALLENGE), noon)
    assert prove(cast.hana, key.sign(CHALLENGE), noon)


def test_somebody_elses_passkey_proves_nothing(held, noon):
    cast, key = held

    with pytest.raises(PasskeyMismatchError) as refusal:
        prove(cast.ivo, key.sign(CHALLENGE), noon)

    assert refusal.value.reasons == ("credential",)


def test_a_revoked_passkey_proves_nothing_and_lets_nobody_in(held, noon):
    cast, key = held
    proof = prove(cast.hana, key.sign(CHALLENGE), noon)
    revoke_passkey(actor=cast.hana, passkey_id=Passkey.objects.get().pk, proof=proof, at=noon)

    for call in (
        lambda: prove(cast.hana, key.sign(CHALLENGE), noon),
        lambda: come_in(key.sign(CHALLENGE), noon),
    ):
        with pytest.raises(PasskeyMismatchError) as refusal:
            call()
        assert refusal.value.reasons == ("ended",)


def test_five_failures_close_the_door_for_the_right_one_too(held, noon):
    cast, key = held
    for _ in range(5):
        with pytest.raises(PasskeyMismatchError):
            prove(cast.hana, "", noon)

    with pytest.raises(TooManyTriesError):
        prove(cast.hana, key.sign(CHALLENGE), noon + MINUTE)

    assert b'"reason":"throttled"' in bytes(last_entry().body)
    assert prove(cast.hana, key.sign(CHALLENGE), noon + 15 * MINUTE)


def test_whose_passkey_it_is_comes_in(held, noon):
    cast, key = held

    assert come_in(key.sign(CHALLENGE), noon) == cast.hana


def test_who_has_left_does_not_come_in(held, noon):
    cast, key = held
    deactivate_person(actor=cast.ada, user=cast.hana, at=noon + MINUTE)

    with pytest.raises(PasskeyMismatchError) as refusal:
        come_in(key.sign(CHALLENGE), noon + MINUTE)

    assert refusal.value.reasons == ("left",)
    assert last_entry().kind == Kind.SIGN_IN_FAILED


def test_an_address_that_guesses_has_to_wait_and_fills_no_journal(held, noon):
    cast, key = held
    for _ in range(20):
        with pytest.raises(PasskeyMismatchError):
            come_in("", noon)
    before = Entry.objects.count()
    for _ in range(3):
        with pytest.raises(TooManyTriesError):
            come_in(key.sign(CHALLENGE), noon + MINUTE)

    assert Entry.objects.count() == before + 1
    assert come_in(key.sign(CHALLENGE), noon, address="192.0.2.2") == cast.hana


def test_where_browsers_give_no_passkey_none_proves_anything(held, noon, settings):
    cast, key = held
    settings.BASE_URL = "http://counterpart.example"

    with pytest.raises(PasskeyMismatchError):
        prove(cast.hana, key.sign(CHALLENGE), noon)
