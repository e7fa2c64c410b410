"""Keep passkeys: add one, revoke one, take them off somebody whose second factor two recover."""

from datetime import datetime

from journal.acts import act, record, seal
from journal.kinds import Kind
from kernel.assertions import RelyingParty, UnreadableError
from kernel.canonical import clean_name
from kernel.passkeys import Enrolment, read_enrolment
from kernel.refusals import Blocker, NotVisibleError, RefusedError
from people.choices import PasskeyEnding
from people.factors import is_dead, keyring_of, our_party
from people.models import Passkey, PasskeyEnd, PasskeyUse, User
from people.operations.identity import IdentityProof
from people.rules.passkeys import KeeperFacts, blockers_to_add, blockers_to_revoke


class PasskeyRefusedError(RefusedError):
    """This passkey cannot be added, or cannot be taken off."""


@act(refusals=True)
def add_passkey(
    *, actor: User, name: str, answer: str, challenge: bytes, proof: IdentityProof, at: datetime
) -> Passkey:
    """Let the key that the person's device has just made open and sign for them.

    `answer` is what the browser sent for `challenge`. From the first one on a password signs
    nothing any more (S2).

    :raises PasskeyRefusedError: when the device made none for this page, or the proof is too weak.
    """
    User.objects.select_for_update().get(pk=actor.pk)
    party, name = our_party(), _clean(name)
    facts = _facts(actor, proof, at)
    _refuse(*blockers_to_add(facts, name=name, is_possible=party is not None))
    made = _made(answer, challenge, party)
    passkey = Passkey.objects.create(
        user=actor,
        person_key=actor.person_key,
        credential_id=made.credential_id.hex(),
        public_key=made.public_key,
        rp_id=party.id if party else "",
        sealed=seal(name, person=actor),
        added_at=at,
    )
    PasskeyUse.objects.create(passkey=passkey, counter=made.counter)
    record(
        Kind.PASSKEY_ADDED,
        actor=actor,
        subject=passkey,
        at=at,
        data={"person": str(actor.person_key)},
    )
    return passkey


@act(refusals=True)
def revoke_passkey(*, actor: User, passkey_id: int, proof: IdentityProof, at: datetime) -> None:
    """Let one of one's own passkeys open nothing from now on.

    :raises NotVisibleError: when it is not one's own, or ended already.
    :raises PasskeyRefusedError: when the proof is too weak.
    """
    User.objects.select_for_update().get(pk=actor.pk)
    passkey = Passkey.objects.standing().filter(user=actor, pk=passkey_id).first()
    if passkey is None:
        raise NotVisibleError
    _refuse(*blockers_to_revoke(_facts(actor, proof, at)))
    end_passkey(passkey=passkey, cause=PasskeyEnding.REVOKED, actor=actor, at=at)


@act
def recover_passkeys(*, user: User, actor: User, at: datetime) -> None:
    """Take every passkey off a person, so that a password signs again and a first one can be added.

    Part of the act by which two people recover a lost second factor: it may find none.
    """
    rows = Passkey.objects.asked_for().filter(person_key=user.person_key)
    for passkey in rows.order_by("pk"):
        end_passkey(passkey=passkey, cause=PasskeyEnding.RECOVERED, actor=actor, at=at)


@act
def end_passkey(*, passkey: Passkey, cause: PasskeyEnding, actor: User, at: datetime) -> None:
    """Write down that a passkey opens nothing from now on. Who may say so, its caller judges."""
    PasskeyUse.objects.select_for_update().get(passkey=passkey)  # whoever uses it now is before us
    PasskeyEnd.objects.create(passkey=passkey, cause=cause, by=actor, ended_at=at)
    record(
        Kind.PASSKEY_ENDED,
        actor=actor,
        subject=passkey,
        at=at,
        data={"cause": str(cause), "person": str(passkey.person_key)},
    )


def _facts(actor: User, proof: IdentityProof, at: datetime) -> KeeperFacts:
    held = keyring_of(actor)
    return KeeperFacts(
        proof_level=proof.level,
        proved_at=proof.at,
        is_own_proof=proof.user_id == actor.pk,
        usable=len(held.usable),
        is_locked=held.is_locked,
        at=at,
        has_password=actor.has_usable_password(),
        is_usable_elsewhere=held.is_usable_elsewhere,
        is_dead=is_dead(actor.person_key, proof.at, proof.assertion.get("credential", "")),
    )


def _made(answer: str, challenge: bytes, party: RelyingParty | None) -> Enrolment:
    """Return the new key.

    :raises PasskeyRefusedError: when the browser's answer is none, or the key is known.
    """
    try:
        made = read_enrolment(answer, challenge=challenge, party=party or RelyingParty("", ""))
    except UnreadableError as error:
        text = "Your device made no passkey for this page. Open the page again and try once more."
        raise PasskeyRefusedError(Blocker("enrolment", text)) from error
    if Passkey.objects.filter(credential_id=made.credential_id.hex()).exists():
        raise PasskeyRefusedError(Blocker("known", "This passkey was added before."))
    return made


def _refuse(*blockers: Blocker) -> None:
    if blockers:
        raise PasskeyRefusedError(*blockers)


def _clean(name: str) -> str:
    """Return one line of clean text.

    :raises PasskeyRefusedError: for what is no name.
    """
    try:
        return clean_name(name)
    except ValueError as error:
        raise PasskeyRefusedError(Blocker("name", str(error), "name")) from error
