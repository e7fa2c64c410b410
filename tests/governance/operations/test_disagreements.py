"""Both sides say how they see it and by when; no gate hears of it."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from governance.choices import RoundState
from governance.models import Deadline, Disagreement, Position
from governance.operations.disagreeing import DisagreementRefusedError, DisagreementStaleError
from governance.operations.disagreements import state_position
from governance.operations.rounds import open_round, submit_round
from governance.queries.disagreements import disagreements_at
from initiatives.choices import MemberRole, Standing
from initiatives.operations.memberships import set_member
from initiatives.operations.stages import change_standing
from journal.kinds import Kind
from journal.models import Entry, UnrecordedRowError
from journal.queries import Happened
from journal.verification import verify
from kernel.refusals import ForbiddenError, NotVisibleError
from people.choices import Side
from tests.gates import make_ready, sign
from tests.governance.disagreeing import (
    DAY,
    LATER,
    OURS,
    SUBJECT,
    THEIRS,
    named,
    opened,
    raised,
    stated,
    taken_back,
)


@pytest.fixture
def draft(world, noon):
    """A round in preparation."""
    return open_round(initiative=world.initiative, gate="1", actor=world.cast.petra, at=noon)


def last():
    return Happened(Entry.objects.order_by("-seq")[0])


def test_a_side_says_what_it_sees_differently_and_by_when(world, draft, noon):
    found = raised(world, draft, noon)

    assert (found.subject, found.technology.text, found.people) == (SUBJECT, OURS, None)
    assert (found.side, found.silent, found.due_on) == (Side.TECHNOLOGY, Side.PEOPLE, DAY)
    assert (found.is_of_decision, found.both_named, found.is_open) == (False, False, True)
    row = Disagreement.objects.get()
    assert row.subject.person_key == world.cast.tariq.person_key
    assert last().kind == Kind.DISAGREEMENT_RAISED
    assert last().data == {
        "disagreement": found.id,
        "gate": "1",
        "round": draft.pk,
        "side": "technology",
        "due_on": "2026-12-10",
    }
    assert OURS not in bytes(last().entry.body).decode()
    assert [*verify()] == []
    assert str(row) == f"disagreement at round {draft.pk}"
    assert str(row.positions.get()) == f"technology in disagreement {row.pk}"
    assert str(row.deadlines.get()) == f"2026-12-10 for disagreement {row.pk}"


def test_the_other_side_answers_and_both_write_anew_with_earlier_words_kept(world, draft, noon):
    found = raised(world, draft, noon)

    stated(found, world.cast.petra, THEIRS, noon)
    stated(found, world.cast.ivo, "Two leads.", noon + timedelta(hours=1))

    found = opened(found.id, noon)
    assert (found.technology.text, found.people.text) == ("Two leads.", THEIRS)
    assert [one.text for one in found.earlier] == [OURS]
    assert (found.silent, last().kind) == (None, Kind.POSITION_STATED)


def test_the_day_changes_once_both_sides_name_it_and_never_by_silence(world, draft, noon):
    found = raised(world, draft, noon)

    named(found, world.cast.hana, LATER, noon)
    assert (opened(found.id, noon).due_on, last().kind) == (DAY, Kind.DEADLINE_NAMED)
    named(found, world.cast.tariq, LATER, noon)

    found = opened(found.id, noon)
    assert (found.due_on, found.both_named) == (LATER, True)
    assert last().kind == Kind.DEADLINE_AGREED
    named(found, world.cast.ivo, date(2027, 1, 20), noon)
    assert opened(found.id, noon).due_on == LATER


def test_the_day_it_was_raised_with_can_be_accepted(world, draft, noon):
    found = raised(world, draft, noon)

    assert named(found, world.cast.petra, DAY, noon).is_in_force
    assert opened(found.id, noon).both_named


def test_words_or_a_day_that_cannot_be_are_refused_at_their_field(world, draft, noon):
    with pytest.raises(DisagreementRefusedError) as refused:
        raised(world, draft, noon, due_on=date(2026, 12, 5), subject="  ")
    assert [one.field for one in refused.value.blockers] == ["subject", "due_on"]
    found = raised(world, draft, noon)

    with pytest.raises(DisagreementRefusedError) as refused:
        stated(found, world.cast.petra, "\ud800", noon)
    assert refused.value.codes == ("broken",)
    with pytest.raises(DisagreementRefusedError) as refused:
        stated(found, world.cast.petra, " ", noon)
    assert refused.value.codes == ("text_missing",)
    with pytest.raises(DisagreementRefusedError) as refused:
        named(found, world.cast.tariq, DAY, noon)
    assert refused.value.codes == ("named",)
    assert (Position.objects.count(), Deadline.objects.count()) == (1, 1)


@pytest.mark.parametrize("subject", ["Who owns \u202eti", "\u200b", "half \ud800"])
def test_a_subject_reads_in_lists_as_it_is_spelled(world, draft, noon, subject):
    with pytest.raises(DisagreementRefusedError) as refused:
        raised(world, draft, noon, subject=subject)

    assert [one.field for one in refused.value.blockers] == ["subject"]
    assert raised(world, draft, noon, subject="Who owns\r\nit?").subject == "Who owns it?"


def test_sent_twice_it_is_raised_once_until_that_is_settled(world, draft, noon):
    found = raised(world, draft, noon)
    with pytest.raises(DisagreementRefusedError) as refused:
        raised(world, draft, noon)
    assert [one.code for one in refused.value.blockers] == ["said"]
    raised(world, draft, noon, by=world.cast.petra)

    taken_back(found, world.cast.tariq, "It was meant for another gate.", noon)
    assert raised(world, draft, noon).id != found.id


def test_only_a_side_speaks_and_a_contributor_names_no_day(world, draft, noon):
    cast = world.cast
    set_member(
        actor=cast.petra,
        initiative=world.initiative,
        user=cast.max,
        side=Side.PEOPLE,
        role=MemberRole.CONTRIBUTOR,
        at=noon,
    )
    found = raised(world, draft, noon)

    for person in (cast.otto, cast.erin):
        with pytest.raises(NotVisibleError):
            raised(world, draft, noon, by=person)
        with pytest.raises(NotVisibleError):
            stated(found, person, THEIRS, noon)
    for person in (cast.cleo, cast.audrey, cast.ada):
        with pytest.raises(ForbiddenError):
            raised(world, draft, noon, by=person)
        with pytest.raises(ForbiddenError):
            named(found, person, LATER, noon)
    stated(found, cast.max, THEIRS, noon)
    with pytest.raises(ForbiddenError):
        named(found, cast.max, LATER, noon)


def test_what_is_not_there_is_not_found(world, noon):
    with pytest.raises(NotVisibleError):
        state_position(actor=world.cast.ivo, disagreement_id=0, position=THEIRS, seen=0, at=noon)


def test_a_form_opened_before_the_last_word_is_stale(world, draft, noon):
    found = raised(world, draft, noon)
    stated(found, world.cast.petra, THEIRS, noon)

    with pytest.raises(DisagreementStaleError):
        state_position(
            actor=world.cast.hana,
            disagreement_id=found.id,
            position="Ours.",
            seen=found.version,
            at=noon,
        )


def test_what_has_ended_takes_no_new_one(world, draft, noon):
    change_standing(
        initiative=world.initiative, standing=Standing.CLOSED, actor=world.cast.ivo, at=noon
    )

    with pytest.raises(DisagreementRefusedError) as refused:
        raised(world, draft, noon)
    assert refused.value.codes == ("over",)


def test_an_open_one_keeps_no_gate_shut_and_stands_beside_what_was_decided(world, draft, noon):
    before = raised(world, draft, noon)
    make_ready(world, "1", at=noon)
    submit_round(round_id=draft.pk, actor=world.cast.petra, at=noon)
    stated(before, world.cast.petra, THEIRS, noon)
    sign(world.cast.ivo, draft.pk, at=noon)
    named(before, world.cast.petra, LATER, noon)
    sign(world.cast.hana, draft.pk, at=noon)

    after = raised(world, draft, noon + timedelta(days=1), subject="Not so.", due_on=DAY)

    draft.refresh_from_db()
    assert draft.state == RoundState.PASSED
    assert (before.is_of_decision, after.is_of_decision) == (False, True)
    found = disagreements_at(draft, today=noon.date())
    assert [one.id for one in found] == [before.id, after.id]
    assert all(one.is_open for one in found)


def test_nothing_of_it_is_changed_or_removed(world, draft, noon):
    row = Disagreement.objects.get(pk=raised(world, draft, noon).id)

    with pytest.raises(UnrecordedRowError):
        row.positions.update(side="people")
    for table in ("disagreement", "position", "deadline"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM governance_{table}")
