from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from initiatives.choices import ReadOutcome
from initiatives.models import Initiative
from initiatives.operations.initiatives import propose
from initiatives.operations.rapid_reads import propose_with_read
from initiatives.queries import rapid_reads
from initiatives.queries.rapid_reads import (
    get_read,
    read_of,
    reads_for,
    reads_page,
    said_of_read,
    speaker_facts,
    waiting_read,
    waiting_reads,
)
from initiatives.rules.rapid_reads import sides_open
from journal.operations import erase_text
from kernel.refusals import NotVisibleError
from people.choices import Side
from people.queries import authority_of
from tests.cast import gather
from tests.initiatives.conftest import PROPOSAL
from tests.initiatives.reads import answered, decided, proposed, started, whole

NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)
TECH, PEOPLE = Side
TODAY = NOON.date()
LATER = date(2026, 12, 14)


def names(page):
    return [one.name for one in page.reads]


class TestReads(TestCase):
    """One company for all: Petra and Tariq work on an initiative, Otto and Erin on none."""

    @classmethod
    def setUpTestData(cls):
        cls.cast = gather(NOON)
        cls.helper = propose(
            actor=cls.cast.petra, side=PEOPLE, counterpart=cls.cast.tariq, at=NOON, **PROPOSAL
        )

    def may(self, person):
        return authority_of(person, NOON)

    def test_they_are_read_by_whoever_reads_early_thinking(self):
        own = started(self.cast.otto, NOON, name="Own")
        started(self.cast.petra, NOON, side=PEOPLE, name="Other")

        for person in (
            *(self.cast.hana, self.cast.cleo, self.cast.audrey),
            *(self.cast.petra, self.cast.tariq),
        ):
            assert len(reads_for(self.may(person))) == 2
        assert list(reads_for(self.may(self.cast.otto))) == [own]
        assert not reads_for(self.may(self.cast.erin)).exists()
        with pytest.raises(NotVisibleError):
            get_read(own.pk, self.may(self.cast.erin))
        self.cast.otto.is_active = False
        assert not reads_for(self.may(self.cast.otto)).exists()
        assert sides_open(speaker_facts(own, self.may(self.cast.otto))) == ()

    def test_what_is_due_stands_first_then_what_was_decided_last(self):
        decided(self.cast, NOON, name="Tried")
        decided(self.cast, NOON + timedelta(hours=1), name="Left", outcome=ReadOutcome.LEAVE)
        watched = decided(
            self.cast, NOON, name="Watched", outcome=ReadOutcome.WATCH, day=date(2026, 12, 7)
        )
        started(self.cast.ivo, NOON, name="Soon", days=12)
        started(self.cast.ivo, NOON, name="Late", days=1)
        hana = self.may(self.cast.hana)

        page = reads_page(hana, on=LATER)
        assert names(page) == ["Late", "Soon", "Watched", "Left", "Tried"]
        assert (page.total, page.open, page.overdue, page.again) == (5, 2, 1, 1)
        # Before the day it is one of those decided; taken up again, it is due no more.
        early = reads_page(hana, on=date(2026, 12, 4))
        assert (names(early)[:2], early.again) == (["Late", "Soon"], 0)
        started(self.cast.ivo, NOON, name="Again", before=watched)
        assert reads_page(hana, on=LATER).again == 0

    def test_a_page_asks_two_queries_however_many_there_are(self):
        for number in range(3):
            started(self.cast.ivo, NOON, name=f"Read {number}")
        hana, before = self.may(self.cast.hana), rapid_reads.ON_A_PAGE
        self.addCleanup(setattr, rapid_reads, "ON_A_PAGE", before)
        rapid_reads.ON_A_PAGE = 2
        reads_page(hana, on=LATER)  # the edition is read once a process

        with CaptureQueriesContext(connection) as seen:
            first, second = (reads_page(hana, on=LATER, number=one) for one in (1, 2))

        assert len(seen) == 4
        assert [(len(one.reads), one.has_next) for one in (first, second)] == [
            (2, True),
            (1, False),
        ]
        assert names(reads_page(hana, on=LATER, number=9)) == []

    def test_home_names_what_waits_for_a_side(self):
        ready = whole(self.cast, NOON, name="Proposed")
        proposed(ready, self.cast.ivo, NOON)
        silent = started(self.cast.ivo, NOON, name="Silent")
        answered(silent, self.cast.ivo, TECH, NOON)
        whole(self.cast, NOON, name="Quiet", days=1)
        decided(self.cast, NOON, name="Watched", outcome=ReadOutcome.WATCH, day=date(2026, 12, 7))

        def waits(side, on=TODAY):
            rows = waiting_reads(side, on).values_list(said_of_read(), flat=True)
            return [waiting_read(row, on) for row in rows]

        assert [one.name for one in waits(PEOPLE)] == ["Proposed", "Silent"]
        assert [one.name for one in waits(TECH)] == []
        # Once its day is over, what nobody decided waits for both.
        late = waits(TECH, LATER)
        assert [one.name for one in late] == ["Quiet", "Watched", "Proposed", "Silent"]
        assert [one.is_open for one in late] == [True, False, True, True]
        assert [one.is_late for one in late] == [True, False, True, True]
        first = waits(PEOPLE)[0]
        assert (first.proposed_side, first.has_written, first.due_on) == (
            TECH,
            True,
            date(2026, 12, 11),
        )

    def test_an_initiative_names_the_read_it_began_with(self):
        read = decided(self.cast, NOON)
        words = {**PROPOSAL, "name": "Drawings", "problem": "Parts lists are typed by hand."}
        made = propose_with_read(
            actor=self.cast.petra, read_id=read.pk, side=PEOPLE, at=NOON, **words
        )

        line = read_of(Initiative.objects.get(pk=made.pk))
        assert (line.id, line.name) == (read.pk, "Reads drawings")
        assert read_of(Initiative.objects.get(pk=self.helper.pk)) is None
        erase_text(sealed=read.sealed, actor=self.cast.ada, reason="Asked", at=NOON)
        assert "erased" in read_of(Initiative.objects.get(pk=made.pk)).name
