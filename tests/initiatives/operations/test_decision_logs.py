"""Bringing a log of decisions: whole or not at all, never twice, and taken back as a whole."""

from datetime import timedelta

import pytest

from initiatives.choices import MemberRole
from initiatives.models import DecisionLog, LoggedDecision
from initiatives.operations.decision_logs import (
    BroughtAlreadyError,
    DecisionLogRefusedError,
    bring_decisions,
    export_decisions,
    withdraw_decisions,
)
from initiatives.operations.memberships import set_member
from initiatives.queries.decision_logs import DecisionFilters, decisions_of, figures_of, logs_of
from initiatives.rules.decision_logs import MOST_BYTES
from journal.kinds import Kind
from journal.models import Entry, Sealed
from journal.verification import verify
from kernel.refusals import ForbiddenError, NotVisibleError
from kernel.sheets.shapes import SheetRefusedError
from people.choices import Side
from tests.initiatives.decision_files import LINES, line, log


@pytest.fixture
def bring(helper, cast, noon):
    def brought(content=None, *, actor=cast.tariq, name="november.csv", at=noon):
        content = log() if content is None else content
        return bring_decisions(actor=actor, initiative=helper, name=name, content=content, at=at)

    return brought


@pytest.fixture
def take_back(helper, cast, noon):
    def taken(log_id, reason="The wrong month", *, actor=cast.petra):
        return withdraw_decisions(
            actor=actor, initiative=helper, log_id=log_id, reason=reason, at=noon
        )

    return taken


def test_every_line_becomes_a_row_named_by_one_entry_that_holds_no_words(bring):
    brought = bring(name="C:\\logs\\november.csv")

    entry = Entry.objects.get(kind=Kind.DECISIONS_BROUGHT)
    body = bytes(entry.body)
    assert (brought.row_count, brought.here_count, brought.n) == (3, 0, 1)
    assert brought.name.text == "november.csv"
    assert body.count(b'"initiatives.loggeddecision"') == 3
    assert f'"sha256":"{brought.sha256}"'.encode() in body
    for word in (b"CASE-1", b"Claims desk", b"Receipt", b"november"):
        assert word not in body
    assert [one.what for one in verify()] == []


def test_the_words_of_each_line_are_sealed_by_themselves(bring):
    bring()

    row = LoggedDecision.objects.get(line=3)
    assert '"responsible":"Claims desk"' in row.sealed.text
    assert "CASE-1" not in row.sealed.text


def test_a_wrong_line_keeps_the_whole_file_out(bring):
    before = Sealed.objects.count()

    with pytest.raises(DecisionLogRefusedError) as refused:
        bring(log(*LINES, line(ai_share="mostly"), line(when="soon")))

    assert len(refused.value.blockers) == 2
    assert not DecisionLog.objects.exists()
    assert not LoggedDecision.objects.exists()
    assert Sealed.objects.count() == before


def test_a_file_that_is_too_large_or_no_table_is_refused(bring):
    with pytest.raises(DecisionLogRefusedError) as refused:
        bring(b"x" * (MOST_BYTES + 1))
    with pytest.raises(SheetRefusedError):
        bring(b"when\0")

    assert refused.value.codes == ("large",)


def test_the_same_file_twice_makes_nothing_twice(bring, cast):
    bring()

    with pytest.raises(BroughtAlreadyError):
        bring(actor=cast.petra)
    with pytest.raises(BroughtAlreadyError):
        bring(log(*reversed(LINES)))

    assert LoggedDecision.objects.count() == len(LINES)


def test_of_a_longer_file_only_the_new_lines_come_in(bring):
    bring()

    longer = bring(log(*LINES, line(subject="CASE-4")))

    assert (longer.row_count, longer.here_count) == (1, 3)
    assert [row.line for row in longer.decisions.all()] == [5]


def test_a_line_whose_words_were_erased_is_no_longer_known(bring, noon):
    bring()
    row = LoggedDecision.objects.get(line=2)
    Sealed.objects.filter(pk=row.sealed_id).update(text=None, key=None, erased_at=noon)

    again = bring(log(*LINES, line(subject="CASE-4")))
    with pytest.raises(BroughtAlreadyError):
        bring()  # its bytes are known

    assert (again.row_count, again.here_count) == (2, 2)


def test_who_leads_a_side_holds_a_key_or_keeps_the_offices_brings_logs(bring, cast):
    for number, actor in enumerate((cast.tariq, cast.petra, cast.hana, cast.ivo, cast.ada)):
        bring(log(line(subject=f"CASE-{number}")), actor=actor)

    assert DecisionLog.objects.count() == 5


def test_nobody_else_brings_logs(bring, helper, cast, noon):
    part = {"side": Side.PEOPLE, "role": MemberRole.CONTRIBUTOR}
    set_member(actor=cast.petra, initiative=helper, user=cast.max, at=noon, **part)
    for reader in (cast.cleo, cast.audrey, cast.max):
        with pytest.raises(ForbiddenError):
            bring(actor=reader)
    with pytest.raises(NotVisibleError):
        bring(actor=cast.erin)

    assert not DecisionLog.objects.exists()


def test_a_file_is_taken_back_as_a_whole_and_its_rows_stay(bring, take_back, helper):
    first = bring()
    bring(log(line(subject="CASE-4")))

    withdrawal = take_back(first.pk)

    assert LoggedDecision.objects.count() == 4
    assert decisions_of(helper, DecisionFilters()).count() == 1
    assert decisions_of(helper, DecisionFilters(is_withdrawn=True)).count() == 3
    assert figures_of(helper).total == 1
    assert logs_of(helper)[1].reason == "The wrong month"
    entry = Entry.objects.get(kind=Kind.DECISIONS_WITHDRAWN)
    assert b"wrong month" not in bytes(entry.body)
    assert entry.subject_id == str(withdrawal.pk)
    assert [one.what for one in verify()] == []


def test_what_was_taken_back_may_be_brought_again(bring, take_back):
    take_back(bring().pk)

    again = bring()

    assert (again.n, again.row_count) == (2, 3)


@pytest.mark.parametrize("reason", ["", " \u200b ", "x" * 1_001, "\ud800"])
def test_without_words_that_say_why_nothing_is_taken_back(bring, take_back, reason):
    with pytest.raises(DecisionLogRefusedError) as refused:
        take_back(bring().pk, reason)

    assert refused.value.blockers[0].field == "reason"


def test_a_file_is_taken_back_once_by_whoever_brings_logs(bring, take_back, cast):
    brought = bring()
    with pytest.raises(ForbiddenError):
        take_back(brought.pk, actor=cast.cleo)
    with pytest.raises(NotVisibleError):
        take_back(brought.pk + 1)
    take_back(brought.pk)

    with pytest.raises(DecisionLogRefusedError) as refused:
        take_back(brought.pk)

    assert refused.value.codes == ("withdrawn",)


def test_a_name_that_reads_otherwise_than_it_is_spelled_is_no_name(bring):
    assert bring(name="\u202evsc.exe").name.text == "A log"


def test_taking_the_decisions_along_is_noted(bring, helper, cast, noon):
    bring()

    export_decisions(actor=cast.audrey, initiative=helper, rows=3, at=noon + timedelta(hours=1))

    entry = Entry.objects.get(kind=Kind.DECISIONS_EXPORTED)
    assert b'"rows":3' in bytes(entry.body)
