"""A checkpoint as others can check it, pure: a note as C2SP's `tlog-checkpoint` has it.

    counterpart/journal/8c0f…
    1204
    <root over the first 1204 entries, in base64>

    — counterpart/journal/8c0f… <the first 4 bytes that name the key, and its signature>

The lines above the empty one are signed, each with its line end. Any tool that reads signed notes
checks one against the line that `verifier` gives.
"""

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

ED25519 = b"\x01"
NAME_BYTES = 4
NOTE = re.compile(
    r"^(?P<text>(?P<origin>\S+)\n(?P<size>0|[1-9][0-9]{0,18})\n(?P<root>[A-Za-z0-9+/]{43}=)\n)\n"
    r"(?P<signatures>(?:— \S+ [A-Za-z0-9+/]+=*\n)+)",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Note:
    """What a signed note says: the first `size` entries of the journal `origin` have this root."""

    origin: str
    size: int
    root: bytes
    signatures: tuple[tuple[str, bytes], ...] = ()

    @property
    def text(self) -> str:
        """Return what is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    def signature_of(self, public: bytes) -> bytes:
        """Return what the owner of this key signed with, or b"" where none is named."""
        mark = key_mark(self.origin, public)
        for name, signature in self.signatures:
            if name == self.origin and signature.startswith(mark):
                return signature[NAME_BYTES:]
        return b""


def origin_of(org: UUID) -> str:
    """Return the name of an installation's journal among all journals there are."""
    return f"counterpart/journal/{org}"


def key_mark(name: str, public: bytes) -> bytes:
    """Return the four bytes by which a note names the key that signed it."""
    return hashlib.sha256(f"{name}\n".encode() + ED25519 + public).digest()[:NAME_BYTES]


def verifier(name: str, public: bytes) -> str:
    """Return the public key as tools that check signed notes take it."""
    key = base64.b64encode(ED25519 + public).decode()
    return f"{name}+{key_mark(name, public).hex()}+{key}"


def signed(note: Note, *, public: bytes, signature: bytes) -> str:
    """Return the whole note with its signature, as it is given away."""
    line = base64.b64encode(key_mark(note.origin, public) + signature).decode()
    return f"{note.text}\n— {note.origin} {line}\n"


def notes_in(text: str) -> Iterator[Note]:
    """Yield each whole note that stands in `text`, among whatever else stands there."""
    for found in NOTE.finditer(text.replace("\r\n", "\n") + "\n"):
        lines = [line.split(" ") for line in found["signatures"].splitlines()]
        try:
            signatures = tuple((name, base64.b64decode(line)) for _, name, line in lines)
        except ValueError:
            continue
        root = base64.b64decode(found["root"])
        yield Note(found["origin"], int(found["size"]), root, signatures)
