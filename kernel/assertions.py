"""What a passkey signs, judged from bytes alone: at once, and again years later without a server.

Parsing and checking keys is fido2's part; what is asked of a passkey is ours: the exact challenge,
the exact origin, this installation, and a person who was verified by finger, face or PIN.
"""

import json
import struct
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from fido2 import cbor
from fido2.cose import CoseKey
from fido2.webauthn import AuthenticationResponse, AuthenticatorData, CollectedClientData

from kernel.canonical import canonical

LONGEST_ANSWER = 16_384
# ECDSA on P-256, Ed25519, RSA: what browsers offer and our receipts check; kind and parts of each.
SHAPES: dict[int, tuple[int, Set[int]]] = {
    -7: (2, {1, 3, -1, -2, -3}),
    -8: (1, {1, 3, -1, -2}),
    -257: (3, {1, 3, -1, -2}),
}
# Whatever fido2 raises over bytes that no authenticator made.
MALFORMED = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    NotImplementedError,
    RecursionError,
    struct.error,
)


class UnreadableError(ValueError):
    """These are not the bytes of a passkey's answer."""


@dataclass(frozen=True)
class RelyingParty:
    """For whom a passkey signs: the name it is bound to, and the one address it is used at."""

    id: str
    origin: str


@dataclass(frozen=True)
class Assertion:
    """What an authenticator gave: which key signed what."""

    credential_id: bytes
    client_data: bytes
    authenticator_data: bytes
    signature: bytes

    @property
    def counter(self) -> int:
        """How often the key has signed; 0 from keys that do not count."""
        return int(AuthenticatorData(self.authenticator_data).counter)


def read_assertion(answer: str) -> Assertion:
    """Return what the browser sent.

    :raises UnreadableError: when it is no assertion.
    """
    try:
        found = AuthenticationResponse.from_dict(plain_answer(answer))
        given = found.response
        assertion = Assertion(
            credential_id=bytes(found.raw_id),
            client_data=bytes(given.client_data),
            authenticator_data=bytes(given.authenticator_data),
            signature=bytes(given.signature),
        )
        kept(assertion, b"", RelyingParty("", ""))  # what cannot be kept cannot be shown later
    except MALFORMED as error:
        raise UnreadableError("no assertion") from error
    return assertion


def faults_of(
    assertion: Assertion, *, challenge: bytes, party: RelyingParty, public_key: bytes
) -> Iterator[str]:
    """Yield, each as one word, what this assertion lacks; nothing yielded means that it holds."""
    try:
        client = CollectedClientData(assertion.client_data)
        given = AuthenticatorData(assertion.authenticator_data)
    except MALFORMED:
        yield "unreadable"
        return
    yield from _faults_of_client(client, challenge, party.origin)
    if given.rp_id_hash != sha256(party.id.encode()).digest():
        yield "relying_party"
    if not given.is_user_present():
        yield "presence"
    if not given.is_user_verified():
        yield "verification"
    signed = assertion.authenticator_data + sha256(assertion.client_data).digest()
    if not _is_signed(signed, assertion.signature, public_key):
        yield "signature"


def has_gone_back(*, before: int, now: int) -> bool:
    """Tell whether a key's counter shows that there are two of it; keys that do not count say 0."""
    return (before > 0 or now > 0) and now <= before


def kept(assertion: Assertion, public_key: bytes, party: RelyingParty) -> dict[str, str]:
    """Return an assertion as it stays with a signature: every byte in one spelling only.

    `credential`, `public_key` (COSE, as enrolled), `authenticator_data` and `signature` are lower
    hexadecimal; `client_data` is the text exactly as signed; `rp_id` and `origin` are what it was
    made for. Whoever holds this and the statement can check it without us (S3).

    :raises ValueError: for client data that is no text.
    """
    said = {
        "credential": assertion.credential_id.hex(),
        "public_key": public_key.hex(),
        "client_data": assertion.client_data.decode(),
        "authenticator_data": assertion.authenticator_data.hex(),
        "signature": assertion.signature.hex(),
        "rp_id": party.id,
        "origin": party.origin,
    }
    canonical(said)
    return said


def faults_of_kept(said: Mapping[str, str], *, challenge: bytes) -> Iterator[str]:
    """Yield what an assertion that stayed with a signature lacks, judged from it alone (S3)."""
    try:
        assertion = Assertion(
            credential_id=bytes.fromhex(said["credential"]),
            client_data=said["client_data"].encode(),
            authenticator_data=bytes.fromhex(said["authenticator_data"]),
            signature=bytes.fromhex(said["signature"]),
        )
        public_key = bytes.fromhex(said["public_key"])
        party = RelyingParty(said["rp_id"], said["origin"])
        if kept(assertion, public_key, party) != dict(said):
            yield "spelling"
    except MALFORMED:
        yield "unreadable"
        return
    yield from faults_of(assertion, challenge=challenge, party=party, public_key=public_key)


def _faults_of_client(client: CollectedClientData, challenge: bytes, origin: str) -> Iterator[str]:
    """Yield what the browser says otherwise than it should."""
    if client.type != CollectedClientData.TYPE.GET:
        yield "kind"
    if client.challenge != challenge:
        yield "challenge"
    if client.origin != origin or client.cross_origin:
        yield "origin"


def _is_signed(message: bytes, signature: bytes, public_key: bytes) -> bool:
    try:
        key_of(public_key).verify(message, signature)
    except (InvalidSignature, *MALFORMED):
        return False
    return True


def key_of(public_key: bytes) -> CoseKey:
    """Return the key of these COSE bytes, which have one spelling only.

    :raises MALFORMED: any of these, for what is no key of ours.
    """
    plain: Any = cbor.decode(public_key)
    key = CoseKey.parse(plain)
    if (key[1], key.keys()) != SHAPES[key.ALGORITHM] or cbor.encode(plain) != public_key:
        raise UnreadableError("no key of ours")
    return key


def plain_answer(answer: str) -> dict[str, Any]:
    """Return the browser's JSON.

    :raises UnreadableError: for anything else, or far too much of it.
    """
    if len(answer) > LONGEST_ANSWER:
        raise UnreadableError("too long")
    plain = json.loads(answer)
    if not isinstance(plain, dict):
        raise UnreadableError("no object")
    return plain
