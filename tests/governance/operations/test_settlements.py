"""Settled by two people of two sides, by the sponsor once the day is over, or taken back; once."""

from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Barrier

import pytest
from django.db import IntegrityError, transaction

from governance.choices import SettlementWay
from governance.models import Disagreement, Settlement
from governance.operations.disagreeing import DisagreementRefusedError, DisagreementStaleError
from governance.operations.rounds import open_round
from governance.operations.settlements import confirm_settlement, decide_disagreement
from initiatives.choices import MemberRole
from initiatives.operations.memberships import set_member
from journal.acts import act, record, seal
from journal.kinds import Kind
from journal.models import Entry
from journal.queries import Happened
from kernel.refusals import ForbiddenError, NotVisibleError
from people.choices import Office, Side
from tests.changes import appoint, end_term
from tests.gates import make_world
from tests.governance.disagreeing import (
    DAY,
    THEIRS,
    WORDS,
    confirmed,
    decided,
    named,
    offered,
    opened,
    raised,
    stated,
    taken_back,
)
from tests.governance.operations.test_races import race, refusals

NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)
AFTER = datetime(2026, 12, 11, 9, tzinfo=UTC)
REASON = "The recruiter owns it; both were heard."


@pytest.fixture
def draft(world, noon):
    return open_round(initiative=world.initiative, gate="1", actor=world.cast.petra, at=noon)


@pytest.fixture
def found(world, draft, noon):
    """A disagreement that both sides have stated."""
    found = raised(world, draft, noon)
    stated(found, world.cast.petra, THEIRS, noon)
    return found


def last():
    return Happened(Entry.objects.order_by("-seq")[0])


def codes(refused):
    return refused.value.codes


def test_one_side_writes_how_it_was_settled_and_the_other_confirms(world, found, noon):
    offer = offered(found, world.cast.tariq, "Nothing changes.", noon)
    offered(found, world.cast.ivo, WORDS, noon)
    assert opened(found.id, noon).is_open
    assert str(offer) == f"technology offers to settle disagreement {found.id}"

    settlement = confirmed(found, world.cast.hana, noon)

    end = opened(found.id, noon).settlement
    assert (end.way, end.text, end.name) == (SettlementWay.AGREED, WORDS, "Hana Okafor")
    assert end.offered_by == "Ivo Brandt"
    assert (last().kind, last().data["way"]) == (Kind.DISAGREEMENT_SETTLED, "agreed")
    assert str(settlement) == f"agreed end of disagreement {found.id}"
    for again in (partial(stated, said=THEIRS), partial(offered, said=WORDS)):
        with pytest.raises(DisagreementRefusedError) as refused:
            again(found, world.cast.petra, at=noon)
        assert codes(refused) == ("ended",)


def test_neither_the_side_nor_the_person_that_wrote_it_confirms(world, found, noon):
    cast = world.cast
    with pytest.raises(DisagreementRefusedError) as refused:
        confirmed(found, cast.hana, noon)
    assert codes(refused) == ("no_offer",)
    with pytest.raises(DisagreementRefusedError) as refused:
        offered(found, cast.ivo, "", noon)
    assert codes(refused) == ("text_missing",)
    offered(found, cast.ivo, WORDS, noon)

    for person in (cast.ivo, cast.tariq):
        with pytest.raises(DisagreementRefusedError) as refused:
            confirmed(found, person, noon)
        assert codes(refused) == ("own_offer",)
    for person in (cast.cleo, cast.ada):
        with pytest.raises(ForbiddenError):
            confirmed(found, person, noon)
    assert Settlement.objects.count() == 0


def test_who_changed_sides_speaks_for_neither_any_more(world, found, noon):
    """Ivo offered for Technology; holding the key of People he confirms nothing."""
    cast = world.cast
    offered(found, cast.ivo, WORDS, noon)
    at = noon + timedelta(minutes=1)
    for person in (cast.ivo, cast.hana):
        end_term(term=cast.term(person), actor=cast.ada, at=at)
    appoint(actor=cast.ada, user=cast.ivo, office=Office.CHRO, title="CHRO", at=at)
    at += timedelta(minutes=1)

    with pytest.raises(DisagreementRefusedError) as refused:
        confirmed(found, cast.ivo, at)

    assert codes(refused) == ("both_sides", "one_person")
    at += timedelta(minutes=1)
    appoint(actor=cast.ada, user=cast.otto, office=Office.ADMINISTRATOR, title="IT", at=at)
    end_term(term=cast.term(cast.ivo), actor=cast.ada, at=at)
    end_term(term=cast.term(cast.cleo), actor=cast.cleo, at=at)
    appoint(actor=cast.ada, user=cast.ivo, office=Office.SPONSOR, title="COO", at=at)
    with pytest.raises(DisagreementRefusedError) as refused:
        decided(found, cast.ivo, REASON, AFTER)
    assert codes(refused) == ("took_sides",)


def test_the_database_wants_two_people_too(world, found, noon):
    offer = offered(found, world.cast.ivo, WORDS, noon)

    @act
    def alone():
        row = Settlement.objects.create(
            disagreement=Disagreement.objects.get(),
            way=SettlementWay.AGREED,
            offer=offer,
            offered_key=offer.by_key,
            by=world.cast.ivo,
            by_key=world.cast.ivo.person_key,
            settled_at=noon,
        )
        record(Kind.DISAGREEMENT_SETTLED, actor=world.cast.ivo, subject=row, at=noon)

    with pytest.raises(IntegrityError, match="both_sides_settle_as_two_people"):
        alone()
    assert not transaction.get_connection().needs_rollback


def test_the_sponsor_settles_after_the_day_in_force_and_not_before(world, found, noon):
    cast = world.cast
    on_the_day = datetime(2026, 12, 10, 22, tzinfo=UTC)  # 23 o'clock where the organisation is
    for at in (noon, on_the_day):
        with pytest.raises(DisagreementRefusedError) as refused:
            decided(found, cast.cleo, REASON, at)
        assert codes(refused) == ("early",)
        assert "10 December 2026" in str(refused.value)
    for person in (cast.ivo, cast.hana, cast.petra, cast.audrey):
        with pytest.raises(ForbiddenError):
            decided(found, person, REASON, AFTER)
    with pytest.raises(NotVisibleError):
        decided(found, cast.otto, REASON, AFTER)
    with pytest.raises(DisagreementRefusedError) as refused:
        decided(found, cast.cleo, "So.", AFTER)
    assert codes(refused) == ("short",)

    decided(found, cast.cleo, REASON, AFTER)

    end = opened(found.id, AFTER).settlement
    assert (end.way, end.text, end.offered_by) == (SettlementWay.SPONSOR, REASON, "")
    assert last().data["way"] == "sponsor"


def test_a_day_that_both_moved_keeps_the_sponsor_waiting(world, found, noon):
    named(found, world.cast.hana, DAY + timedelta(days=7), noon)
    named(found, world.cast.ivo, DAY + timedelta(days=7), noon)

    with pytest.raises(DisagreementRefusedError) as refused:
        decided(found, world.cast.cleo, REASON, AFTER)
    assert codes(refused) == ("early",)


def test_the_side_that_raised_it_takes_it_back_with_a_reason(world, draft, noon):
    cast = world.cast
    set_member(
        actor=cast.tariq,
        initiative=world.initiative,
        user=cast.max,
        side=Side.TECHNOLOGY,
        role=MemberRole.CONTRIBUTOR,
        at=noon,
    )
    found = raised(world, draft, noon)
    other = raised(world, draft, noon, by=cast.max, subject="Who pays?")

    for person, reason, wanted in (
        (cast.petra, REASON, ("not_yours",)),
        (cast.max, REASON, ("not_yours",)),
        (cast.tariq, "", ("text_missing",)),
    ):
        with pytest.raises(DisagreementRefusedError) as refused:
            taken_back(found, person, reason, noon)
        assert codes(refused) == wanted
    taken_back(found, cast.tariq, REASON, noon)
    taken_back(other, cast.max, REASON, noon)

    assert opened(found.id, noon).settlement.way == SettlementWay.TAKEN_BACK
    assert last().kind == Kind.DISAGREEMENT_TAKEN_BACK


@pytest.mark.django_db(transaction=True)
def test_it_is_settled_twice_in_the_same_second():
    """Whoever comes second is told that it has changed; without the lock both would have it."""
    world = make_world(NOON)
    round_ = open_round(initiative=world.initiative, gate="1", actor=world.cast.ivo, at=NOON)
    for number in range(10):
        found = raised(world, round_, NOON, subject=f"Trial {number}")
        offered(found, world.cast.ivo, WORDS, NOON)
        seen = opened(found.id, NOON).version
        settle = partial(confirm_settlement, disagreement_id=found.id, seen=seen, at=AFTER)

        results = race(
            partial(settle, actor=world.cast.hana),
            partial(settle, actor=world.cast.petra),
            partial(
                decide_disagreement,
                actor=world.cast.cleo,
                disagreement_id=found.id,
                reason=REASON,
                seen=seen,
                at=AFTER,
            ),
        )

        told = refusals(results)
        assert [type(one) for one in told] == [DisagreementStaleError] * 2
        assert Settlement.objects.filter(disagreement=found.id).count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_see_it_open_and_one_crashes():
    """Negative control: judged first, written later; the database alone keeps it to one end."""
    world = make_world(NOON)
    round_ = open_round(initiative=world.initiative, gate="1", actor=world.cast.ivo, at=NOON)
    found, judged = raised(world, round_, NOON), Barrier(2)

    @act
    def unlocked(person):
        assert opened(found.id, AFTER).is_open
        judged.wait(timeout=20)
        row = Settlement.objects.create(
            disagreement_id=found.id,
            way=SettlementWay.SPONSOR,
            sealed=seal(REASON, person=person),
            by=person,
            by_key=person.person_key,
            settled_at=AFTER,
        )
        record(Kind.DISAGREEMENT_SETTLED, actor=person, subject=row, at=AFTER)
        return row

    def tried(person):
        try:
            return unlocked(person)
        except IntegrityError as crash:
            return crash

    results = race(partial(tried, world.cast.cleo), partial(tried, world.cast.ivo))

    assert sorted(type(one).__name__ for one in results) == ["IntegrityError", "Settlement"]
