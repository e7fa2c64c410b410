from datetime import UTC, date, datetime, timedelta

from django.test import TestCase

from initiatives.choices import ReadOutcome
from initiatives.operations.rapid_reads import propose_with_read
from initiatives.queries.rapid_reads import get_read
from initiatives.queries.rapid_views import read_view
from journal.operations import erase_text
from people.choices import Side
from people.queries import authority_of
from tests.cast import gather
from tests.initiatives.conftest import PROPOSAL
from tests.initiatives.reads import NAME, SEEN, answered, confirmed, proposed, started, whole

NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)
TECH, PEOPLE = Side
TODAY = NOON.date()


class TestViews(TestCase):
    """What a page shows of a read, from its beginning to the initiative that began with it."""

    @classmethod
    def setUpTestData(cls):
        cls.cast = gather(NOON)

    def seen(self, read, on=TODAY):
        return read_view(get_read(read.pk, authority_of(self.cast.hana, NOON)), on)

    def test_what_nobody_answered_is_open(self):
        view = self.seen(started(self.cast.ivo, NOON))

        assert (view.name, view.seen, view.side) == (NAME, SEEN, TECH)
        assert [(half.side, half.n, half.open) for half in view.halves] == [
            (TECH, 0, 5),
            (PEOPLE, 0, 5),
        ]
        assert view.people.pairs[0][1] == ""
        assert (view.written, view.seen_halves, view.decision) == (frozenset(), "0-0", None)
        assert view.is_open
        assert not view.is_overdue
        assert view.changed_since == ()

    def test_it_is_late_when_its_day_is_over(self):
        read = started(self.cast.ivo, NOON)

        assert not self.seen(read, date(2026, 12, 11)).is_overdue
        assert self.seen(read, date(2026, 12, 12)).is_overdue

    def test_the_latest_of_each_half_counts_and_what_changed_later_is_told(self):
        read = whole(self.cast, NOON)
        proposed(read, self.cast.ivo, NOON)
        answered(read, self.cast.hana, PEOPLE, NOON + timedelta(hours=1), text="Two teams")
        view = self.seen(read)

        assert view.half(PEOPLE).answers["whose_work"] == "Two teams"
        assert (view.people.n, view.people.author.name) == (2, "Hana Okafor")
        assert (view.seen_halves, view.written) == ("1-2", frozenset(Side))
        assert view.decision.outcome == ReadOutcome.TRY
        assert (view.decision.by, view.decision.words) == ("Ivo Brandt", "One week of it.")
        assert view.changed_since == (PEOPLE,)
        assert view.outcome is None

    def test_what_is_watched_is_due_again_on_its_day_until_it_is_taken_up(self):
        read = whole(self.cast, NOON)
        proposed(read, self.cast.ivo, NOON, outcome=ReadOutcome.WATCH, day=date(2026, 12, 7))
        confirmed(read, self.cast.hana, NOON)

        view = self.seen(read, date(2026, 12, 6))
        assert (view.outcome, view.is_due_again, view.changed_since) == ("watch", False, ())
        assert (view.confirmed_by, view.confirmed_side) == (self.cast.hana, PEOPLE)
        assert self.seen(read, date(2026, 12, 7)).is_due_again
        again = started(self.cast.ivo, NOON, before=read)
        view = self.seen(read, date(2026, 12, 7))
        assert (view.is_due_again, view.taken_up_id) == (False, again.pk)
        assert self.seen(again).before_id == read.pk

    def test_it_names_the_initiative_that_began_with_it_and_what_was_erased(self):
        read = whole(self.cast, NOON)
        decision = proposed(read, self.cast.ivo, NOON)
        confirmed(read, self.cast.hana, NOON)
        made = propose_with_read(
            actor=self.cast.hana, read_id=read.pk, side=PEOPLE, at=NOON, **PROPOSAL
        )
        half = read.halves.get(side=PEOPLE)
        for sealed in (read.sealed, decision.words, half.sealed):
            erase_text(sealed=sealed, actor=self.cast.ada, reason="Asked", at=NOON)

        view = self.seen(read)

        assert view.code == made.code
        assert (view.is_erased, view.seen) == (True, "")
        assert "erased" in view.name
        assert "erased" in view.decision.words
        assert (view.people.is_erased, view.people.n) == (True, 1)
