"""One side proposes how to decide a rapid read; another person of the other side confirms."""

from datetime import UTC, date, datetime
from functools import partial
from threading import Barrier

import pytest
from django.db import IntegrityError
from django.test import TestCase

from initiatives.choices import ReadOutcome
from initiatives.models import RapidConfirmation
from initiatives.operations import rapid_decisions
from initiatives.operations.initiatives import propose
from initiatives.operations.rapid_decisions import (
    DecisionRefusedError,
    DecisionStaleError,
    confirm_decision,
    propose_decision,
)
from initiatives.operations.rapid_reads import ReadDecidedError
from initiatives.queries import rapid_reads
from journal.acts import act
from journal.kinds import Kind
from journal.models import Entry
from journal.verification import verify
from kernel.refusals import NotVisibleError
from people.choices import Side
from tests.cast import gather
from tests.initiatives.conftest import PROPOSAL
from tests.initiatives.operations.test_scoring_races import race
from tests.initiatives.reads import answered, confirmed, proposed, started, whole

NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)
TECH, PEOPLE = Side


def last():
    return Entry.objects.order_by("-seq")[0]


class TestDeciding(TestCase):
    """One company for all: Petra and Tariq work on an initiative."""

    @classmethod
    def setUpTestData(cls):
        cls.cast = gather(NOON)
        propose(actor=cls.cast.petra, side=PEOPLE, counterpart=cls.cast.tariq, at=NOON, **PROPOSAL)

    def test_the_database_takes_no_confirmation_of_one_s_own(self):
        read = whole(self.cast, NOON)
        decision = proposed(read, self.cast.ivo, NOON)
        ours = {"proposed_key": self.cast.ivo.person_key, "proposed_side": TECH}
        for key, side in ((self.cast.ivo.person_key, PEOPLE), (self.cast.hana.person_key, TECH)):
            with pytest.raises(IntegrityError, match="another_person_of_the_other_side"):
                act(RapidConfirmation.objects.create)(
                    read=read,
                    decision=decision,
                    technology_n=1,
                    people_n=1,
                    side=side,
                    confirmed_by=self.cast.hana,
                    confirmed_key=key,
                    confirmed_at=NOON,
                    **ours,
                )

    def test_two_people_of_two_sides_close_it(self):
        read = whole(self.cast, NOON)
        watch = proposed(
            read, self.cast.ivo, NOON, outcome=ReadOutcome.WATCH, day=date(2027, 1, 11)
        )
        assert (str(watch), last().kind) == (
            "watch by technology",
            Kind.RAPID_DECISION_PROPOSED,
        )

        confirmation = confirmed(read, self.cast.hana, NOON)

        assert (confirmation.read, confirmation.side) == (read, "people")
        assert (confirmation.technology_n, confirmation.people_n) == (1, 1)
        assert str(confirmation) == f"confirmation of {watch.pk}"
        assert last().kind == Kind.RAPID_READ_DECIDED
        assert b"One week" not in bytes(last().body)
        assert [*verify()] == []
        for late in (
            partial(confirmed, read, self.cast.hana, NOON),
            partial(proposed, read, self.cast.ivo, NOON),
        ):
            with pytest.raises(ReadDecidedError):
                late()

    def test_no_other_door_lets_somebody_decide(self):
        read = whole(self.cast, NOON)
        for who, code in (
            ("cleo", "only_reads"),
            ("audrey", "only_reads"),
            ("tariq", "no_part"),
            ("kim", "no_part"),
            ("ada", "no_part"),
        ):
            with pytest.raises(DecisionRefusedError) as refused:
                proposed(read, getattr(self.cast, who), NOON)
            assert refused.value.codes == (code,)
        with pytest.raises(NotVisibleError):
            proposed(read, self.cast.otto, NOON)
        proposed(read, self.cast.ivo, NOON)
        for who, code in (("ivo", "own_side"), ("petra", "no_part"), ("cleo", "only_reads")):
            with pytest.raises(DecisionRefusedError) as refused:
                confirmed(read, getattr(self.cast, who), NOON)
            assert code in refused.value.codes
        with pytest.raises(NotVisibleError):
            confirmed(read, self.cast.otto, NOON)
        assert not RapidConfirmation.objects.exists()

    def test_whoever_answered_for_a_side_decides_for_it(self):
        read = started(self.cast.tariq, NOON)
        answered(read, self.cast.tariq, TECH, NOON)
        answered(read, self.cast.petra, PEOPLE, NOON)

        proposed(read, self.cast.petra, NOON)
        # Of her own side, although she has a key.
        with pytest.raises(DecisionRefusedError) as refused:
            confirmed(read, self.cast.hana, NOON)
        assert refused.value.codes == ("own_side",)
        confirmed(read, self.cast.tariq, NOON)

    def test_the_keys_of_two_logins_of_one_person_do_not_close_it(self):
        read = whole(self.cast, NOON)
        decision = proposed(read, self.cast.ivo, NOON)
        self.cast.hana.person_key = decision.proposed_key

        with pytest.raises(DecisionRefusedError):
            confirmed(read, self.cast.hana, NOON)

    def test_a_silent_side_and_missing_words_are_named(self):
        read = started(self.cast.ivo, NOON)
        answered(read, self.cast.ivo, TECH, NOON)

        with pytest.raises(DecisionRefusedError) as refused:
            proposed(read, self.cast.ivo, NOON, words=" ")
        assert refused.value.codes == ("half_missing", "words_missing")
        with pytest.raises(DecisionRefusedError) as refused:
            proposed(read, self.cast.ivo, NOON, words="\ud83d")
        assert refused.value.codes == ("broken",)

    def test_the_newest_proposal_counts_and_nobody_overtakes_unseen(self):
        read = whole(self.cast, NOON)
        first = proposed(read, self.cast.ivo, NOON)
        with pytest.raises(DecisionStaleError):
            propose_decision(
                actor=self.cast.hana,
                read_id=read.pk,
                outcome=ReadOutcome.LEAVE,
                words="No.",
                look_again_on=None,
                expected=0,
                at=NOON,
            )
        second = proposed(read, self.cast.hana, NOON, outcome=ReadOutcome.LEAVE)

        assert (first.n, second.n) == (1, 2)
        with pytest.raises(DecisionRefusedError):
            confirmed(read, self.cast.hana, NOON)
        assert confirmed(read, self.cast.ivo, NOON).decision == second

    def test_what_changed_since_the_page_was_opened_is_read_again_first(self):
        read = whole(self.cast, NOON)
        with pytest.raises(DecisionStaleError):
            confirm_decision(
                actor=self.cast.hana, read_id=read.pk, decision_id=9_999, seen="1-1", at=NOON
            )
        proposed(read, self.cast.ivo, NOON)
        answered(read, self.cast.ivo, TECH, NOON, text="Changed")

        with pytest.raises(DecisionStaleError):
            confirmed(read, self.cast.hana, NOON, seen="1-1")
        confirmed(read, self.cast.hana, NOON, seen="2-1")

    def test_a_day_to_look_again_that_has_come_is_not_confirmed(self):
        read = whole(self.cast, NOON)
        proposed(read, self.cast.ivo, NOON, outcome=ReadOutcome.WATCH, day=date(2026, 12, 4))

        with pytest.raises(DecisionRefusedError) as refused:
            confirmed(read, self.cast.hana, NOON.replace(day=4))
        assert refused.value.codes == ("day_is_over",)


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_at_once_close_it_once_and_without_the_lock_it_breaks(monkeypatch):
    cast = gather(NOON)
    propose(actor=cast.petra, side=PEOPLE, counterpart=cast.tariq, at=NOON, **PROPOSAL)

    def trial():
        read = whole(cast, NOON)
        answered(read, cast.petra, PEOPLE, NOON, text="Two teams")
        proposed(read, cast.ivo, NOON)
        both = (partial(confirmed, read, one, NOON, seen="1-2") for one in (cast.hana, cast.petra))
        return [one for one in race(*both) if isinstance(one, Exception)]

    for _ in range(2):
        (refused,) = trial()
        assert isinstance(refused, ReadDecidedError)
    assert [*verify()] == []

    # Negative control: both have judged before either writes, and only the table says no.
    met, judge = Barrier(2), rapid_decisions.blockers_to_confirm

    def together(facts):
        met.wait(timeout=30)
        return judge(facts)

    monkeypatch.setattr(rapid_reads, "one_at_a_time", lambda: None)
    monkeypatch.setattr(rapid_decisions, "blockers_to_confirm", together)
    (fault,) = trial()
    assert isinstance(fault, IntegrityError)
