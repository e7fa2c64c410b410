"""The installation's Ed25519 key: its seed comes from the environment, its public half is a row."""

import base64
import binascii
from dataclasses import dataclass, field
from functools import cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from kernel.canonical import digest

SEED_BYTES = 32


@dataclass(frozen=True)
class Signer:
    """A private key, for as long as this process needs it."""

    private: Ed25519PrivateKey = field(repr=False)

    @property
    def public(self) -> bytes:
        """The 32 bytes of its public half."""
        return self.private.public_key().public_bytes_raw()

    @property
    def key_id(self) -> str:
        """Its name: the first 16 digits of the SHA-256 of its public half."""
        return digest(self.public)[:16]

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte Ed25519 signature over `message`."""
        return self.private.sign(message)


def signer(seed: str, *, name: str = "SERVER_SIGNING_KEY") -> Signer:
    """Return the key whose seed is given in base64.

    :raises ImproperlyConfigured: when it is not base64 of 32 bytes; `name` says which is not.
    """
    try:
        decoded = base64.b64decode(seed, validate=True)
    except binascii.Error:
        decoded = b""
    if len(decoded) != SEED_BYTES:
        raise ImproperlyConfigured(
            f"{name} must be 32 random bytes in base64. docs/running.md shows how to make them."
        )
    return Signer(Ed25519PrivateKey.from_private_bytes(decoded))


@cache
def in_use() -> Signer:
    """Return the key that this process signs with.

    :raises ImproperlyConfigured: when SERVER_SIGNING_KEY is not base64 of 32 bytes.
    """
    return signer(settings.SERVER_SIGNING_KEY)


def public_key() -> bytes:
    """Return the 32 bytes of the public key in use."""
    return in_use().public


def key_id() -> str:
    """Return the name of the key in use."""
    return in_use().key_id


def sign(message: bytes) -> bytes:
    """Return the 64-byte Ed25519 signature of this installation over `message`."""
    return in_use().sign(message)


def is_signed(*, message: bytes, signature: bytes, public: bytes) -> bool:
    """Tell whether `signature` over `message` was made by the owner of `public`."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
