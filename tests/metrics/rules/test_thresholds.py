"""Thresholds read as the playbook writes them, and met as people expect at their very edge."""

import pytest

from metrics.rules.thresholds import Threshold, UnknownReferenceError, read_threshold


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<= 1.25 T", Threshold("<=", 1.25, "T")),
        ("<= T", Threshold("<=", 1, "T")),
        (">= 0", Threshold(">=", 0)),
        ("<-2.5", Threshold("<", -2.5)),
        ("> 1.05 B", Threshold(">", 1.05, "B")),
        (" = 0 ", Threshold("=", 0)),
    ],
)
def test_what_is_written_is_read(text, expected):
    assert read_threshold(text) == expected


@pytest.mark.parametrize("text", ["", "T", "<= ", "=> 3", "< 1e3", "< 2 X", "about 3", "< nan"])
def test_anything_else_is_refused_with_the_way_out(text):
    with pytest.raises(ValueError, match="write a sign"):
        read_threshold(text)


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("< 3", {2}),
        ("<= 3", {2, 3}),
        ("= 3", {3}),
        (">= 3", {3, 4, 6}),
        ("> 3", {4, 6}),
        ("<= 3 T", {2, 3, 4, 6}),
        ("> 3 B", {2, 3, 4, 6}),
    ],
)
def test_each_sign_draws_its_edge(text, met):
    threshold = read_threshold(text)

    assert {n for n in (2, 3, 4, 6) if threshold.is_met(n, target=2, baseline=0.5)} == met


def test_an_edge_that_was_computed_is_still_the_edge():
    assert 0.1 + 0.2 != 0.3
    assert read_threshold("<= 3 T").is_met(0.1 + 0.2, target=0.1, baseline=None)
    assert not read_threshold("> 0.3").is_met(0.1 + 0.2, target=None, baseline=None)


@pytest.mark.parametrize(("text", "lacking"), [("< T", "target"), ("< 2 B", "baseline")])
def test_a_target_or_baseline_that_nobody_gave_is_named(text, lacking):
    with pytest.raises(UnknownReferenceError, match=f"^{lacking}$"):
        read_threshold(text).is_met(1, target=None, baseline=None)
