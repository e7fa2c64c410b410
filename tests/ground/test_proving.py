"""`./dev prove` knows its parts, and keeps the last figures of each in their place."""

import json

import pytest

from launcher import proving
from launcher.say import StopError

REPORT = json.dumps({"title": "Forgeries", "rows": [["not found", "0", "0"]]})


def test_one_part_or_all_of_them_can_be_proved():
    assert proving.read_options(["journal", "--budget", "60"]) == (["journal"], 60)
    assert proving.read_options(["gate", "--only", "journal"]) == (["journal"], float("inf"))
    assert proving.read_options(["gate"])[0] == proving.parts()
    assert "journal" in proving.parts()


@pytest.mark.parametrize(
    "words", [[], ["nothing"], ["journal", "--budget", "soon"], ["journal", "--budget", "-1"]]
)
def test_anything_else_is_answered_with_what_there_is(words):
    with pytest.raises(StopError, match=r"parts: .*journal"):
        proving.read_options(words)


def test_the_figures_of_a_part_stand_in_place_of_those_before(tmp_path):
    page = tmp_path / "reliability.md"
    page.write_text("# Reliability\n", encoding="utf-8")

    for figure in ("7", "0"):
        proving.keep("journal", REPORT.replace('"0", "0"', f'"{figure}", "0"'), "PG", page)
    proving.keep("gate", REPORT, "PG", page)

    text = page.read_text(encoding="utf-8")
    assert text.count("<!-- journal -->") == text.count("<!-- end of journal -->") == 1
    assert "| not found | 0 | 0 |" in text
    assert "| not found | 7 | 0 |" not in text
    assert "`./dev prove gate`" in text


def told(*rows):
    return json.dumps({"title": "Trials", "rows": rows})


@pytest.mark.parametrize(
    ("figure", "goal"),
    [
        ("10,000", "10,000"),
        ("0", "0"),
        ("531", "all"),
        ("3,608 of 3,608", "all"),
        ("99.4 %", "at least 95 %"),
        ("59", "at most 60"),
        ("0.02 s", "under 1 s"),
        ("none", "none"),
        ("7", ""),
        ("7", "all found"),
        ("`<` → `<=`", "people/rules"),
    ],
)
def test_a_figure_that_is_as_wanted_is_no_failure(figure, goal):
    assert proving.judge("journal", told(["trials", figure, goal]), has_budget=False) == 0


@pytest.mark.parametrize(
    ("figure", "goal"),
    [("9,999", "10,000"), ("0", "all"), ("2,249 of 3,608", "all"), ("T5, T8", "none")],
)
def test_what_is_not_reached_fails_unless_a_budget_ended_it(figure, goal, capsys):
    report = told(["trials", figure, goal])

    assert proving.judge("journal", report, has_budget=False) == 1
    assert f"missed: trials: {figure}, wanted {goal}" in "".join(capsys.readouterr())
    assert proving.judge("journal", report, has_budget=True) == 0
    assert "ended by its budget" in "".join(capsys.readouterr())


@pytest.mark.parametrize(
    ("figure", "goal"),
    [("1", "0"), ("94.9 %", "at least 95 %"), ("61", "at most 60"), ("1.20 s", "under 1 s")],
)
def test_what_is_broken_fails_whatever_the_budget(figure, goal):
    for has_budget in (False, True):
        assert proving.judge("j", told(["it", figure, goal]), has_budget=has_budget) == 1


def test_a_proof_that_tells_nothing_has_failed():
    assert proving.judge("journal", "", has_budget=True) == 1
