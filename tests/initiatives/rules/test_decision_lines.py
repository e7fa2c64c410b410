"""One line of a log: read as it is written, or refused by its number, its column and a way out."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from initiatives.choices import AIShare
from initiatives.rules.decision_logs import read_log
from kernel.sheets.reading import read_sheet
from tests.initiatives.decision_files import HEADER, LINES, line, log

AT = datetime(2026, 12, 3, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def read(*lines):
    return read_log(read_sheet(log(*lines)), at=AT, zone=BERLIN)


def test_a_line_is_read_as_it_is_written():
    first, second, third = read().rows

    assert (first.line, first.decided_on) == (2, date(2026, 11, 3))
    assert first.decided_at == datetime(2026, 11, 3, 13, 5, tzinfo=UTC)
    assert (first.share, first.is_overridden) == (AIShare.ADVISED, False)
    assert dict(first.texts) == {
        "responsible": "Shift lead, depot 4",
        "subject": "CASE-1",
        "decision": "Rota kept",
        "why": "",
    }
    assert (second.share, second.is_overridden, second.decided_at) == (
        AIShare.CONFIRMED,
        True,
        None,
    )
    assert (third.share, third.is_overridden) == (AIShare.ALONE, None)


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("2026-11-03T23:30:00Z", date(2026, 11, 4)),
        ("2026-11-03 23:30+01:00", date(2026, 11, 3)),
        ("2026-11-03 23:30", date(2026, 11, 3)),
        ("2026-10-25 02:30+01:00", date(2026, 10, 25)),
    ],
)
def test_a_moment_of_elsewhere_falls_on_the_day_it_was_here(told, day):
    assert read(line(when=told)).rows[0].decided_on == day


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"when": ""}, "column when: it is empty. Write it as 2026-11-03"),
        ({"when": "03.11.2026"}, "column when: it reads “03.11.2026”. Write it as 2026-11-03"),
        ({"when": "2026-02-30"}, "column when: it reads “2026-02-30”. Write it"),
        ({"when": "2026-03-29 02:30"}, "2026-03-29 02:30”. The clocks change then. Add the offset"),
        ({"when": "2026-10-25 02:30"}, "2026-10-25 02:30”. The clocks change then. Add the offset"),
        ({"when": "2026-11-03 25:00"}, "column when: it reads “2026-11-03 25:00”. Write it"),
        ({"when": "0001-01-01 00:00+14:00"}, "column when: it reads"),
        ({"when": "1826-11-03"}, "That is too long ago."),
        ({"when": "2026-12-04"}, "That has not come yet."),
        ({"when": "2026-12-03 14:00"}, "That has not come yet."),
        ({"ai_share": "mostly"}, "column ai_share: it reads “mostly”. Write advised, confirmed"),
        ({"ai_share": ""}, "column ai_share: it is empty. Write advised, confirmed or alone."),
        ({"overridden": "perhaps"}, "column overridden: it reads “perhaps”. Write yes or no"),
        ({"overridden": "yes"}, "column why: it is empty. Say why a person decided otherwise."),
        ({"overridden": "yes", "why": "\u200b"}, "column why: it is empty."),
        ({"responsible": ""}, "column responsible: it is empty. Every decision needs it."),
        ({"subject": "\u2800"}, "column subject: it is empty."),
        ({"decision": ""}, "column decision: it is empty."),
        ({"decision": "x" * 1_001}, "column decision: 1,001 characters, 1,000 at most."),
        ({"why": "\u202etxt"}, "column why: it holds an invisible mark that turns"),
        ({"subject": "eve@example.com"}, "column subject: it holds an e-mail address"),
    ],
)
def test_a_wrong_cell_is_named_with_its_line_its_column_and_a_way_out(changes, said):
    reading = read(LINES[1], line(**changes))

    assert reading.rows == ()
    (blocker,) = reading.blockers
    assert blocker.message.startswith("Line 3")
    assert said in blocker.message


def test_every_wrong_line_is_named_and_each_cell_of_it():
    reading = read(line(when="x", ai_share="y"), LINES[1], line(overridden="z"))

    assert [one.message.split(":")[0] for one in reading.blockers] == [
        "Line 2, column when",
        "Line 2, column ai_share",
        "Line 4, column overridden",
    ]


def test_a_cell_under_no_column_is_refused():
    reading = read((*LINES[0], "more"))

    assert "has more cells than there are columns" in reading.blockers[0].message


@pytest.mark.parametrize("word", ["The AI decided alone", "ALONE"])
def test_the_words_that_pages_show_are_read_too(word):
    assert read(line(ai_share=word, overridden="Unknown")).rows[0].share == AIShare.ALONE


def test_names_of_columns_are_those_of_the_template():
    named = "when responsible subject decision ai_share overridden why"

    assert named.split() == [*HEADER]


def test_an_endless_subject_is_refused_at_once():
    [blocker] = read(line(subject="a" * 300_000)).blockers

    assert "column subject: 300,000 characters, 200 at most" in blocker.message
