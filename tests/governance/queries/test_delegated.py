"""Whoever signs in somebody's place finds, at home and in lists, what a signer would find there."""

from datetime import date, timedelta

import pytest

from governance.queries.desk import piles, without_gate
from governance.queries.search import Most, search
from governance.rules.delegations import Scope
from initiatives.queries.visibility import listed_for
from people.logins import authority_known, get_login
from playbook.editions import current
from tests.gates import make_world
from tests.governance.delegating import given
from tests.kept import kept

LATER = timedelta(minutes=1)


@kept
def lent(review, noon):
    """A gate that waits, another initiative, and Erin who signs for Ivo; she works on nothing."""
    world, round_ = review
    other = make_world(noon, cast=world.cast, name="Invoice reader").initiative
    given(world.cast, noon, to=world.cast.erin)
    return world.cast, round_, other


def may(person, at):
    return authority_known(get_login(person.pk), at)


def found_by(person, text, at):
    groups = search(text, may(person, at), most=Most.of(9)).groups
    return {group.key: len(group.hits) for group in groups if group.key != "people"}


@pytest.mark.parametrize("text", ["dispatch", "AI-001", "landscape", "invoice"])
def test_search_finds_what_it_finds_for_the_holder(lent, noon, text):
    cast, _, _ = lent

    assert found_by(cast.erin, text, noon + LATER) == found_by(cast.ivo, text, noon)


def test_lists_and_home_show_what_waits_and_no_work_that_is_not_theirs(lent, noon):
    cast, round_, other = lent
    erin, ivo = (may(one, noon + LATER) for one in (cast.erin, cast.ivo))

    listed = {one.pk: one.reads_whole for one in listed_for(erin)}

    assert listed == {round_.initiative_id: True, other.pk: True}
    assert [one.round_id for one in piles(erin, current()).mine.gates] == [round_.pk]
    assert piles(erin, current()).mine == piles(ivo, current()).mine
    assert without_gate(erin) == []


def test_no_more_than_its_scope_and_no_longer_than_its_days(review, noon):
    world, _ = review
    other = make_world(noon, cast=world.cast, name="Invoice reader").initiative
    scope = Scope(initiatives=frozenset({other.pk}))
    given(world.cast, noon, to=world.cast.erin, scope=scope, last=date(2026, 12, 4))
    within = may(world.cast.erin, noon + LATER)
    after = may(world.cast.erin, noon + timedelta(days=3))

    assert [one.pk for one in listed_for(within)] == [other.pk]
    assert found_by(world.cast.erin, "AI-001", noon + LATER) == {}
    assert found_by(world.cast.erin, "invoice", noon + LATER)["initiatives"] == 1
    assert piles(within, current()).mine.total == 0
    assert not listed_for(after).exists()
    assert found_by(world.cast.erin, "invoice", noon + timedelta(days=3)) == {}
