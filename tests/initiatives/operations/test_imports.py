from datetime import timedelta

import pytest

from initiatives.choices import ImportState
from initiatives.models import Import, Initiative
from initiatives.operations.imports import (
    Choice,
    ImportRefusedError,
    StaleImportError,
    choose_rows,
    confirm_import,
    discard_import,
    match_import,
    start_import,
)
from initiatives.queries.imports import review_of
from initiatives.rules.imports import Matching
from journal.kinds import Kind
from journal.models import Delivery, Entry
from kernel.canonical import digest
from kernel.refusals import ForbiddenError
from kernel.sheets.shapes import SheetRefusedError
from tests.initiatives.lists import in_csv, make_list, rows
from tests.kept import kept

pytestmark = pytest.mark.django_db
LIST = make_list(6)
NO_CHOICE = Choice()


@kept
def brought(cast, noon):
    """A list of six that Ada has brought, with its columns as guessed."""
    return start_import(actor=cast.ada, name="c:\\lists\\inventory.csv", content=LIST, at=noon)


@kept
def matched(brought, cast, noon):
    return match(brought, cast.ada, noon)


def match(source, actor, at, **changes):
    return match_import(
        actor=actor,
        source=source,
        matching=Matching(source.columns | changes, source.stages),
        expected_version=source.version,
        at=at,
    )


def settle(operation, source, actor, at, choice=NO_CHOICE, **version):
    return operation(
        actor=actor,
        source=source,
        choice=choice,
        at=at,
        **({"expected_version": source.version} | version),
    )


def test_a_list_is_kept_as_it_was_brought_and_its_columns_are_guessed(brought):
    source = Import.objects.get()

    assert bytes(source.content) == LIST
    assert (source.name, source.sha256, source.row_count) == ("inventory.csv", digest(LIST), 6)
    assert source.columns["name"] == "Title"
    assert source.columns["reference"] == "Use_Case_ID"
    assert "affected" not in source.columns
    assert source.matched_at is None
    entry = Entry.objects.get(kind=Kind.IMPORT_STARTED)
    assert "inventory" not in bytes(entry.body).decode()
    assert not Initiative.objects.exists()


@pytest.mark.parametrize(
    ("name", "kept"), [("", "A list"), ("\u202egpj.csv", "A list"), ("x" * 300, "x" * 200)]
)
def test_a_name_that_is_none_gets_one(cast, noon, name, kept):
    assert start_import(actor=cast.hana, name=name, content=LIST, at=noon).name == kept


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "kind"),
        (b"PK\x03\x04 no workbook", "workbook"),
        (b"1,2,3\n4,5,6\n", "header"),
        (b"Name,name\nA,B\n", "twice"),
        (",".join(f"c{n}" for n in range(300)).encode() + b"\nx\n", "wide"),
        (b"Name,Unit\n" + b"A,B\n" * 100_000, "long"),
        ("Name;Unit\nCaf\u00e9;B\n".encode() + "R\u00e9sum\u00e9;B\n".encode("cp1252"), "mixed"),
    ],
)
def test_a_file_that_is_no_list_leaves_nothing(cast, noon, content, code):
    before = Entry.objects.count()

    with pytest.raises(SheetRefusedError) as refusal:
        start_import(actor=cast.ada, name="list.csv", content=content, at=noon)

    assert refusal.value.codes == (code,)
    assert (Import.objects.count(), Entry.objects.count()) == (0, before)


def test_a_column_of_many_words_is_not_guessed_as_the_stage(cast, noon):
    lines = [("Name", "Status"), *((f"Project {n}", f"since day {n}") for n in range(101))]

    source = start_import(actor=cast.ada, name="list.csv", content=in_csv(lines), at=noon)

    assert source.columns == {"name": "Name"}


@pytest.mark.parametrize("who", ["cleo", "audrey", "kim", "petra", "erin"])
def test_only_administrators_and_who_signs_bring_lists(cast, noon, who):
    with pytest.raises(ForbiddenError):
        start_import(actor=getattr(cast, who), name="list.csv", content=LIST, at=noon)


def test_settled_columns_name_a_stage_for_each_word(matched, noon):
    matched.refresh_from_db()
    words = {row[6] for row in rows(6)} - {""}

    assert set(matched.stages) == words
    assert matched.matched_at == noon
    assert Entry.objects.filter(kind=Kind.IMPORT_MATCHED).count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": ""}, "missing"),
        ({"unit": "Title"}, "twice"),
        ({"unit": "Nowhere"}, "unknown"),
    ],
)
def test_columns_that_cannot_be_so_are_refused(brought, cast, noon, changes, code):
    with pytest.raises(ImportRefusedError) as refusal:
        match(brought, cast.ada, noon, **changes)

    assert code in refusal.value.codes


def test_what_was_settled_is_remembered_for_the_next_list_of_that_header(matched, cast, noon):
    word = next(iter(matched.stages))
    matching = Matching({"name": "Title", "stage": "Development_Stage"}, {word: "3"})
    match_import(
        actor=cast.ada,
        source=matched,
        matching=matching,
        expected_version=matched.version,
        at=noon,
    )

    again = start_import(actor=cast.ivo, name="next.csv", content=make_list(30, seed=8), at=noon)

    assert again.columns == {"name": "Title", "stage": "Development_Stage"}
    assert again.stages[word] == "3"
    assert len(again.stages) > len(matched.stages)
    assert again.matched_at == noon


def test_of_a_list_that_was_put_away_nothing_is_remembered(matched, cast, noon):
    discard_import(actor=cast.ada, source=matched, expected_version=matched.version, at=noon)

    again = start_import(actor=cast.ada, name="list.csv", content=LIST, at=noon)

    assert again.matched_at is None
    matched.refresh_from_db()
    assert (matched.state, bytes(matched.content)) == (ImportState.DISCARDED, b"")


def test_rows_are_left_out_and_taken_in_again(matched, cast, noon):
    source = settle(choose_rows, matched, cast.ada, noon, Choice({2, 3, 4}, {2, 3, 99}))
    assert source.left_out == [2, 3]

    source = settle(choose_rows, source, cast.ada, noon, Choice({2}, ()))

    assert source.left_out == [3]
    assert Entry.objects.filter(kind=Kind.IMPORT_ROWS_CHOSEN).count() == 2


def test_confirmed_a_list_owes_its_rows_to_the_worker(matched, cast, noon):
    lines = [one.line for one in _lines(matched)]

    source = settle(confirm_import, matched, cast.ivo, noon, Choice(lines[:2], lines[:1]))

    assert (source.state, source.to_bring) == (ImportState.APPLYING, 5)
    assert source.confirmed_by == cast.ivo
    assert Delivery.objects.filter(subscriber="initiatives.reactions.bring_in").count() == 1
    assert not Initiative.objects.exists()


def test_nothing_is_confirmed_before_the_columns_are_settled(brought, cast, noon):
    with pytest.raises(ImportRefusedError) as refusal:
        settle(confirm_import, brought, cast.ada, noon)

    assert refusal.value.codes == ("unmatched",)


def test_nothing_is_confirmed_when_no_row_would_come(matched, cast, noon):
    lines = [one.line for one in _lines(matched)]

    with pytest.raises(ImportRefusedError) as refusal:
        settle(confirm_import, matched, cast.ada, noon, Choice(lines, lines))

    assert refusal.value.codes == ("nothing",)


@pytest.mark.parametrize("operation", [choose_rows, confirm_import])
def test_a_form_made_from_an_older_state_is_stale(matched, cast, noon, operation):
    with pytest.raises(StaleImportError) as refusal:
        settle(operation, matched, cast.ada, noon, expected_version=matched.version - 1)

    assert refusal.value.codes == ("stale",)


def test_what_is_confirmed_is_not_changed_any_more(matched, cast, noon):
    source = settle(confirm_import, matched, cast.ada, noon)
    later = noon + timedelta(minutes=1)

    for operation in (choose_rows, confirm_import):
        with pytest.raises(StaleImportError):
            settle(operation, source, cast.ada, later)
    with pytest.raises(StaleImportError):
        match(source, cast.ada, later)
    with pytest.raises(StaleImportError):
        discard_import(actor=cast.ada, source=source, expected_version=source.version, at=later)


def _lines(source):
    return [judged.one for judged in review_of(source).rows]
