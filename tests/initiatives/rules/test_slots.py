from decimal import Decimal

import pytest

from initiatives.rules.slots import (
    EMPTY,
    CleanSlot,
    SlotRefusedError,
    clean_slot,
    is_same,
    starting_content,
)
from kernel.canonical import canonical
from playbook.load import files
from playbook.shapes import Field, Option, Slot

YES_NO = (Option(value="yes", label="Yes"), Option(value="no", label="Not yet"))


COLUMNS = (
    Field(key="role", label="Role", type="role", required=True),
    Field(key="task", label="Task", type="text"),
    Field(key="people", label="People", type="number", min_value=Decimal(0)),
)


SLOT = Slot(
    key="sample",
    stage=1,
    gate="1",
    side="people",
    label="Sample",
    help="A sample.",
    fields=(
        Field(key="title", label="Title", type="text", required=True),
        Field(key="story", label="Story", type="long_text"),
        Field(key="cost", label="Cost", type="money", decimals=2),
        Field(key="by", label="By", type="date"),
        Field(key="who", label="Who", type="person"),
        Field(key="passed", label="Passed", type="choice", options=YES_NO, settled_by=("yes",)),
        Field(
            key="rows",
            label="Rows",
            type="table",
            columns=COLUMNS,
            min_items=1,
            max_items=200,
            required=True,
        ),
        Field(key="proof", label="Proof", type="evidence", min_items=2, max_items=20),
    ),
)


RAW = {
    "title": " A  title ",
    "story": "One.\r\n\r\nTwo. ",
    "cost": "1,200.5",
    "by": "2027-03-31",
    "who": "p-1",
    "passed": "yes",
    "rows": [
        {"role": "Dispatcher", "task": "Call\nback", "people": "12"},
        {"role": "", "task": " ", "people": None},
        {"task": "Only words"},
    ],
}


def codes(raw: dict, **registers) -> list[tuple[str, str]]:
    with pytest.raises(SlotRefusedError) as caught:
        clean_slot(SLOT, raw, **registers)
    return [(blocker.code, blocker.field) for blocker in caught.value.blockers]


def test_texts_are_kept_apart_from_what_stands_in_the_clear():
    clean = clean_slot(SLOT, RAW)

    assert clean.open == {
        "cost": "1200.50",
        "by": "2027-03-31",
        "who": "p-1",
        "passed": "yes",
        "rows": [{"role": "Dispatcher", "people": "12"}, {}],
    }
    assert clean.texts == {
        "title": "A title",
        "story": "One.\n\nTwo.",
        "rows.0.task": "Call back",
        "rows.1.task": "Only words",
    }
    assert canonical(clean.open)


def test_a_content_gives_its_rows_and_values_back():
    clean = clean_slot(SLOT, RAW)

    assert clean.rows("rows") == [
        {"role": "Dispatcher", "people": "12", "task": "Call back"},
        {"task": "Only words"},
    ]
    assert clean.value("title") == "A title"
    assert clean.value("cost") == "1200.50"
    assert clean.value("rows") == clean.value("nothing") == ""
    assert clean.rows("title") == clean.rows("nothing") == EMPTY.rows("rows") == []
    clean.rows("rows")[0]["role"] = "changed"
    assert clean.open["rows"][0]["role"] == "Dispatcher"


def test_content_of_an_edition_with_other_types_reads_as_empty():
    old = CleanSlot({"title": [{"a": "1"}], "rows": "once a text"}, {"rows.0.task": "x"})

    assert old.value("title") == ""
    assert old.rows("rows") == []


def test_an_empty_form_is_an_empty_draft():
    assert clean_slot(SLOT, {}) == EMPTY
    assert clean_slot(SLOT, {"title": "", "cost": None, "rows": []}) == EMPTY
    assert clean_slot(SLOT, {"rows": None}) == EMPTY


def test_every_reason_is_named_with_its_place():
    raw = {
        "title": "x" * 501,
        "cost": "-1",
        "by": "soon",
        "passed": "perhaps",
        "rows": [{"role": "", "people": "many"}, {"role": "R", "people": "-1"}],
    }

    assert codes(raw) == [
        ("too_long", "title"),
        ("too_small", "cost"),
        ("not_a_date", "by"),
        ("not_offered", "passed"),
        ("not_a_number", "rows.0.people"),
        ("too_small", "rows.1.people"),
    ]


def test_references_are_limited_when_registers_are_given():
    raw = {"who": "p-9", "rows": [{"role": "Pilot"}]}

    assert clean_slot(SLOT, raw).open == {"who": "p-9", "rows": [{"role": "Pilot"}]}
    assert codes(raw, people={"p-1"}, roles={"Dispatcher"}) == [
        ("unknown_person", "who"),
        ("unknown_role", "rows.0.role"),
    ]


def test_what_is_no_field_of_the_slot_is_refused():
    raw = {"colour": "red", "proof": ["1"], "rows": [{"colour": "red"}]}

    assert codes(raw) == [
        ("unknown_field", "colour"),
        ("unknown_field", "proof"),
        ("unknown_field", "rows.0.colour"),
    ]


@pytest.mark.parametrize("rows", ["text", b"bytes", 7, {"role": "R"}])
def test_what_is_no_table_is_refused(rows):
    assert codes({"rows": rows}) == [("wrong_type", "rows")]


def test_what_is_no_row_is_refused():
    assert codes({"rows": [{"role": "R"}, "row"]}) == [("wrong_type", "rows.1")]


def test_a_table_has_at_most_as_many_rows_as_the_playbook_allows():
    assert len(clean_slot(SLOT, {"rows": [{"role": "R"}] * 200}).open["rows"]) == 200
    assert codes({"rows": [{"role": "R"}] * 201}) == [("too_many_rows", "rows")]


def test_blank_rows_do_not_count():
    assert clean_slot(SLOT, {"rows": [{}] * 201 + [{"role": "R"}]}).open["rows"] == [{"role": "R"}]


def test_order_and_white_space_and_accents_make_no_difference():
    one = clean_slot(SLOT, {**RAW, "story": "Caf\u00e9 one", "rows": RAW["rows"]})
    other = clean_slot(
        SLOT,
        {**RAW, "title": "A title", "story": " Cafe\u0301 \n\n one", "rows": RAW["rows"][::-1]},
    )

    assert is_same(one, other)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another"},
        {"cost": "1200.51"},
        {"passed": "no"},
        {"story": ""},
        {"rows": RAW["rows"][:1]},
        {"rows": [*RAW["rows"], RAW["rows"][0]]},
        {"rows": [{"role": "Dispatcher", "task": "Call back", "people": "13"}, RAW["rows"][2]]},
        {"rows": [{"role": "Dispatcher", "task": "Call", "people": "12"}, RAW["rows"][2]]},
    ],
)
def test_a_word_or_a_figure_makes_a_difference(change):
    assert not is_same(clean_slot(SLOT, RAW), clean_slot(SLOT, {**RAW, **change}))


def test_the_problem_begins_with_what_a_list_said_of_it():
    book, said = files(), {"name": "Router", "problem": "Sorts mail", "affected": ""}

    begun = starting_content(book.slot("problem_statement"), book, statement=said)

    assert begun.texts == {"name": "Router", "problem": "Sorts mail"}
    assert starting_content(book.slot("tech_landscape"), book, statement=said) == EMPTY
