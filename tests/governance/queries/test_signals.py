"""The page between the two sides: what stands on it, and in whose words."""

from datetime import timedelta

import pytest

from governance.operations.rounds import open_round
from governance.queries.signals import signals
from initiatives.operations.memberships import end_membership
from people.choices import Office, Side
from playbook.editions import current
from tests.changes import appoint, end_term
from tests.gates import make_world
from tests.governance.disagreeing import LATER, raised

DAY = timedelta(days=1)


def shown(at):
    return signals(current(), at)


def test_without_anything_said_the_page_knows_who_answers_and_no_more(world, noon):
    found = shown(noon)

    assert (found.disputes, found.objections.total, found.early) == ((), 0, ())
    assert (found.repetitions, found.vacant, found.oldest, found.has_any) == ((), (), None, False)
    [one] = found.answering
    assert (one.code, one.technology, one.people) == ("AI-001", "Tariq Haddad", "Petra Novak")
    assert (found.total, found.lacking, found.more) == (1, 0, 0)
    assert found.holders == {
        "technology": "Ivo Brandt",
        "people": "Hana Okafor",
        "sponsor": "Cleo Marchetti",
    }


def test_a_side_without_a_lead_comes_first_and_is_counted(world, noon):
    other = make_world(noon, cast=world.cast, name="Shift helper")
    [lead] = other.initiative.memberships.filter(side=Side.TECHNOLOGY)
    end_membership(actor=world.cast.tariq, membership=lead, at=noon)

    found = shown(noon)

    assert [one.code for one in found.answering] == ["AI-002", "AI-001"]
    assert (found.answering[0].technology, found.lacking, found.total) == ("", 1, 2)


@pytest.mark.parametrize(("side", "person"), [(Side.PEOPLE, "hana"), (Side.TECHNOLOGY, "ivo")])
def test_a_side_that_leads_while_nobody_signs_for_it_is_flagged(world, noon, side, person):
    cast = world.cast
    end_term(actor=cast.ada, term=cast.term(getattr(cast, person)), at=noon + DAY)

    found = shown(noon + 2 * DAY)

    assert found.vacant == (side,)
    assert found.answering[0].unheard == (side,)
    assert (found.lacking, found.has_any) == (1, True)


def test_an_acting_holder_is_heard(world, noon):
    cast = world.cast
    end_term(actor=cast.ada, term=cast.term(cast.hana), at=noon + DAY)
    appoint(
        actor=cast.cleo,
        user=cast.erin,
        office=Office.CHRO,
        title="Acting CHRO",
        at=noon + 2 * DAY,
        ends_at=noon + 30 * DAY,
    )

    found = shown(noon + 3 * DAY)

    assert (found.vacant, found.holders["people"]) == ((), "Erin Doyle")


def test_whose_word_is_next_is_said_by_name(world, noon):
    draft = open_round(initiative=world.initiative, gate="1", actor=world.cast.petra, at=noon)
    raised(world, draft, noon)

    [one] = shown(noon + DAY).disputes
    [late] = shown(noon + 10 * DAY).disputes

    assert one.who == (("people", "Petra Novak"),)
    assert late.who == (("sponsor", "Cleo Marchetti"),)
    assert shown(noon + DAY).oldest == one.row


def test_where_a_side_has_no_lead_its_key_is_next(world, noon):
    draft = open_round(initiative=world.initiative, gate="1", actor=world.cast.petra, at=noon)
    raised(world, draft, noon, due_on=LATER)
    [lead] = world.initiative.memberships.filter(side=Side.PEOPLE)
    end_membership(actor=world.cast.petra, membership=lead, at=noon)

    [one] = shown(noon + DAY).disputes

    assert one.who == (("people", "Hana Okafor"),)
