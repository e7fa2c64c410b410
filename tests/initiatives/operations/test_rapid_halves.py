"""Each side answers its half of a rapid read in its own voice; every save is a version."""

import json
from datetime import UTC, datetime

import pytest
from django.test import TestCase

from initiatives.models import RapidHalf
from initiatives.operations.initiatives import propose
from initiatives.operations.rapid_halves import StaleHalfError, write_half
from initiatives.operations.rapid_reads import ReadRefusedError
from journal.kinds import Kind
from journal.models import Entry
from journal.verification import verify
from kernel.refusals import ForbiddenError, NotVisibleError
from people.choices import Office, Side
from tests.cast import gather
from tests.changes import appoint, end_term
from tests.initiatives.conftest import PROPOSAL
from tests.initiatives.reads import answered, started

NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)
TECH, PEOPLE = Side


def last():
    return Entry.objects.order_by("-seq")[0]


class TestHalves(TestCase):
    """One company for all: Petra and Tariq work on an initiative, Otto on none."""

    @classmethod
    def setUpTestData(cls):
        cls.cast = gather(NOON)
        propose(actor=cls.cast.petra, side=PEOPLE, counterpart=cls.cast.tariq, at=NOON, **PROPOSAL)

    def test_each_side_answers_in_its_own_voice_and_every_save_is_a_version(self):
        read = started(self.cast.tariq, NOON)

        assert answered(read, self.cast.petra, PEOPLE, NOON, text="Café,\n\n two teams") == 1
        assert answered(read, self.cast.hana, PEOPLE, NOON, text="Three teams") == 2
        assert answered(read, self.cast.tariq, TECH, NOON) == 1

        first, second, _ = RapidHalf.objects.order_by("side", "n")
        assert json.loads(first.sealed.text)["whose_work"] == "Café, two teams"
        assert (second.author, str(second)) == (self.cast.hana, "half 2 of people")
        assert last().kind == Kind.RAPID_HALF_WRITTEN
        assert [*verify()] == []

    def test_nobody_writes_for_the_other_side_or_for_both(self):
        read = started(self.cast.tariq, NOON)
        answered(read, self.cast.petra, PEOPLE, NOON)

        for who, side, code in (
            ("tariq", PEOPLE, "other_voice"),
            ("petra", TECH, "other_voice"),
            ("hana", TECH, "other_key"),
            ("ivo", PEOPLE, "other_key"),
            ("cleo", TECH, "only_reads"),
        ):
            with pytest.raises(ForbiddenError) as refused:
                answered(read, getattr(self.cast, who), side, NOON, text="Mine")
            assert code in refused.value.codes
        # Otto works on nothing: he does not even see it.
        with pytest.raises(NotVisibleError):
            answered(read, self.cast.otto, TECH, NOON)
        assert RapidHalf.objects.count() == 1

    def test_a_key_that_comes_later_does_not_give_both_voices(self):
        read = started(self.cast.tariq, NOON)
        end_term(actor=self.cast.ada, term=self.cast.term(self.cast.hana), at=NOON.replace(hour=13))
        appoint(
            actor=self.cast.ada,
            user=self.cast.tariq,
            office=Office.CHRO,
            title="CHRO",
            at=NOON.replace(hour=14),
        )

        for side in Side:
            with pytest.raises(ForbiddenError):
                answered(read, self.cast.tariq, side, NOON.replace(hour=15))

    def test_the_second_saver_gets_both_texts_and_overwrites_nothing(self):
        read = started(self.cast.tariq, NOON)
        answered(read, self.cast.petra, PEOPLE, NOON, text="Two teams", expected=0)

        with pytest.raises(StaleHalfError) as stale:
            answered(read, self.cast.hana, PEOPLE, NOON, text="Three teams", expected=0)

        assert stale.value.mine["whose_work"] == "Three teams"
        assert stale.value.current.answers["whose_work"] == "Two teams"
        assert RapidHalf.objects.count() == 1

    def test_what_reads_the_same_makes_no_version(self):
        read = started(self.cast.tariq, NOON)
        answered(read, self.cast.petra, PEOPLE, NOON, text="Two teams")
        before = last().seq

        assert answered(read, self.cast.hana, PEOPLE, NOON, text=" Two \n teams", expected=0) == 1
        assert last().seq == before

    def test_answers_without_words_or_with_too_many_are_refused(self):
        read = started(self.cast.tariq, NOON)

        for text, code in (
            (" \n ", "nothing"),
            ("x" * 241, "too_long"),
            ("図" * 121, "too_long"),
            ("\ud83d", "broken"),
        ):
            with pytest.raises(ReadRefusedError) as refused:
                answered(read, self.cast.petra, PEOPLE, NOON, text=text)
            assert refused.value.codes == (code,)
        # What nobody asked is not kept.
        write_half(
            actor=self.cast.petra,
            read_id=read.pk,
            side=PEOPLE,
            answers={"whose_work": "Ours", "no_such": "x"},
            expected_version=0,
            at=NOON,
        )
        assert "no_such" not in RapidHalf.objects.get().sealed.text
