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
