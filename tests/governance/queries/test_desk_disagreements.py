"""Home: a disagreement waits for a side's word, and after its day for the sponsor."""

from datetime import timedelta
from functools import partial

import pytest

from governance.models import Disagreement, Round
from governance.operations.rounds import open_round
from governance.queries.waiting import DISAGREEMENTS, QUESTIONS, waiting
from journal.operations import erase_text
from people.operations.persons import deactivate_person
from people.queries import authority_of
from playbook.editions import current
from tests.governance.disagreeing import (
    DAY,
    LATER,
    OURS,
    SUBJECT,
    THEIRS,
    decided,
    named,
    offered,
    raised,
    stated,
)

WEEK = timedelta(days=8)


@pytest.fixture
def found(world, noon):
    draft = open_round(initiative=world.initiative, gate="1", actor=world.cast.petra, at=noon)
    return raised(world, draft, noon)


def waits(person, at):
    who = authority_of(person, at)
    return waiting(who, current(), today=at.date(), at=at, limit=5).disagreements


def who_waits(world, at):
    names = ("tariq", "petra", "hana", "ivo", "cleo", "audrey", "otto", "erin")
    return {name for name in names if waits(getattr(world.cast, name), at)}


def test_before_its_day_it_waits_for_the_side_that_has_not_answered(world, found, noon):
    assert who_waits(world, noon) == {"petra"}
    [one] = waits(world.cast.petra, noon)
    assert (one.subject, one.code, one.gate_word) == (SUBJECT, "AI-001", "Gate 1")
    assert (one.due_on, one.is_late, one.silent) == (DAY, False, "people")
    assert (one.technology.text, one.people, one.is_offered) == (OURS, None, False)

    stated(found, world.cast.petra, THEIRS, noon)

    assert who_waits(world, noon) == set()


def test_without_a_lead_it_waits_for_the_key(world, found, noon):
    world.initiative.memberships.get(user=world.cast.petra).end(noon)

    assert who_waits(world, noon) == {"hana"}


def test_where_the_lead_has_left_the_house_it_waits_for_the_key(world, found, noon):
    deactivate_person(actor=world.cast.ada, user=world.cast.petra, at=noon)

    assert who_waits(world, noon) == {"hana"}


def test_another_day_and_words_to_confirm_wait_for_the_other_side(world, found, noon):
    stated(found, world.cast.petra, THEIRS, noon)
    named(found, world.cast.petra, LATER, noon)
    assert who_waits(world, noon) == {"tariq"}
    named(found, world.cast.tariq, LATER, noon)
    assert who_waits(world, noon) == set()

    offered(found, world.cast.ivo, "So.", noon)

    assert who_waits(world, noon) == {"petra"}
    assert waits(world.cast.petra, noon)[0].is_offered


def test_after_its_day_it_is_with_the_sponsor_and_both_keys_until_it_ends(world, found, noon):
    late = noon + WEEK
    assert who_waits(world, noon + timedelta(days=7)) == {"petra"}

    assert who_waits(world, late) == {"petra", "hana", "ivo", "cleo"}
    assert waits(world.cast.cleo, late)[0].is_late
    decided(found, world.cast.cleo, "The recruiter owns it.", late)

    assert who_waits(world, late) == set()


def test_erased_words_are_called_so(world, found, noon):
    row = Disagreement.objects.get()
    for sealed in (row.subject, row.positions.get().sealed):
        erase_text(sealed=sealed, actor=world.cast.ada, reason="Asked", at=noon)

    [one] = waits(world.cast.petra, noon)

    assert "erased" in one.subject
    assert (one.technology.is_erased, one.silent) == (True, "people")


def test_of_many_it_is_said_how_many_and_the_next_ones_follow(world, found, noon):
    draft = Round.objects.get()
    others = [raised(world, draft, noon, subject=f"Matter {n}", due_on=LATER) for n in range(3)]
    who = authority_of(world.cast.petra, noon)
    asked = partial(waiting, who, current(), today=noon.date(), at=noon, limit=2)

    first, second, beyond = (
        asked(after={DISAGREEMENTS: before, QUESTIONS: 0}) for before in (0, 2, 4)
    )

    assert [one.id for one in first.disagreements] == [found.id, others[0].id]
    assert [one.id for one in second.disagreements] == [others[1].id, others[2].id]
    assert [page.in_all[DISAGREEMENTS] for page in (first, second, beyond)] == [4, 4, 0]
