"""The files are read strictly, and they fit the playbook whatever day they are loaded on."""

import shutil
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from demonstration import reading
from demonstration.days import Calendar
from demonstration.scripts import scripted
from demonstration.shapes import StoryError
from playbook.load import files

WEEK = [date(2026, 12, 3) + timedelta(days=ahead) for ahead in range(7)]
LONGEST = 4


@pytest.fixture
def folder(tmp_path) -> Path:
    """A copy of the files that a test may spoil."""
    return Path(shutil.copytree(reading.FOLDER, tmp_path / "files"))


def spoil(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_there_are_eleven_tales_in_a_row():
    assert [tale.code for tale in reading.tales()] == [f"AI-{n:03}" for n in range(1, 12)]


@pytest.mark.parametrize("today", WEEK)
def test_events_go_forward_and_end_before_the_day_of_loading(today):
    company = reading.company()
    events = scripted(reading.tales(), company, files(), Calendar(today))
    assert all(one.at < later.at for one, later in pairwise(events))
    assert events[-1].at.date() < today
    assert all(event.at.weekday() < 5 for event in events)


@pytest.mark.parametrize("today", WEEK)
def test_everybody_acts_in_working_hours(today):
    for event in scripted(reading.tales(), reading.company(), files(), Calendar(today)):
        assert 8 <= event.at.hour < 18, event


def test_every_text_says_something_in_a_few_sentences():
    for tale in reading.tales():
        for slot, said in tale.slots.items():
            for key, text in said.items():
                if isinstance(text, str) and " " in text:
                    assert text.count(". ") < LONGEST, f"{tale.code} {slot}.{key}"


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("ai_010.yaml", "do: propose", "do: dream", "a step needs `do`"),
        ("ai_010.yaml", "day: -53", "day: 3", "counts working days before"),
        ("ai_010.yaml", "unit:", "units:", "units"),
        ("ai_010.yaml", 'do: propose, at: "10:40"', "do: propose", "a step says when it is"),
        ("ai_010.yaml", "name: Warehouse", "name: yes\nother: Warehouse", "in quotes"),
        ("company.yaml", "founded: -345", "", "founded"),
    ],
)
def test_what_is_wrong_in_a_file_is_refused_with_its_place(folder, name, old, new, said):
    spoil(folder, name, old, new)
    read = reading.company if name == "company.yaml" else reading.tales
    with pytest.raises(StoryError, match=rf"{name}:\d+: .*{said}"):
        read(folder)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("capability_possibilities]", "exit_plan]", "no text for “exit_plan”"),
        ("lead: luis", "lead: nobody", "“nobody” cannot act"),
        ("day: -36", "day: -60", "before the one above"),
    ],
)
def test_a_tale_that_does_not_fit_is_refused_with_its_place(folder, old, new, said):
    spoil(folder, "ai_010.yaml", old, new)
    with pytest.raises(StoryError, match=said):
        scripted(reading.tales(folder), reading.company(folder), files(), Calendar(WEEK[0]))
