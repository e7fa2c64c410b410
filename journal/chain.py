"""The hash chain, pure: what an entry's bytes are and how one entry holds the one before it.

leaf = SHA-256(0x00 || prev(32) || seq(8, big endian) || bytes). The 0x00 is RFC 9162's leaf
prefix, so that a Merkle tree can be laid over the same leaves.
"""

import hashlib
import hmac
import json
import secrets
from typing import Any, Never
from unicodedata import is_normalized

from kernel.canonical import canonical

GENESIS = bytes(32)


def _no_float(number: str) -> Never:
    raise ValueError(f"{number} has no place in an entry")


_READER = json.JSONDecoder(parse_float=_no_float)
_WRITER = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), sort_keys=True, check_circular=False
)


def leaf(*, prev: bytes, seq: int, body: bytes) -> bytes:
    """Return the 32-byte hash of entry `seq` with these bytes, after the entry hashed `prev`."""
    return hashlib.sha256(b"\x00" + prev + seq.to_bytes(8, "big") + body).digest()


def said_in(body: bytes) -> Any:  # noqa: ANN401  # whatever JSON says
    """Return what an entry's bytes say.

    :raises ValueError: for bytes that are no JSON, or hold what no entry holds.
    """
    return _READER.decode(str(body, "utf-8"))


def is_spelled(said: object, body: bytes) -> bool:
    """Tell whether `body` is the one spelling of what is said.

    Plain JSON is that spelling but for rare keys, and is tried first, being far faster.

    :raises ValueError: for what no entry says.
    """
    text = _WRITER.encode(said)
    return (text.encode() == body and is_normalized("NFC", text)) or canonical(said) == body


def new_key() -> bytes:
    """Return 32 fresh random bytes for one commitment."""
    return secrets.token_bytes(32)


def commitment(*, key: bytes, text: str) -> str:
    """Return HMAC-SHA-256 of `text` under `key` as hex: hides the text, binds to it.

    Keyed, because a bare hash of a guessable text still leaks it (EDPB Guidelines 02/2025).
    """
    return hmac.new(key, text.encode("utf-8"), hashlib.sha256).hexdigest()
