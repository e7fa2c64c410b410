"""A small authenticator in software: it answers as a browser does, and lies where a test asks."""

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from fido2 import cbor
from fido2.cose import ES256, RS256, CoseKey, EdDSA
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from kernel.assertions import RelyingParty
from people.operations.identity import check_identity
from people.operations.passkey_proofs import check_passkey
from people.operations.passkeys import add_passkey
from tests.cast import PASSWORD

HERE = RelyingParty("localhost", "http://localhost:8000")  # of the BASE_URL that nobody sets
UP, UV, ATTESTED = 1, 4, 64
KINDS = {-7: ES256, -8: EdDSA, -257: RS256}


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass
class Authenticator:
    """One key of one person, with its counter; a synced one never counts."""

    alg: int = -7
    credential_id: bytes = b"a key of one's own"
    counter: int = 0
    counts: bool = True
    key: object = field(init=False)

    def __post_init__(self):
        self.key = {
            -7: lambda: ec.generate_private_key(ec.SECP256R1()),
            -8: ed25519.Ed25519PrivateKey.generate,
            -257: lambda: rsa.generate_private_key(65537, 2048),
        }[self.alg]()

    @property
    def cose(self) -> CoseKey:
        return KINDS[self.alg].from_cryptography_key(self.key.public_key())

    def enrol(self, challenge: bytes, party=HERE, *, flags=UP | UV, **said) -> str:
        """Answer `navigator.credentials.create`."""
        held = AttestedCredentialData.create(b"\0" * 16, self.credential_id, self.cose)
        data = AuthenticatorData.create(_hash(party), flags | ATTESTED, self.counter, held)
        client = _client("webauthn.create", challenge, party, said)
        answer = AttestationObject.create("none", data, {})
        return self._answer({"clientDataJSON": b64(client), "attestationObject": b64(answer)})

    def sign(self, challenge: bytes, party=HERE, *, flags=UP | UV, **said) -> str:
        """Answer `navigator.credentials.get`."""
        self.counter += self.counts
        data = AuthenticatorData.create(_hash(party), flags, self.counter)
        client = _client("webauthn.get", challenge, party, said)
        return self._answer(
            {
                "clientDataJSON": b64(client),
                "authenticatorData": b64(data),
                "signature": b64(self._signed(data + sha256(client).digest())),
            }
        )

    def _signed(self, message: bytes) -> bytes:
        if self.alg == -8:
            return self.key.sign(message)
        if self.alg == -257:
            return self.key.sign(message, padding.PKCS1v15(), hashes.SHA256())
        return self.key.sign(message, ec.ECDSA(hashes.SHA256()))

    def _answer(self, response: dict[str, str]) -> str:
        name = b64(self.credential_id)
        return json.dumps(
            {
                "id": name,
                "rawId": name,
                "type": "public-key",
                "response": response,
                "clientExtensionResults": {},
            }
        )


def _client(kind: str, challenge: bytes, party: RelyingParty, said: dict[str, object]) -> bytes:
    plain = {"type": kind, "challenge": b64(challenge), "origin": party.origin, **said}
    said = {"crossOrigin": False, **plain}
    return json.dumps(said, separators=(",", ":"), ensure_ascii=False).encode()


def _hash(party: RelyingParty) -> bytes:
    return sha256(party.id.encode()).digest()


def give_passkey(user, at, *, name="Laptop", by=None, **options) -> Authenticator:
    """Let a person add a passkey by password, or `by` one they have."""
    made = Authenticator(**{"credential_id": f"{user.pk} {name}".encode(), **options})
    challenge = sha256(made.credential_id).digest()
    if by:
        proof = check_passkey(user=user, answer=by.sign(challenge), challenge=challenge, at=at)
    else:
        proof = check_identity(user=user, password=PASSWORD, at=at)
    answer = made.enrol(challenge)
    add_passkey(actor=user, name=name, answer=answer, challenge=challenge, proof=proof, at=at)
    return made


def encoded(key: CoseKey) -> bytes:
    return cbor.encode(dict(key))
