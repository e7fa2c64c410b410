"""The geometry of the cut."""

import re
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.seam import (
    HOUSE_CUT,
    Line,
    curve,
    edge_halves,
    gate_line,
    mark_halves,
    points,
    seam_halves,
)

digests = st.binary(max_size=40).map(lambda text: sha256(text).hexdigest())
sizes = st.sampled_from([24, 28, 36, 44, 48, 56, 92, 120])


def numbers(path: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d+\.\d", path)]


@given(digests, sizes)
def test_the_two_halves_of_a_mark_share_one_cut(digest, size):
    halves = mark_halves(digest, size)

    assert halves.tech.startswith(halves.tech_line)
    assert halves.people.startswith(halves.people_line)
    assert halves.tech_line == halves.people_line


@given(digests, sizes)
def test_a_mark_is_closed_by_the_two_arcs_of_one_circle(digest, size):
    halves = mark_halves(digest, size)

    assert halves.tech.endswith(" A17.0 17.0 0 0 1 24.0 7.0Z")
    assert halves.people.endswith(" A17.0 17.0 0 0 0 24.0 7.0Z")


@given(digests, st.booleans())
def test_sealed_halves_meet_along_the_whole_seam(digest, across):
    halves = seam_halves(digest, digest, sealed=True, across=across)

    assert halves.tech_line == halves.people_line


@given(digests)
def test_open_halves_run_in_parallel_with_a_gap(digest):
    halves = seam_halves(digest, digest, sealed=False, across=False)

    left, right = numbers(halves.tech_line), numbers(halves.people_line)
    assert [round(b - a, 1) for a, b in zip(left[::2], right[::2], strict=True)] == [
        pytest.approx(12, abs=0.11) for _ in left[::2]
    ]
    assert left[1::2] == right[1::2]


@given(digests, st.booleans())
def test_the_same_fingerprint_always_gives_the_same_cut(digest, across):
    first = seam_halves(digest, digest, sealed=False, across=across)

    assert seam_halves(digest, digest, sealed=False, across=across) == first
    assert seam_halves(digest.upper(), digest.upper(), sealed=False, across=across) == first


@given(digests, digests, st.booleans())
def test_another_fingerprint_gives_another_cut(one, other, across):
    cut = seam_halves(one, one, sealed=True, across=across).tech_line

    same = cut == seam_halves(other, other, sealed=True, across=across).tech_line
    assert same == (one == other)


@given(digests, st.integers(min_value=0, max_value=63))
def test_every_digit_of_the_fingerprint_counts(digest, place):
    flipped = digest[:place] + f"{int(digest[place], 16) ^ 1:x}" + digest[place + 1 :]

    assert gate_line(digest, across=False) != gate_line(flipped, across=False)


@given(digests, digests)
def test_halves_of_two_texts_do_not_fit(one, other):
    halves = seam_halves(one, other, sealed=False, across=False)

    fits = halves.tech_line.count("C") == halves.people_line.count("C")
    assert fits == (one == other)


@given(digests, st.integers(min_value=1, max_value=15), st.floats(min_value=1, max_value=20))
def test_a_cut_waves_from_side_to_side_and_never_turns_back(digest, bends, reach):
    line = Line(bends, axis=22, reach=reach, length=1000)

    cut = points(digest, line)

    assert cut[0] == (22, 0)
    assert cut[-1] == (22, 1000)
    sides = [across > 22 for across, _ in cut[1:-1]]
    assert sides == [bend % 2 == 0 for bend in range(bends)]
    assert all(abs(across - 22) <= reach + 1e-9 for across, _ in cut)
    along = [y for _, y in cut]
    assert along == sorted(along)


@given(digests, st.booleans())
def test_fills_run_past_both_ends_and_stay_in_their_strip(digest, across):
    halves = seam_halves(digest, digest, sealed=False, across=across)

    assert "-6" in halves.tech
    assert "1006" in halves.people
    assert halves.tech.endswith("Z")
    assert halves.people.endswith("Z")


def test_a_cut_lies_down_by_swapping_its_axes():
    cut = [(1.0, 0.0), (2.0, 10.0)]

    assert curve(cut) == "M1.0 0.0 C1.0 5.0 2.0 5.0 2.0 10.0"
    assert curve(cut, across=True) == "M0.0 1.0 C5.0 1.0 5.0 2.0 10.0 2.0"


def test_the_house_cut_is_the_drawn_one():
    assert mark_halves(HOUSE_CUT, 28).tech == (
        "M24.0 7.0 C24.0 12.7 28.0 12.7 28.0 18.5 C28.0 24.8 21.8 24.8 21.8 31.1"
        " C21.8 36.0 24.0 36.0 24.0 41.0 A17.0 17.0 0 0 1 24.0 7.0Z"
    )


def test_both_edges_of_a_gateway_are_one_cut():
    edge = edge_halves(HOUSE_CUT, across=False)

    assert edge.tech_line == edge.people_line
    assert edge.tech.endswith("H-6 V-6Z")
    assert edge.people.endswith("H50 V-6Z")
