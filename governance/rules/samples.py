"""A random sample that anybody can draw again: the order follows from a seed and the decisions."""

import re
from collections.abc import Collection, Iterator
from hashlib import sha256

from kernel.refusals import Blocker

MOST = 50
METHOD = (
    "Each decision up to the entry is ordered by SHA-256 of the seed, a colon and the digest of"
    " the decision in hexadecimal, as ASCII. The first ones are the sample."
)
SEED = re.compile(r"[a-z0-9-]{1,64}")


def blockers_to_sample(*, reads_everything: bool, seed: str, size: int) -> Iterator[Blocker]:
    """Yield every reason why no such sample is handed out to this person."""
    if not reads_everything:
        yield Blocker("not_yours", "Only office holders may take the record.")
    if not SEED.fullmatch(seed):
        text = "A seed has 1 to 64 small letters, digits and hyphens."
        yield Blocker("seed", text, "seed")
    if not 1 <= size <= MOST:
        yield Blocker("size", f"A sample has 1 to {MOST} decisions.", "size")


def drawn(digests: Collection[str], *, seed: str, size: int) -> list[str]:
    """Return the sample: the same seed always draws the same of the same decisions."""
    return sorted(digests, key=lambda one: sha256(f"{seed}:{one}".encode("ascii")).digest())[:size]
