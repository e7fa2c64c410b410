from datetime import timedelta

import pytest

from initiatives.choices import ImportState
from initiatives.models import ArtefactVersion, ImportedRow, Initiative
from initiatives.operations import import_rows
from initiatives.operations.import_rows import (
    ImportOverError,
    RowHereError,
    apply_import,
    end_import,
    import_row,
)
from initiatives.operations.imports import Choice, confirm_import, match_import, start_import
from initiatives.queries.imports import how_far, matching_of, review_of
from initiatives.rules.imports import Matching
from journal.kinds import Kind
from journal.models import Entry
from journal.verification import verify
from tests.changes import end_term
from tests.initiatives.lists import in_csv, make_list, rows

pytestmark = pytest.mark.django_db
NAMES = ("Name", "Purpose", "Status", "ID")


def confirmed(actor, at, content, **choice):
    """Bring a list, settle its columns as guessed, and confirm it."""
    source = start_import(actor=actor, name="list.csv", content=content, at=at)
    source = match_import(
        actor=actor,
        source=source,
        matching=matching_of(source),
        expected_version=source.version,
        at=at,
    )
    return confirm_import(
        actor=actor,
        source=source,
        choice=Choice(**choice),
        expected_version=source.version,
        at=at,
    )


def apply(source, at):
    apply_import(source_id=source.pk, clock=lambda: at)
    source.refresh_from_db()
    return source


def test_each_row_becomes_an_initiative_of_nobody_s_yet(cast, noon):
    source = apply(confirmed(cast.ada, noon, make_list(12)), noon)

    assert (source.state, bytes(source.content)) == (ImportState.APPLIED, b"")
    assert how_far(source).done == Initiative.objects.count() == 12
    first, row = Initiative.objects.order_by("number")[0], next(iter(rows(12)))
    assert (first.name, first.reference, first.unit.name) == (row[4], row[0], row[9])
    assert (first.affected, first.who_is_affected, first.stage) == ("", "not stated", 1)
    assert not first.memberships.exists()
    assert not ArtefactVersion.objects.exists()
    assert row[0].casefold() in first.search


def test_every_row_is_an_act_of_its_own_in_the_journal(cast, noon):
    apply(confirmed(cast.ada, noon, make_list(5)), noon)

    for kind in (Kind.INITIATIVE_PROPOSED, Kind.ROW_IMPORTED):
        assert Entry.objects.filter(kind=kind).count() == 5
    assert Entry.objects.filter(kind=Kind.IMPORT_APPLIED).count() == 1
    assert [*verify()] == []


@pytest.mark.parametrize(
    ("word", "claimed", "is_flagged"),
    [
        ("In-use", 4, True),
        ("Implementation", 3, False),
        ("Retired", None, False),
        ("", None, False),
    ],
)
def test_a_claim_passes_no_gate(cast, noon, word, claimed, is_flagged):
    content = in_csv([NAMES, ("Router", "Sorts mail", word, "1")])

    apply(confirmed(cast.ada, noon, content), noon)

    one = Initiative.objects.get()
    assert (one.stage, one.claimed_stage, one.is_in_use_ungated) == (1, claimed, is_flagged)


def test_what_cannot_come_is_kept_with_line_and_reason(cast, noon):
    content = in_csv(
        [
            NAMES,
            ("Router", "Sorts mail", "Idea", "1"),
            ("", "Nameless", "Idea", "2"),
            ("Again", "Twice the same id", "Idea", "1"),
            ("Long", "x" * 50_000, "Idea", "3"),
            ("Turned \u202e", "Reads the other way", "Idea", "4"),
        ]
    )

    source = apply(confirmed(cast.ada, noon, content), noon)

    assert Initiative.objects.count() == 1
    assert [one["line"] for one in source.refused] == [3, 4, 5, 6]
    assert source.refused[0]["cells"] == ["", "Nameless", "Idea", "2"]
    assert all(f"Line {one['line']}" in one["why"] for one in source.refused)
    assert "line 2 already" in source.refused[1]["why"]
    assert "50,000 characters, 5,000 at most" in source.refused[2]["why"]


def test_rows_left_out_do_not_come_and_are_not_called_refused(cast, noon):
    content = in_csv([NAMES, ("One", "", "", "1"), ("Two", "", "", "2")])

    source = apply(confirmed(cast.ada, noon, content, shown=(2, 3), left_out=(3,)), noon)

    assert (how_far(source).done, how_far(source).here, source.refused) == (1, 0, [])


def test_the_same_file_again_changes_nothing(cast, noon):
    apply(confirmed(cast.ada, noon, make_list(6)), noon)
    before = Initiative.objects.values_list("pk", "version").order_by("pk")
    kept = [*before]

    again = start_import(actor=cast.ivo, name="again.csv", content=make_list(6), at=noon)

    assert review_of(again).counts["here"] == 6
    assert review_of(again).counts["comes"] == 0
    assert [*before.all()] == kept


def test_a_longer_list_brings_only_what_is_new(cast, noon):
    apply(confirmed(cast.ada, noon, make_list(6)), noon)

    second = apply(confirmed(cast.ada, noon, make_list(9)), noon)

    far = how_far(second)
    assert (far.of, far.done, far.here, Initiative.objects.count()) == (3, 3, 6, 9)


def test_told_twice_the_second_time_does_nothing(cast, noon):
    source = apply(confirmed(cast.ada, noon, make_list(3)), noon)
    entries = Entry.objects.count()

    apply(source, noon)
    apply_import(source_id=source.pk + 1, clock=lambda: noon)

    assert Entry.objects.count() == entries


def test_a_row_that_is_here_is_not_brought_again(cast, noon):
    source = confirmed(cast.ada, noon, make_list(2))
    judged = review_of(source).rows[0]
    import_row(actor=cast.ada, source=source, judged=judged, at=noon)

    with pytest.raises(RowHereError):
        import_row(actor=cast.ada, source=source, judged=judged, at=noon)

    assert Initiative.objects.count() == 1


def test_a_row_that_another_list_brought_meanwhile_is_passed_over(cast, noon, monkeypatch):
    source, twin = (confirmed(cast.ada, noon, make_list(3)) for _ in range(2))
    seen = review_of(twin)
    apply(source, noon)
    monkeypatch.setattr(import_rows, "review_of", lambda _: seen)

    apply(twin, noon)

    assert (how_far(twin).done, twin.refused, Initiative.objects.count()) == (0, [], 3)
    assert (how_far(source).here, how_far(twin).here) == (0, 3)


def test_a_worker_that_died_goes_on_where_it_stood(cast, noon, monkeypatch):
    source = confirmed(cast.ada, noon, make_list(5))
    real, done = import_rows.import_row, []

    def dying(**row):
        if len(done) == 2:
            raise SystemExit("killed")
        done.append(real(**row))

    monkeypatch.setattr(import_rows, "import_row", dying)
    with pytest.raises(SystemExit):
        apply_import(source_id=source.pk, clock=lambda: noon)
    assert how_far(source).done == 2
    monkeypatch.undo()

    apply(source, noon + timedelta(minutes=5))

    assert (how_far(source).done, source.state) == (5, ImportState.APPLIED)
    assert ImportedRow.objects.count() == Initiative.objects.count() == 5


def test_a_second_worker_at_the_end_finds_it_ended(cast, noon, monkeypatch):
    source = confirmed(cast.ada, noon, make_list(2))
    real = import_rows.end_import

    def twice(**end):
        real(**end)
        real(**end)

    monkeypatch.setattr(import_rows, "end_import", twice)
    apply(source, noon)

    assert Entry.objects.filter(kind=Kind.IMPORT_APPLIED).count() == 1
    with pytest.raises(ImportOverError):
        end_import(source=source, refused=[], at=noon)


def test_whoever_lost_the_right_meanwhile_brings_nothing_more(cast, noon):
    source = confirmed(cast.ivo, noon, make_list(2))
    end_term(actor=cast.ada, term=cast.term(cast.ivo), at=noon + timedelta(minutes=1))

    apply(source, noon + timedelta(minutes=2))

    assert how_far(source).done == 0
    assert "Only an administrator" in source.refused[0]["why"]


def test_a_list_without_units_and_words_reads_not_stated(cast, noon):
    content = in_csv([("Project", "Size"), ("Router", "1"), ("Sorter", "2")])
    source = start_import(actor=cast.ada, name="list.csv", content=content, at=noon)
    source = match_import(
        actor=cast.ada,
        source=source,
        matching=Matching({"name": "Project"}, {}),
        expected_version=source.version,
        at=noon,
    )
    source = confirm_import(
        actor=cast.ada,
        source=source,
        choice=Choice(),
        expected_version=source.version,
        at=noon,
    )

    apply(source, noon)

    assert {one.unit.name for one in Initiative.objects.select_related("unit")} == {"not stated"}
