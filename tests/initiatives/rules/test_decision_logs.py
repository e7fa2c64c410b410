"""A log as a whole: its columns, its length, no line twice; and taking it back."""

from datetime import UTC, datetime

import pytest

from initiatives.rules.decision_logs import (
    EXAMPLES,
    MOST_ROWS,
    blockers_to_take_back,
    read_log,
)
from kernel.sheets.reading import read_sheet
from kernel.sheets.shapes import SheetRefusedError
from tests.initiatives.decision_files import LINES, line, log

AT = datetime(2026, 12, 3, 12, tzinfo=UTC)


def read(content):
    return read_log(read_sheet(content), at=AT, zone=UTC)


def codes(content):
    return [one.code for one in read(content).blockers]


def test_the_template_comes_in_as_it_is():
    assert len(read(log(*EXAMPLES)).rows) == len(EXAMPLES)


def test_columns_may_stand_in_any_order_and_be_written_as_words():
    content = log().replace(b"ai_share", b"AI share").replace(b"when", b"When")

    assert len(read(b"\xef\xbb\xbf" + content).rows) == len(LINES)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b",why", b"", "no_column"),
        (b"overridden", b"overruled", "no_column"),
        (b",why", b",why,salary", "other_column"),
        (b",why", b",why,AI share", "column_twice"),
    ],
)
def test_a_column_that_is_missing_or_none_of_ours_is_named(old, new, code):
    content = log().replace(old, new, 1)

    assert code in codes(content)
    assert read(content).rows == ()


def test_a_log_may_have_so_many_lines():
    lines = [line(subject=f"CASE-{number}") for number in range(MOST_ROWS + 1)]

    assert codes(log(*lines)) == ["long"]
    assert len(read(log(*lines[1:])).rows) == MOST_ROWS


def test_the_same_line_twice_would_count_twice():
    reading = read(log(*LINES, LINES[1]))

    assert reading.rows == ()
    assert reading.blockers[0].message.startswith("Line 5 says the same as line 3")


@pytest.mark.parametrize(
    "content",
    [b"", b"when\n\0", log().replace(b"Rota", b'"Rota'), b"\xef\xbb\xbf\n"],
)
def test_what_is_no_table_is_refused_as_a_whole(content):
    with pytest.raises(SheetRefusedError):
        read(content)


def test_a_file_is_taken_back_once_and_with_a_reason():
    assert [*blockers_to_take_back("Wrong month", is_withdrawn=False)] == []
    said = [
        *blockers_to_take_back("", is_withdrawn=True),
        *blockers_to_take_back("x" * 1_001, is_withdrawn=False),
    ]
    assert [one.code for one in said] == ["withdrawn", "reason_missing", "too_long"]
