import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.chain import GENESIS, commitment, is_spelled, leaf, new_key, said_in
from kernel.canonical import canonical


def test_a_leaf_is_sha_256_over_prefix_predecessor_number_and_bytes():
    expected = hashlib.sha256(b"\x00" + bytes(32) + b"\x00" * 7 + b"\x01" + b"{}").digest()

    assert leaf(prev=GENESIS, seq=1, body=b"{}") == expected


@given(st.binary(min_size=32, max_size=32), st.integers(1, 2**63), st.binary())
def test_every_part_of_a_leaf_counts(prev, seq, body):
    changed = bytes([prev[0] ^ 1]) + prev[1:]

    assert (
        len(
            {
                leaf(prev=prev, seq=seq, body=body),
                leaf(prev=changed, seq=seq, body=body),
                leaf(prev=prev, seq=seq + 1, body=body),
                leaf(prev=prev, seq=seq, body=body + b"\x00"),
            }
        )
        == 4
    )


def test_a_commitment_is_hmac_sha_256():
    # RFC 4231, test case 2.
    assert commitment(key=b"Jefe", text="what do ya want for nothing?") == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )


def test_the_same_text_under_two_keys_cannot_be_recognised():
    keys = {new_key() for _ in range(50)}

    assert len(keys) == 50
    assert {len(key) for key in keys} == {32}
    assert len({commitment(key=key, text="Ana") for key in keys}) == 50


@pytest.mark.parametrize("other", ["Ana ", "ana", ""])
def test_a_commitment_binds_to_its_text(other):
    assert commitment(key=b"k", text=other) != commitment(key=b"k", text="Ana")


@given(st.dictionaries(st.sampled_from(["a", "é", "\U0001f600", "\ufb01"]), st.integers(0, 9)))
def test_bytes_say_what_was_meant_and_whether_they_are_its_one_spelling(meant):
    for body, is_one in ((canonical(meant), True), (b" " + canonical(meant), False)):
        assert said_in(body) == meant
        assert is_spelled(meant, body) == is_one


@pytest.mark.parametrize("body", [b"", b"{", b'{"a":1.5}', b"\xff", '"e\u0301"'.encode()])
def test_bytes_that_no_entry_holds_are_refused(body):
    with pytest.raises(ValueError, match=r".+"):
        is_spelled(said_in(body), body)
