"""A rapid read: begun, answered by each side in its own voice, become an initiative once."""

import json
from datetime import UTC, date, datetime
from functools import partial
from threading import Barrier

import pytest
from django.test import TestCase

from initiatives.models import Initiative, RapidRead, RapidUse
from initiatives.operations import rapid_reads
from initiatives.operations.initiatives import ProposalRefusedError, propose
from initiatives.operations.rapid_reads import (
    BegunAlreadyError,
    ReadDecidedError,
    ReadRefusedError,
    propose_with_read,
    start_read,
)
from journal.kinds import Kind
from journal.models import Entry
from kernel.refusals import NotVisibleError
from people.choices import Side
from tests.cast import gather
from tests.initiatives.conftest import PROPOSAL
from tests.initiatives.operations.test_scoring_races import race
from tests.initiatives.reads import NAME, SEEN, answered, decided, started, whole

NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)
TECH, PEOPLE = Side


def last():
    return Entry.objects.order_by("-seq")[0]


class TestRapidReads(TestCase):
    """One company for all: Petra and Tariq work on an initiative, Otto and Erin on none."""

    @classmethod
    def setUpTestData(cls):
        cls.cast = gather(NOON)
        propose(actor=cls.cast.petra, side=PEOPLE, counterpart=cls.cast.tariq, at=NOON, **PROPOSAL)

    def begun_with(self, read, who="petra"):
        words = {**PROPOSAL, "name": NAME, "problem": SEEN}
        return propose_with_read(
            actor=getattr(self.cast, who), read_id=read.pk, side=PEOPLE, at=NOON, **words
        )

    def test_what_was_seen_is_kept_where_it_can_be_erased(self):
        read = started(self.cast.tariq, NOON)

        assert json.loads(read.sealed.text) == {"name": NAME, "seen": SEEN}
        assert read.sealed.person_key == self.cast.tariq.person_key
        assert (read.side, str(read)) == ("technology", f"rapid read {read.pk}")
        assert last().kind == Kind.RAPID_READ_STARTED
        assert NAME.encode() not in bytes(last().body)

    def test_who_speaks_for_no_side_or_for_the_other_begins_nothing(self):
        for who, side, code in (
            ("cleo", TECH, "only_reads"),
            ("audrey", TECH, "only_reads"),
            ("hana", TECH, "other_key"),
            ("petra", None, "side_missing"),
        ):
            with pytest.raises(ReadRefusedError) as refused:
                started(getattr(self.cast, who), NOON, side=side)
            assert code in refused.value.codes
        assert not RapidRead.objects.exists()

    def test_hostile_and_empty_words_are_refused_at_their_field(self):
        for name, seen, field in (
            ("A\ud83d", SEEN, "name"),
            ("\u202egpj.exe", SEEN, "name"),
            (NAME, "\ud83d", "seen"),
            (NAME, " \n\u0000 ", "seen"),
            ("x" * 100_000, SEEN, "name"),
        ):
            with pytest.raises(ReadRefusedError) as refused:
                start_read(
                    actor=self.cast.ivo,
                    side=TECH,
                    name=name,
                    seen=seen,
                    decide_by=date(2026, 12, 11),
                    at=NOON,
                )
            assert [one.field for one in refused.value.blockers] == [field]

    def test_what_both_decided_is_written_no_more_and_is_taken_up_once(self):
        read = decided(self.cast, NOON)

        with pytest.raises(ReadDecidedError):
            answered(read, self.cast.petra, PEOPLE, NOON, text="Late")
        again = started(self.cast.petra, NOON, side=PEOPLE, before=read)
        assert again.before == read
        with pytest.raises(ReadRefusedError) as refused:
            started(self.cast.petra, NOON, side=PEOPLE, before=read)
        assert refused.value.codes == ("taken_up",)
        with pytest.raises(ReadRefusedError) as refused:
            started(self.cast.petra, NOON, side=PEOPLE, before=again)
        assert refused.value.codes == ("still_open",)
        with pytest.raises(NotVisibleError):
            started(self.cast.otto, NOON, side=PEOPLE, before=read)

    def test_it_becomes_an_initiative_once(self):
        read = decided(self.cast, NOON)

        initiative = self.begun_with(read)

        use = RapidUse.objects.get()
        assert (use.read, use.initiative) == (read, initiative)
        assert str(use) == f"rapid read {read.pk} in {initiative.pk}"
        assert last().kind == Kind.RAPID_READ_USED
        with pytest.raises(BegunAlreadyError) as begun:
            self.begun_with(read, "tariq")
        assert (begun.value.code, begun.value.read_id) == (initiative.code, read.pk)
        assert Initiative.objects.count() == 2

    def test_nothing_begins_with_a_read_that_both_have_not_decided_to_try(self):
        with pytest.raises(ProposalRefusedError) as refused:
            self.begun_with(whole(self.cast, NOON))
        assert refused.value.codes == ("not_tried",)
        with pytest.raises(NotVisibleError):
            self.begun_with(decided(self.cast, NOON, name="Another"), "otto")
        assert Initiative.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_sent_four_times_at_once_it_begins_once_and_without_the_lock_four_times(monkeypatch):
    cast = gather(NOON)

    def trial(name):
        return race(*[partial(started, cast.ivo, NOON, name=one) for one in name])

    results = trial([NAME, NAME, NAME.upper(), NAME])
    refused = [one for one in results if isinstance(one, Exception)]
    assert [one.codes for one in refused] == [("open_already",)] * 3
    assert RapidRead.objects.count() == 1

    # Negative control: all four have looked before one writes.
    met, judge = Barrier(4), rapid_reads.blockers_to_start

    def together(facts):
        met.wait(timeout=30)
        return judge(facts)

    monkeypatch.setattr(rapid_reads, "one_at_a_time", lambda: None)
    monkeypatch.setattr(rapid_reads, "blockers_to_start", together)
    trial(["Another"] * 4)
    assert RapidRead.objects.count() == 5
