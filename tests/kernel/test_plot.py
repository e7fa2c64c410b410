"""The plot: halves where each side sees it, meeting where both agree, names that do not overlap."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.plot import Idea, drawn, place
from kernel.templatetags.plots import plot

SCORES = st.tuples(
    st.integers(100, 500).map(lambda one: one / 100),
    st.integers(100, 500).map(lambda one: one / 100),
)


def idea(number=1, technology=(4.0, 3.0), people=(2.0, 5.0), name="Invoice coding agent"):
    return Idea(
        number=number,
        name=name,
        url=f"/initiatives/AI-{number:03d}/scores/",
        said=f"{number}. {name}: Technology and People.",
        technology=technology,
        people=people,
    )


@pytest.mark.parametrize(("value", "percent"), [(1, 6), (3, 50), (5, 94)])
def test_the_scale_fills_the_drawing_with_a_margin(value, percent):
    assert place(value) == percent


def test_each_half_stands_where_its_side_sees_it_and_up_is_needed():
    (one,) = drawn([idea(technology=(5.0, 5.0), people=(1.0, 1.0))])

    assert one.technology == (94, 6)
    assert one.people == (6, 94)
    assert not one.meets


def test_halves_meet_where_both_agree():
    (one,) = drawn([idea(technology=(3.0, 3.0), people=(3.0, 3.0))])

    assert one.meets


def test_a_name_stands_beside_the_outer_half_and_turns_at_the_edge():
    (right,) = drawn([idea()])
    (left,) = drawn([idea(technology=(5.0, 3.0), people=(4.8, 3.0))])

    assert (right.anchor, right.label_at) == ("start", right.technology)
    assert (left.anchor, left.label_at) == ("end", left.people)


def test_a_long_name_is_cut_and_one_that_finds_no_room_gives_way_to_its_number():
    (long,) = drawn(
        [idea(technology=(3.0, 3.0), name="A very long name of an initiative in the depot")]
    )
    crowd = drawn([idea(number, (3.0, 3.0), (3.0, 3.0)) for number in range(1, 9)])

    assert long.label == "1 A very long name of an…"
    assert drawn([idea(name="W" * 40, technology=(3.0, 3.0))])[0].label == f"1 {'W' * 24}…"
    assert crowd[0].label
    assert "" in {one.label for one in crowd}


@given(st.lists(st.tuples(SCORES, SCORES), max_size=25))
def test_nothing_is_lost_or_drawn_outside(found):
    ideas = [idea(number, *both) for number, both in enumerate(found, start=1)]

    marks = drawn(ideas)

    assert [one.idea for one in marks] == ideas
    for one in marks:
        for across, down in (one.technology, one.people):
            assert 6 <= round(across, 6) <= 94
            assert 6 <= round(down, 6) <= 94


def test_the_drawing_is_sound_has_no_style_and_every_mark_is_a_link_with_a_sentence():
    html = plot(
        [idea(1), idea(2, (3.0, 3.0), (3.0, 3.0), name="<b>&")],
        title="Where each side sees it",
        description="Left half Technology.",
    )

    root = ET.fromstring(html)  # noqa: S314  # our own drawing

    links = root.findall("a")
    assert [link.get("href")[-7:] for link in links] == ["scores/", "scores/"]
    assert links[1].get("aria-label") == "2. <b>&: Technology and People."
    assert len(links[0].findall("line")) == 1
    assert not links[1].findall("line")
    assert root.get("role") == "group"
    assert root.find("title").text == "Where each side sees it"
    assert "style" not in html
    assert plot([], title="T", description="D").startswith("<svg")
