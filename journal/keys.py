"""The installation's Ed25519 key: its seed comes from the environment, its public half is a row."""

import base64
import binascii
from functools import cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from kernel.canonical import digest

SEED_BYTES = 32


@cache
def _private() -> Ed25519PrivateKey:
    try:
        seed = base64.b64decode(settings.SERVER_SIGNING_KEY, validate=True)
    except binascii.Error:
        seed = b""
    if len(seed) != SEED_BYTES:
        raise ImproperlyConfigured(
            "SERVER_SIGNING_KEY must be 32 random bytes in base64. "
            "docs/running.md shows how to make them."
        )
    return Ed25519PrivateKey.from_private_bytes(seed)


def public_key() -> bytes:
    """Return the 32 bytes of the public key in use.

    :raises ImproperlyConfigured: when SERVER_SIGNING_KEY is not base64 of 32 bytes.
    """
    return _private().public_key().public_bytes_raw()


def key_id() -> str:
    """Return the name of the key in use: the first 16 digits of its SHA-256."""
    return digest(public_key())[:16]


def sign(message: bytes) -> bytes:
    """Return the 64-byte Ed25519 signature of this installation over `message`."""
    return _private().sign(message)


def is_signed(*, message: bytes, signature: bytes, public: bytes) -> bool:
    """Tell whether `signature` over `message` was made by the owner of `public`."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
