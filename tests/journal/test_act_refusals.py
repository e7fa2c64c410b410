"""What an act does with a no: its own, a nested one's, a subscriber's."""

import pytest

from journal.acts import ActError, act, record
from journal.kinds import Kind
from journal.models import Entry, ServerKey
from journal.subscriptions import within
from journal.verification import verify
from kernel.refusals import Blocker, RefusedError
from tests.journal.test_acts import a_key, last, note, said


def test_a_refusal_is_journalled_in_a_transaction_of_its_own(founded, noon):
    @act(refusals=True)
    def refusing(*, actor, at):
        a_key("rolled back", at)
        raise RefusedError(Blocker("late", "Too late."), Blocker("alone", "Alone."))

    with pytest.raises(RefusedError):
        refusing(actor="test", at=noon)

    assert last().kind == Kind.ACT_REFUSED
    assert said(last())["data"] == {"act": "refusing", "reasons": ["late", "alone"]}
    assert not ServerKey.objects.filter(key_id="rolled back").exists()
    assert [*verify()] == []


def test_the_refusal_of_a_nested_act_is_journalled_after_the_outer_roll_back(founded, noon):
    @act(refusals=True)
    def refusing(*, actor, at):
        raise RefusedError(Blocker("late", "Too late."))

    @act
    def outer(*, at):
        note(at=at)
        refusing(actor="test", at=at)

    with pytest.raises(RefusedError):
        outer(at=noon)

    assert Entry.objects.count() == 3
    assert said(last())["data"]["act"] == "refusing"


def test_refusals_of_ordinary_acts_and_errors_leave_no_entry(founded, noon):
    @act
    def ordinary():
        raise RefusedError(Blocker("no", "No."))

    @act(refusals=True)
    def broken(*, actor, at):
        raise ZeroDivisionError

    with pytest.raises(RefusedError):
        ordinary()
    with pytest.raises(ZeroDivisionError):
        broken(actor="test", at=noon)

    assert Entry.objects.count() == 2


def test_an_act_that_could_not_say_who_was_refused_is_not_accepted():
    with pytest.raises(ActError, match="needs `actor` and `at`"):

        @act(refusals=True)
        def nobody(*, at):
            """Nobody acts here."""


def test_a_within_handler_runs_at_the_record_call_and_may_record(founded, noon):
    heard = []

    @within(Kind.CLOCK_MOVED)
    def follow(happening):
        heard.append((happening.data, happening.accepts_voids, Entry.objects.count()))
        a_key("reaction", happening.at)
        record(Kind.SERVER_KEY_ADDED, actor="test", subject=founded, at=happening.at)

    note(at=noon, accepts_voids=(4,))

    assert heard == [({"text": "noted"}, (4,), 2)]
    kinds = [entry.kind for entry in Entry.objects.order_by("seq")[2:]]
    assert kinds == [Kind.CLOCK_MOVED, Kind.SERVER_KEY_ADDED]
    assert len(said(last())["rows"]) == 1


def test_a_within_handler_may_refuse_the_whole_act(founded, noon):
    @within(Kind.CLOCK_MOVED)
    def object_to(happening):
        raise RefusedError(Blocker("voids", "This voids one signature."))

    with pytest.raises(RefusedError, match="voids one signature"):
        note(at=noon)

    assert Entry.objects.count() == 2
