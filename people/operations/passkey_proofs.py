"""Confirm by passkey that it is you, for exactly the act at hand; and come in by one.

What the passkey signs is the challenge: at a gate the very statement (S2), elsewhere a number that
is used once. A failure is an act of its own, as it is with a password.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db import models, transaction

from journal.acts import act, record
from journal.kinds import Kind
from kernel.assertions import (
    Assertion,
    RelyingParty,
    UnreadableError,
    faults_of,
    has_gone_back,
    kept,
    read_assertion,
)
from kernel.refusals import Blocker
from people.factors import our_party
from people.models import PasskeyUse, User
from people.operations.identity import IdentityProof, IdentityRefusedError, record_refused_proof
from people.operations.sign_ins import record_failed_sign_in
from people.operations.throttles import (
    TooManyTriesError,
    address_door,
    forget_tries,
    identity_door,
    take_try,
)

NO_ANSWER = "No answer of a passkey came. Press the button, then do what your device asks."
NOT_YOURS = "This is none of your passkeys for this address, or it was revoked."
WORDS = {
    "unreadable": NO_ANSWER,
    "credential": NOT_YOURS,
    "ended": NOT_YOURS,
    "left": NOT_YOURS,
    "challenge": "The passkey answered to something else. Open the page again.",
    "origin": "The passkey answered at another address. Open the page again.",
    "relying_party": "The passkey answered for another address. Open the page again.",
    "verification": "Your device did not check that it is you, by finger, face or PIN.",
    "counter": "This passkey may have been copied. Report it as stolen.",
}
OTHERWISE = "The passkey's answer does not hold. Open the page again."


class PasskeyMismatchError(IdentityRefusedError):
    """The passkey did not show that this person is here; `reasons` says why, in one word each."""

    def __init__(self, *reasons: str) -> None:
        """Say it in words; the first reason is the one to name."""
        words = WORDS.get(reasons[0], OTHERWISE)
        super().__init__(Blocker("passkey", f"{words} Nothing was changed."))
        self.reasons = reasons


def check_passkey(
    *,
    user: User,
    answer: str,
    challenge: bytes,
    at: datetime,
    thread: models.Model | None = None,
) -> IdentityProof:
    """Prove that `user` is here: by a passkey of theirs that has just signed `challenge`.

    Call it before the act it serves, never inside. `answer` is what the browser sent.

    :raises PasskeyMismatchError: for every answer that does not hold.
    :raises TooManyTriesError: after five failures, for a quarter of an hour.
    :raises RuntimeError: inside another act.
    """
    try:
        take_try(identity_door(user), at=at)
    except TooManyTriesError:
        record_refused_proof(user=user, reason="throttled", at=at, thread=thread)
        raise
    try:
        return _prove(user=user, answer=answer, challenge=challenge, at=at, thread=thread)
    except PasskeyMismatchError as refusal:
        record_refused_proof(user=user, reason=refusal.reasons[0], at=at, thread=thread)
        raise


def come_in_by_passkey(*, answer: str, challenge: bytes, address: str, at: datetime) -> User:
    """Return whose passkey has just signed `challenge`: nobody types an e-mail or a password.

    :raises PasskeyMismatchError: for every answer that does not hold, and for who has left.
    :raises TooManyTriesError: when this address has to wait.
    """
    try:
        take_try(address_door(address), at=at)
    except TooManyTriesError as refusal:
        if refusal.is_first:
            record_failed_sign_in(email="", address=address, reason="throttled", at=at)
        raise
    try:
        with transaction.atomic():
            use, _ = _used(answer, challenge, at)
    except PasskeyMismatchError:
        record_failed_sign_in(email="", address=address, reason="passkey", at=at)
        raise
    return use.passkey.user


@act
def _prove(
    *, user: User, answer: str, challenge: bytes, at: datetime, thread: models.Model | None
) -> IdentityProof:
    use, assertion = _used(answer, challenge, at, user=user)
    forget_tries(identity_door(user))
    record(
        Kind.IDENTITY_PROVED,
        actor=user,
        subject=user,
        thread=thread,
        at=at,
        data={"method": "passkey", "level": "L3", "passkey": use.passkey_id},
    )
    party = our_party() or RelyingParty("", "")
    return IdentityProof(
        user_id=user.pk,
        person_key=user.person_key,
        level="L3",
        method="passkey",
        at=at,
        assertion=kept(assertion, bytes(use.passkey.public_key), party),
    )


def _used(
    answer: str, challenge: bytes, at: datetime, user: User | None = None
) -> tuple[PasskeyUse, Assertion]:
    """Judge an answer under the lock of its passkey, and count the use.

    :raises PasskeyMismatchError: when it does not hold.
    """
    try:
        assertion = read_assertion(answer)
    except UnreadableError as error:
        raise PasskeyMismatchError("unreadable") from error
    use = (
        PasskeyUse.objects.select_for_update(of=("self",))
        .select_related("passkey__user")
        .filter(passkey__credential_id=assertion.credential_id.hex())
        .first()
    )
    if use is None or (user is not None and use.passkey.user_id != user.pk):
        raise PasskeyMismatchError("credential")
    if reasons := [*_faults(use, assertion, challenge)]:
        raise PasskeyMismatchError(*reasons)
    use.counter, use.last_used_at = assertion.counter, at
    use.save(update_fields=["counter", "last_used_at"])
    return use, assertion


def _faults(use: PasskeyUse, assertion: Assertion, challenge: bytes) -> Iterator[str]:
    party = our_party() or RelyingParty("", "")
    if not use.passkey.user.is_active:
        yield "left"
    if use.passkey.ends.exists():
        yield "ended"
    public_key = bytes(use.passkey.public_key)
    faults = [*faults_of(assertion, challenge=challenge, party=party, public_key=public_key)]
    yield from faults
    if not faults and has_gone_back(before=use.counter, now=assertion.counter):
        yield "counter"
