"""The tree is that of RFC 9162, its proofs show what they say, and nothing else."""

import hashlib
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.tree import (
    EMPTY,
    Frontier,
    consistency_proof,
    inclusion_proof,
    root,
    verify_consistency,
    verify_inclusion,
)

# The vectors that RFC 6962's authors published with their implementation.
ENTRIES = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
FIRST = ROOTS[1]
SECOND = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
THIRD_AND_FOURTH = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
FIFTH = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
LAST_TWO = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
LAST_FOUR = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
FIFTH_AND_SIXTH = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
LEAVES = [hashlib.sha256(b"\x00" + bytes.fromhex(entry)).digest() for entry in ENTRIES]


def numbered(count):
    return [hashlib.sha256(number.to_bytes(4, "big")).digest() for number in range(count)]


def flipped(hashed, bit):
    return bytes(b ^ (1 << bit % 8 if at == bit // 8 else 0) for at, b in enumerate(hashed))


def is_inside(leaves, index, /, **changed):
    said = {
        "leaf": leaves[index],
        "index": index,
        "size": len(leaves),
        "proof": inclusion_proof(leaves, index),
        "root": root(leaves),
    }
    return verify_inclusion(**said | changed)


def extends(leaves, old, /, **changed):
    said = {
        "old": old,
        "size": len(leaves),
        "proof": consistency_proof(leaves, old),
        "old_root": root(leaves[:old]),
        "root": root(leaves),
    }
    return verify_consistency(**said | changed)


@pytest.mark.parametrize("size", range(9))
def test_the_root_is_that_of_the_published_vectors(size):
    assert root(LEAVES[:size]).hex() == ROOTS[size]


@pytest.mark.parametrize(
    ("index", "size", "proof"),
    [
        (0, 1, []),
        (0, 8, [SECOND, THIRD_AND_FOURTH, LAST_FOUR]),
        (5, 8, [FIFTH, LAST_TWO, ROOTS[4]]),
        (2, 3, [ROOTS[2]]),
        (1, 5, [FIRST, THIRD_AND_FOURTH, FIFTH]),
    ],
)
def test_a_proof_of_inclusion_is_that_of_the_published_vectors(index, size, proof):
    assert [one.hex() for one in inclusion_proof(LEAVES[:size], index)] == proof


@pytest.mark.parametrize(
    ("old", "size", "proof"),
    [
        (1, 1, []),
        (1, 8, [SECOND, THIRD_AND_FOURTH, LAST_FOUR]),
        (6, 8, [FIFTH_AND_SIXTH, LAST_TWO, ROOTS[4]]),
        (2, 5, [THIRD_AND_FOURTH, FIFTH]),
    ],
)
def test_a_proof_of_consistency_is_that_of_the_published_vectors(old, size, proof):
    assert [one.hex() for one in consistency_proof(LEAVES[:size], old)] == proof


def test_each_entry_of_each_small_tree_is_shown_to_be_in_it():
    leaves = numbered(40)

    assert all(is_inside(leaves[:size], at) for size in range(1, 41) for at in range(size))


def test_each_small_tree_is_shown_to_extend_each_smaller_one():
    leaves = numbered(40)

    assert all(extends(leaves[:size], old) for size in range(41) for old in range(size + 1))


@settings(max_examples=12)
@given(st.integers(1, 10_000), st.data())
def test_the_proofs_hold_in_large_trees_read_as_a_stream(size, data):
    leaves = numbered(size)
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size))

    inside = inclusion_proof(iter(leaves), index, size=size)
    longer = consistency_proof(iter(leaves), old, size=size)

    assert is_inside(leaves, index, proof=inside)
    assert extends(leaves, old, proof=longer)
    assert max(len(inside), len(longer)) <= size.bit_length() + 1


@given(st.integers(1, 40), st.data())
def test_one_bit_of_a_proof_of_inclusion_changed_is_refused(size, data):
    leaves = numbered(size)
    index = data.draw(st.integers(0, size - 1))
    bit = data.draw(st.integers(0, 255))
    proof = inclusion_proof(leaves, index)

    assert not is_inside(leaves, index, leaf=flipped(leaves[index], bit))
    assert not is_inside(leaves, index, root=flipped(root(leaves), bit))
    for at, one in enumerate(proof):
        changed = [*proof[:at], flipped(one, bit), *proof[at + 1 :]]
        assert not is_inside(leaves, index, proof=changed)


@given(st.integers(2, 40), st.data())
def test_one_bit_of_a_proof_of_consistency_changed_is_refused(size, data):
    leaves = numbered(size)
    old = data.draw(st.integers(1, size - 1))
    bit = data.draw(st.integers(0, 255))
    proof = consistency_proof(leaves, old)

    assert not extends(leaves, old, root=flipped(root(leaves), bit))
    assert not extends(leaves, old, old_root=flipped(root(leaves[:old]), bit))
    for at, one in enumerate(proof):
        changed = [*proof[:at], flipped(one, bit), *proof[at + 1 :]]
        assert not extends(leaves, old, proof=changed)


@settings(max_examples=30)
@given(st.integers(1, 20), st.data())
def test_another_place_another_size_and_a_longer_or_shorter_proof_are_refused(size, data):
    leaves = numbered(size)
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(leaves, index)

    assert not any(is_inside(leaves, index, index=at) for at in range(-1, size + 1) if at != index)
    assert not is_inside(leaves, index, proof=[*proof, EMPTY])
    assert not proof or not is_inside(leaves, index, proof=proof[:-1])
    assert not is_inside(leaves, index, size=index)


@pytest.mark.parametrize(
    "changed",
    [
        {"proof": []},
        {"old": -1},
        {"old": 8},
        {"old": 0},
        {"size": 6},
        {"size": 5},
        {"proof": consistency_proof(LEAVES[:7], 6)[:-1]},
        {"proof": [*consistency_proof(LEAVES[:7], 6), EMPTY]},
    ],
)
def test_a_proof_of_consistency_fits_no_other_trees(changed):
    assert extends(LEAVES[:7], 6)
    assert not extends(LEAVES[:7], 6, **changed)


def test_a_tree_of_the_same_size_with_another_root_extends_nothing():
    assert not extends(LEAVES, 8, root=EMPTY)
    assert not extends(LEAVES, 8, proof=[EMPTY])
    assert not extends(LEAVES, 0, old_root=LEAVES[0])


def test_a_history_written_anew_is_no_longer_consistent():
    anew = [flipped(LEAVES[0], 0), *LEAVES[1:]]

    assert not extends(anew, 4, old_root=root(LEAVES[:4]))


def test_what_is_not_in_a_tree_has_no_proof():
    with pytest.raises(ValueError, match="no leaf 8"):
        inclusion_proof(LEAVES, 8)
    with pytest.raises(ValueError, match="no beginning"):
        consistency_proof(LEAVES, 9)


def test_a_growing_tree_keeps_a_few_hashes_and_knows_its_root_at_every_size():
    tree, most = Frontier(), 0
    leaves = numbered(300)

    roots = [tree.root()]
    for leaf in leaves:
        tree.add(leaf)
        most = max(most, len(vars(tree)["_peaks"]))
        roots.append(tree.root())

    assert roots == [root(leaves[:size]) for size in range(301)]
    assert most <= (300).bit_length()
    assert all(one != other for one, other in pairwise(roots))
