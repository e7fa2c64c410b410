"""The hash chain, pure: what an entry's bytes are and how one entry holds the one before it.

leaf = SHA-256(0x00 || prev(32) || seq(8, big endian) || bytes). The 0x00 is RFC 9162's leaf
prefix, so that a Merkle tree can be laid over the same leaves.
"""

import hashlib
import hmac
import secrets

GENESIS = bytes(32)


def leaf(*, prev: bytes, seq: int, body: bytes) -> bytes:
    """Return the 32-byte hash of entry `seq` with these bytes, after the entry hashed `prev`."""
    return hashlib.sha256(b"\x00" + prev + seq.to_bytes(8, "big") + body).digest()


def new_key() -> bytes:
    """Return 32 fresh random bytes for one commitment."""
    return secrets.token_bytes(32)


def commitment(*, key: bytes, text: str) -> str:
    """Return HMAC-SHA-256 of `text` under `key` as hex: hides the text, binds to it.

    Keyed, because a bare hash of a guessable text still leaks it (EDPB Guidelines 02/2025).
    """
    return hmac.new(key, text.encode("utf-8"), hashlib.sha256).hexdigest()
