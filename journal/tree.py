"""The Merkle tree over the journal, pure: one root for all entries, and short proofs about it.

As RFC 9162, section 2.1 has it, over leaves that are the hashes of the entries as they stand
(`journal.chain.leaf`). Everything but the verifications reads its leaves once, in order, and
keeps as many hashes as the number of leaves has bits: a journal is never held in memory.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

Range = tuple[int, int]  # the leaves from the first number up to, and without, the second

EMPTY = hashlib.sha256(b"").digest()


class Frontier:
    """A tree that grows leaf by leaf: only the roots of its full subtrees are kept."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Put the next leaf at the end."""
        carried = self.size
        while carried & 1:
            leaf = _node(self._peaks.pop(), leaf)
            carried >>= 1
        self._peaks.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """Return the 32-byte root over all leaves so far."""
        if not self._peaks:
            return EMPTY
        above = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            above = _node(peak, above)
        return above


def root(leaves: Iterable[bytes]) -> bytes:
    """Return the 32-byte root over `leaves`."""
    tree = Frontier()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()


def inclusion_proof(leaves: Iterable[bytes], index: int, *, size: int | None = None) -> list[bytes]:
    """Return what shows that the leaf at `index`, from 0 on, is one of the first `size`.

    `leaves` may be a stream where `size` is given, else it is a list.

    :raises ValueError: when there is no such leaf.
    """
    leaves, size = _counted(leaves, size)
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} in a tree of {size}")
    return _roots(leaves, list(_beside(index, 0, size)))


def consistency_proof(leaves: Iterable[bytes], old: int, *, size: int | None = None) -> list[bytes]:
    """Return what shows that the tree of the first `size` leaves extends that of the first `old`.

    :raises ValueError: when the old tree is the larger one.
    """
    leaves, size = _counted(leaves, size)
    if not 0 <= old <= size:
        raise ValueError(f"a tree of {old} leaves is no beginning of one of {size}")
    if old in {0, size}:
        return []
    return _roots(leaves, list(_between(old, 0, size, is_whole=True)))


def verify_inclusion(
    *, leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Tell whether `proof` shows `leaf` at `index` of the tree of `size` leaves with this root."""
    if not 0 <= index < size:
        return False
    here, last, above = index, size - 1, leaf
    for beside in proof:
        if last == 0:
            return False
        if here & 1 or here == last:
            above = _node(beside, above)
            here, last = _up_to_a_right_child(here, last)
        else:
            above = _node(above, beside)
        here, last = here >> 1, last >> 1
    return last == 0 and above == root


def verify_consistency(
    *, old: int, size: int, proof: Sequence[bytes], old_root: bytes, root: bytes
) -> bool:
    """Tell whether `proof` shows that the tree of `size` leaves extends the tree of `old`."""
    if old in {0, size}:
        return not proof and old_root == (root if old == size else EMPTY)
    if not (0 < old < size and proof):
        return False
    path = [old_root, *proof] if old & (old - 1) == 0 else [*proof]
    here, last = old - 1, size - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    before = after = path[0]
    for beside in path[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            before, after = _node(beside, before), _node(beside, after)
            here, last = _up_to_a_right_child(here, last)
        else:
            after = _node(after, beside)
        here, last = here >> 1, last >> 1
    return last == 0 and before == old_root and after == root


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _up_to_a_right_child(here: int, last: int) -> tuple[int, int]:
    """Climb from a last leaf that stands alone to where it has a neighbour again."""
    while here and not here & 1:
        here, last = here >> 1, last >> 1
    return here, last


def _counted(leaves: Iterable[bytes], size: int | None) -> tuple[Iterable[bytes], int]:
    if size is not None:
        return leaves, size
    listed = leaves if isinstance(leaves, Sequence) else list(leaves)
    return listed, len(listed)


def _split(start: int, end: int) -> int:
    """Return where the left half ends: the largest power of two short of the whole."""
    return start + (1 << (end - start - 1).bit_length() - 1)


def _beside(index: int, start: int, end: int) -> Iterator[Range]:
    """Yield the subtrees beside the way from a leaf to the root, the lowest first."""
    if end - start == 1:
        return
    middle = _split(start, end)
    if index < middle:
        yield from _beside(index, start, middle)
        yield middle, end
    else:
        yield from _beside(index, middle, end)
        yield start, middle


def _between(old: int, start: int, end: int, *, is_whole: bool) -> Iterator[Range]:
    """Yield the subtrees that give both roots; the old root itself is known to whoever asks."""
    if old == end:
        if not is_whole:
            yield start, end
        return
    middle = _split(start, end)
    if old <= middle:
        yield from _between(old, start, middle, is_whole=is_whole)
        yield middle, end
    else:
        yield from _between(old, middle, end, is_whole=False)
        yield start, middle


def _roots(leaves: Iterable[bytes], ranges: Sequence[Range]) -> list[bytes]:
    """Return the root of each range, none of which overlaps another, in one pass."""
    found: dict[Range, bytes] = {}
    stream, at = iter(leaves), 0
    for start, end in sorted(ranges):
        found[start, end] = root(islice(stream, start - at, end - at))
        at = end
    return [found[wanted] for wanted in ranges]
