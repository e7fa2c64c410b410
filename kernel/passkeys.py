"""Passkeys as browsers make them and use them: for whom, what is asked, and what came of it."""

import ipaddress
from base64 import urlsafe_b64encode
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from fido2 import cbor
from fido2.server import Fido2Server
from fido2.webauthn import (
    PublicKeyCredentialRpEntity,
    RegistrationResponse,
    UserVerificationRequirement,
)

from kernel.assertions import MALFORMED, SHAPES, RelyingParty, UnreadableError, key_of, plain_answer

LONGEST_ID = 1023
LONGEST_KEY = 1024
WAIT = 300_000


@dataclass(frozen=True)
class Owner:
    """Whose key it will be, as the device shows it; the id tells logins of one person apart."""

    id: bytes
    email: str
    name: str


@dataclass(frozen=True)
class Enrolment:
    """A new key: its id, its public half as COSE bytes, and where its counter stands."""

    credential_id: bytes
    public_key: bytes
    counter: int


def relying_party(base_url: str) -> RelyingParty | None:
    """Return for whom passkeys sign at this address; None where no browser lets them.

    Browsers want HTTPS or this very machine, and a name: 127.0.0.1 is served as localhost.
    """
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    port = f":{parts.port}" if parts.port else ""
    with suppress(ValueError):
        host = "localhost" if ipaddress.ip_address(host).is_loopback else ""
    if not host or (parts.scheme != "https" and host != "localhost"):
        return None
    return RelyingParty(host, f"{parts.scheme}://{host}{port}")


def request_options(
    party: RelyingParty, challenge: bytes, allowed: list[bytes]
) -> dict[str, object]:
    """Return what a browser is asked to let sign; without `allowed`, the person chooses."""
    return {
        "challenge": _text(challenge),
        "rpId": party.id,
        "allowCredentials": [_descriptor(one) for one in allowed],
        "userVerification": "required",
        "timeout": WAIT,
    }


def creation_options(
    party: RelyingParty, challenge: bytes, owner: Owner, *, held: list[bytes]
) -> dict[str, object]:
    """Return what a browser is asked to make: a key that it finds by itself, behind a finger."""
    return {
        "challenge": _text(challenge),
        "rp": {"id": party.id, "name": "Counterpart"},
        "user": {"id": _text(owner.id), "name": owner.email, "displayName": owner.name},
        "pubKeyCredParams": [{"type": "public-key", "alg": alg} for alg in SHAPES],
        "excludeCredentials": [_descriptor(one) for one in held],
        "authenticatorSelection": {
            "residentKey": "required",
            "requireResidentKey": True,
            "userVerification": "required",
        },
        "attestation": "none",
        "timeout": WAIT,
    }


def read_enrolment(answer: str, *, challenge: bytes, party: RelyingParty) -> Enrolment:
    """Return the new key, made for this challenge, here, by a person who was verified.

    :raises UnreadableError: when it was not, or its kind of key is none of ours.
    """
    server = Fido2Server(
        PublicKeyCredentialRpEntity(name="Counterpart", id=party.id),
        verify_origin=lambda origin: origin == party.origin,
    )
    state = {
        "challenge": _text(challenge),
        "user_verification": UserVerificationRequirement.REQUIRED,
    }
    try:
        found = RegistrationResponse.from_dict(plain_answer(answer))
        made = server.register_complete(state, found).credential_data
        enrolment = Enrolment(
            credential_id=bytes(found.raw_id),
            public_key=cbor.encode(dict(made.public_key)) if made else b"",
            counter=int(found.response.attestation_object.auth_data.counter),
        )
        fits = made is not None and made.credential_id == enrolment.credential_id
        usable = _is_usable(enrolment)
    except MALFORMED as error:
        raise UnreadableError("no enrolment") from error
    if not fits or not usable or found.response.client_data.cross_origin:
        raise UnreadableError("no key of ours")
    return enrolment


def _is_usable(made: Enrolment) -> bool:
    """Tell whether the key is of a kind we check, and can be read again from what we keep."""
    if len(made.credential_id) > LONGEST_ID or len(made.public_key) > LONGEST_KEY:
        return False
    key = key_of(made.public_key)
    with suppress(InvalidSignature):  # a point off the curve would raise otherwise
        key.verify(b"", b"")
    return True


def _descriptor(credential_id: bytes) -> dict[str, str]:
    return {"type": "public-key", "id": _text(credential_id)}


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()
