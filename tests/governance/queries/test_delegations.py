"""As what somebody acts at a gate, what comes with a login, and who wrote since the last pass."""

from datetime import timedelta

import pytest

from governance.choices import Capacity, Way
from governance.queries.delegations import (
    covers,
    side_of,
    signatory,
    speaks_for,
    stand_ins,
    warrant_for,
    writers_before,
    writers_since_passing,
)
from governance.rules.delegations import Scope
from journal.kinds import Kind
from journal.models import Entry
from journal.verification import verify
from people.choices import Side
from people.logins import authority_known, get_login
from playbook.editions import current
from tests.gates import fill, pass_gate, sign
from tests.governance.delegating import given, written
from tests.governance.operations.test_stops import pause
from tests.governance.operations.test_waivers import waive
from tests.governance.operations.test_ways import leave

HOUR = timedelta(hours=1)
LATER = "g2_obligations"


def test_who_holds_the_office_acts_in_it_and_whoever_else_does_not(review, noon):
    world, round_ = review

    found = signatory(world.cast.ivo, round_, noon)

    assert (found.side, found.capacity, found.instead_of) == (Side.TECHNOLOGY, Capacity.SEAT, None)
    assert signatory(world.cast.max, round_, noon) is None
    assert side_of(world.cast.max, round_, noon) is None


def test_a_delegate_acts_in_the_holders_place_as_far_as_nothing_bars_it(review, noon):
    world, round_ = review
    row = given(world.cast, noon)

    found = signatory(world.cast.max, round_, noon + HOUR)

    assert (found.name, found.title) == ("Max Weber", "Dispatch manager")
    assert (found.instead_of.name, found.delegation_id) == ("Ivo Brandt", row.pk)
    assert side_of(world.cast.max, round_, noon + HOUR) == Side.TECHNOLOGY
    round_.submitted_by = world.cast.max
    assert side_of(world.cast.max, round_, noon + HOUR) is None


def test_what_is_accepted_and_in_force_comes_with_the_login(review, noon):
    world, round_ = review
    written(world.cast, noon)
    assert authority_known(get_login(world.cast.max.pk), noon + HOUR).warrants == ()

    row = given(world.cast, noon, to=world.cast.erin)

    authority = authority_known(get_login(world.cast.erin.pk), noon + HOUR)
    [warrant] = authority.warrants
    assert (warrant.id, warrant.side, warrant.ends_at) == (row.pk, Side.TECHNOLOGY, row.ends_at)
    assert warrant_for(authority, round_) == warrant
    assert authority_known(get_login(world.cast.erin.pk), row.ends_at).warrants == ()


def test_a_scope_is_of_gates_initiatives_and_risks_together(review, noon):
    world, round_ = review
    row = written(
        world.cast,
        noon,
        scope=Scope(gates=frozenset({"1"}), initiatives=frozenset({world.initiative.pk})),
    )
    assert covers(row, round_)

    round_.gate = "2"

    assert not covers(row, round_)


def test_how_a_delegation_stands_to_a_round_is_asked_only_where_there_is_one(
    review, noon, django_assert_num_queries
):
    world, round_ = review
    row = written(world.cast, noon)
    with django_assert_num_queries(0):
        assert stand_ins([], round_, noon) == {}

    [one] = stand_ins([row.pk], round_, noon + HOUR).values()

    assert (one.person_key, one.is_revoked) == (str(world.cast.max.person_key), False)
    assert [blocker.code for blocker in one.blockers] == ["authority"]


def test_who_wrote_since_the_last_passage_is_found_by_person(review, noon):
    world, round_ = review
    petra, tariq = (str(one.person_key) for one in (world.cast.petra, world.cast.tariq))
    assert writers_since_passing(round_) == {petra, tariq}

    for person in (world.cast.ivo, world.cast.hana):
        sign(person, round_.pk, at=noon)
    fill(world, current().slots_of(2)[0], at=noon)

    assert len(writers_since_passing(round_)) == 1


def test_what_a_person_works_on_for_a_side(review):
    world, _ = review
    petra = world.cast.petra.person_key

    assert speaks_for(Side.PEOPLE, petra, []) == [world.initiative]
    assert speaks_for(Side.PEOPLE, petra, [world.initiative.pk + 1]) == []
    assert speaks_for(Side.TECHNOLOGY, petra, []) == []


@pytest.fixture
def reopened(review, noon):
    """Gate 1 passed by both; then Ivo wrote a waiver for gate 2."""
    world, round_ = review
    for person in (world.cast.ivo, world.cast.hana):
        sign(person, round_.pk, at=noon)
    world.initiative.refresh_from_db()
    waive(world, noon, who="ivo", point=LATER)
    return world, round_, str(world.cast.ivo.person_key)


def test_whoever_wrote_a_waiver_wrote_part_of_what_is_signed(reopened):
    _, round_, ivo = reopened

    assert writers_since_passing(round_) == {ivo}


def test_the_way_out_of_a_pause_makes_nobodys_work_anothers(reopened, noon):
    world, round_, ivo = reopened

    pause(world, "hana", noon)
    pass_gate(world, "resume", at=noon)

    assert ivo in writers_since_passing(round_)


def test_what_was_sent_back_is_no_passage_but_was_one_until_then(reopened, noon):
    world, round_, ivo = reopened
    pass_gate(world, "2", at=noon)
    assert ivo not in writers_since_passing(round_)

    out = leave(world, Way.BACK_2, noon)

    assert ivo in writers_since_passing(round_)
    passed = Entry.objects.filter(kind=Kind.GATE_PASSED, subject_id=str(out.passage.pk)).get()
    assert ivo not in writers_before(out, passed.seq)
    assert [*verify()] == []
