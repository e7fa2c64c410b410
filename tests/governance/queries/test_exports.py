"""The record as a file: whole, in order, and harmless in a spreadsheet."""

import csv
import io
import json
from itertools import pairwise

import pytest

from governance.queries.exports import COLUMNS, csv_lines, json_lines, last_entry
from kernel.sheets.writing import safe_cell


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\r=1"])
def test_no_cell_begins_like_a_formula(text):
    assert safe_cell(text) == f"'{text}"
    assert safe_cell("AI-007") == "AI-007"


def test_every_entry_stands_in_the_table_in_order(review):
    rows = list(csv.reader(io.StringIO("".join(csv_lines(last_entry())))))

    assert tuple(rows[0]) == COLUMNS
    assert [int(row[0]) for row in rows[1:]] == [*range(1, last_entry() + 1)]
    assert all(row[-1] == before[-2] for before, row in pairwise(rows[1:]))


def test_the_document_can_be_read_back(review):
    found = json.loads("".join(json_lines(last_entry() - 1)))

    assert found["until_entry"] == last_entry() - 1
    assert len(found["entries"]) == last_entry() - 1
    assert found["entries"][0]["kind"] == "installation.founded"


def test_no_sealed_text_leaves_with_it(review):
    whole = "".join(json_lines(last_entry()))

    assert "dispatchers phone each other" not in whole
