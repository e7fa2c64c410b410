from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from initiatives.rules.slots import (
    EMPTY,
    CleanSlot,
    SlotRefusedError,
    blockers_to_complete,
    clean_slot,
    is_complete,
    is_same,
)
from kernel.canonical import canonical
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
        "title": "x" * 201,
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


def complete(raw: dict, playbook, evidence: int = 2) -> list[tuple[str, str]]:
    clean = clean_slot(SLOT, raw)
    blockers = [*blockers_to_complete(SLOT, clean, playbook=playbook, evidence=evidence)]
    assert is_complete(SLOT, clean, playbook=playbook, evidence=evidence) is not bool(blockers)
    return [(blocker.code, blocker.field) for blocker in blockers]


def test_a_slot_is_complete_when_nothing_required_is_missing(playbook):
    rows = [{"role": "Dispatcher"}]

    assert complete({"title": "T", "rows": rows}, playbook) == []
    assert complete({"title": "T", "rows": rows, "passed": "yes"}, playbook) == []


def test_a_slot_says_all_that_is_missing(playbook):
    assert complete({}, playbook, 1) == [
        ("missing", "title"),
        ("too_few_rows", "rows"),
        ("evidence_missing", "proof"),
    ]


def test_a_row_needs_its_own_required_cells(playbook):
    raw = {"title": "T", "rows": [{"role": "R"}, {"task": "Words"}]}

    assert complete(raw, playbook) == [("missing", "rows.1.role")]


def test_an_answer_that_leaves_it_open_can_be_saved_but_proves_nothing(playbook):
    raw = {"title": "T", "rows": [{"role": "R"}], "passed": "no"}

    assert complete(raw, playbook) == [("not_settled", "passed")]
    blockers = blockers_to_complete(SLOT, clean_slot(SLOT, raw), playbook=playbook, evidence=2)
    assert next(blockers).message == "Passed: “Not yet” leaves this open."


def test_the_success_statement_is_judged_by_its_own_rules_too(playbook):
    slot = playbook.slot("success_statement")
    row = {"metric": "adopt.rate", "owner": "people", "baseline": "0", "target": "85"}
    raw = {
        "from_state": "From",
        "to_state": "To",
        "by": "2027-12-31",
        "outcome_for_people": "Less waiting",
        "measures": [
            {**row, "name": "Phone"},
            {**row, "name": "Chat"},
            {**row, "metric": "value.time_saved", "owner": "joint"},
        ],
    }
    clean = clean_slot(slot, raw)

    found = [blocker.code for blocker in blockers_to_complete(slot, clean, playbook=playbook)]

    assert found == ["no_technical_outcome"]


def test_every_slot_of_the_playbook_takes_an_empty_form_and_says_what_is_missing(playbook):
    for slot in playbook.slots:
        clean = clean_slot(slot, {})
        required = any(field.required for field in slot.fields)
        assert clean == EMPTY
        assert is_complete(slot, clean, playbook=playbook) is not required


TEXTS = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=30)
ROWS = st.lists(
    st.fixed_dictionaries(
        {}, optional={"role": TEXTS, "task": TEXTS, "people": st.integers(0, 10**9)}
    ),
    max_size=6,
)
FORMS = st.fixed_dictionaries(
    {},
    optional={
        "title": TEXTS,
        "story": TEXTS,
        "cost": st.decimals(0, 10**9, places=2),
        "by": st.dates(date(1900, 1, 1), date(2199, 12, 31)),
        "passed": st.sampled_from(["yes", "no", ""]),
        "rows": ROWS,
    },
)


def as_typed(clean: CleanSlot) -> dict:
    typed = {key: value for key, value in clean.open.items() if key != "rows"}
    typed |= {key: text for key, text in clean.texts.items() if "." not in key}
    return {**typed, "rows": clean.rows("rows")}


@given(FORMS)
def test_cleaning_what_is_clean_changes_nothing(raw):
    once = clean_slot(SLOT, raw)

    again = clean_slot(SLOT, as_typed(once))

    assert again == once
    assert is_same(again, once)
    assert canonical(once.open)
    assert canonical(once.texts)


@given(FORMS, st.randoms(use_true_random=False))
def test_the_order_of_rows_never_makes_a_version(raw, random):
    shuffled = list(raw.get("rows", []))
    random.shuffle(shuffled)

    one, other = clean_slot(SLOT, raw), clean_slot(SLOT, {**raw, "rows": shuffled})

    assert is_same(one, other)
    assert is_same(other, one)


@given(FORMS, FORMS)
def test_sameness_works_both_ways(first, second):
    one, other = clean_slot(SLOT, first), clean_slot(SLOT, second)

    assert is_same(one, one)
    assert is_same(one, other) == is_same(other, one)
