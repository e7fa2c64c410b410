"""The mark and the cut as they stand in a page."""

from xml.etree import ElementTree as ET

import pytest

from kernel.icons import ICONS
from kernel.templatetags import draw

DIGEST = "21f7ea3e5d4d7e92aabe0358e929cad775ef1fe2faf2b6b9b42b100598ea3004"


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(f"<p>{svg}</p>")  # noqa: S314  our own output


def test_a_mark_says_what_it_shows():
    svg = parsed(draw.mark(DIGEST, tech="signed", label='Technology "has" <signed>'))[0]

    assert svg.get("role") == "img"
    assert svg.get("aria-label") == 'Technology "has" <signed>'
    assert svg.get("aria-hidden") is None


def test_a_mark_beside_its_words_is_silent():
    svg = parsed(draw.mark(DIGEST))[0]

    assert svg.get("aria-hidden") == "true"
    assert svg.get("role") is None


@pytest.mark.parametrize(
    ("tech", "people", "sealed"),
    [
        ("open", "open", False),
        ("signed", "open", False),
        ("signed", "signed", True),
        ("signed", "cond", True),
        ("signed", "stale", False),
        ("declined", "open", False),
    ],
)
def test_the_ring_appears_when_both_halves_are_signed(tech, people, sealed):
    svg = draw.mark(DIGEST, tech=tech, people=people)

    assert ("m-ring" in svg) is sealed
    assert ("is-sealed" in svg) is sealed
    assert f"m-tech is-{tech}" in svg
    assert f"m-people is-{people}" in svg


def test_conditions_and_declines_have_their_sign_on_their_half():
    assert 'class="m-note" cx="34.5"' in draw.mark(people="cond")
    assert 'class="m-bar" d="M9.5 28 L17.5 20"' in draw.mark(tech="declined")


def test_a_half_in_no_known_state_is_a_mistake():
    with pytest.raises(ValueError, match="half"):
        draw.mark(tech="perhaps")
    with pytest.raises(ValueError, match="half"):
        draw.seam(people="perhaps")


def test_a_seam_is_drawn_upright_and_lying():
    upright, lying = parsed(draw.seam(DIGEST, tech="signed"))

    assert upright.get("viewBox") == "0 0 44 1000"
    assert lying.get("viewBox") == "0 0 1000 44"
    assert [path.get("class") for path in upright][:2] == [
        "seam-fill tech is-signed",
        "seam-fill people is-open",
    ]


def test_a_hairline_closes_the_gap_only_when_both_signed_one_text():
    assert "seam-hair" in draw.seam(DIGEST, tech="signed", people="cond")
    assert "seam-hair" not in draw.seam(DIGEST, tech="signed", people="open")
    other = DIGEST[::-1]
    assert "seam-hair" not in draw.seam(DIGEST, tech="signed", people="signed", people_digest=other)


def test_board_line_and_edges_are_whole_drawings():
    assert [svg.get("class") for svg in parsed(draw.cut(DIGEST))] == ["cut cut-v", "cut cut-h"]
    assert [div.get("class") for div in parsed(draw.edges())] == ["edge tech", "edge people"]


@pytest.mark.parametrize("name", sorted(ICONS))
def test_every_icon_is_silent_and_well_formed(name):
    svg = parsed(draw.icon(name))[0]

    assert svg.get("aria-hidden") == "true"
    assert len(svg)


def test_a_line_of_days_runs_from_the_start_to_the_last_mark():
    line = parsed(draw.days([(40, "fact"), (0, "tech"), (10, "people"), (20, "gate")], label="L"))[
        0
    ]

    assert [mark.get("x") for mark in line if mark.tag == "svg"] == [
        "2.0%",
        "26.0%",
        "50.0%",
        "98.0%",
    ]
    assert line.get("aria-label") == "L"


def test_a_line_of_one_day_or_none_can_be_drawn():
    assert len(parsed(draw.days([]))[0]) == 1
    assert parsed(draw.days([(0, "people")]))[0][1].get("x") == "2.0%"
    assert parsed(draw.days([(-4, "breach"), (8, "gate")]))[0][1].get("x") == "2.0%"


def test_nothing_is_styled_inline():
    drawn = draw.mark(DIGEST) + draw.seam(DIGEST) + draw.cut() + draw.edges() + draw.icon("key")

    assert "style" not in drawn
