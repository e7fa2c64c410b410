"""What came before its gate, who entered it, and when it is the sponsor's."""

from datetime import timedelta

from governance.queries.early_facts import (
    early_facts,
    on_desk,
    repetition_begun_by,
    repetitions,
)
from governance.queries.holders import Holders, read_holders
from initiatives.choices import FactKind
from initiatives.operations.facts import record_past_fact
from journal.models import Entry
from people.choices import Side
from tests.gates import make_world, pass_gate

DAY = timedelta(days=1)
VENDOR, LAUNCH = FactKind.VENDOR_COMMITMENT, FactKind.LAUNCH_SET


def enter(world, person, at, *, kind=VENDOR, on=None):
    return record_past_fact(
        actor=person,
        initiative=world.initiative,
        kind=kind,
        happened_on=on or at.date(),
        at=at,
        text="Acme",
    )


def told(at):
    return early_facts(read_holders(), at)


def begun(fact):
    entry = Entry.objects.get(kind="fact.recorded", subject_id=str(fact.pk))
    return repetition_begun_by(entry, read_holders())


def test_the_days_count_until_today_while_the_gate_has_not_passed(world, noon):
    enter(world, world.cast.tariq, noon + 2 * DAY, on=noon.date())

    [one] = told(noon + 5 * DAY)

    assert (one.kind, one.gate, one.side, one.code) == (VENDOR, 2, Side.TECHNOLOGY, "AI-001")
    assert (one.days, one.is_passed, one.came_on) == (5, False, noon.date())


def test_the_days_count_to_the_gate_once_it_has_passed(world, noon):
    enter(world, world.cast.petra, noon, kind=FactKind.SHORTLIST)
    pass_gate(world, "1", at=noon + 7 * DAY)

    [one] = told(noon + 9 * DAY)

    assert (one.days, one.is_passed, one.side) == (7, True, Side.PEOPLE)


def test_a_launch_came_when_its_day_was_agreed(world, noon):
    enter(world, world.cast.tariq, noon, kind=LAUNCH, on=(noon + 60 * DAY).date())

    [one] = told(noon + 3 * DAY)

    assert (one.came_on, one.days) == (noon.date(), 3)


def test_who_works_for_no_side_there_entered_it_for_the_key_held_then(world, noon):
    enter(world, world.cast.hana, noon)

    [by_key] = told(noon)
    [unknown] = early_facts(Holders(()), noon)

    assert (by_key.side, unknown.side) == (Side.PEOPLE, None)


def test_what_is_in_order_or_a_year_old_is_not_told(world, noon):
    enter(world, world.cast.tariq, noon)

    assert told(noon + 365 * DAY) == ()
    assert told(noon - DAY) == ()


def test_the_second_of_a_side_is_the_sponsors_for_a_while(world, noon):
    other = make_world(noon, cast=world.cast, name="Shift helper")
    enter(world, world.cast.tariq, noon)
    once = repetitions(told(noon), noon)
    enter(other, world.cast.petra, noon + DAY)
    one_each = repetitions(told(noon + DAY), noon + DAY)
    enter(other, world.cast.tariq, noon + 2 * DAY)
    at = noon + 3 * DAY

    [found] = repetitions(told(at), at)

    assert (once, one_each) == ((), ())
    assert (found.side, found.count, found.latest) == (Side.TECHNOLOGY, 2, noon + 2 * DAY)
    assert [one.code for one in found.initiatives] == ["AI-002", "AI-001"]
    assert [one.side for one in on_desk(read_holders(), at)] == [Side.TECHNOLOGY]
    assert on_desk(read_holders(), noon + 40 * DAY) == []


def test_only_the_second_begins_it(world, noon):
    other = make_world(noon, cast=world.cast, name="Shift helper")
    facts = [
        enter(place, world.cast.tariq, noon + days * DAY)
        for days, place in enumerate((world, other, other))
    ]

    found = begun(facts[1])

    assert [begun(facts[0]), begun(facts[2])] == [None, None]
    assert (found.side, found.count, len(found.rows)) == (Side.TECHNOLOGY, 2, 2)


def test_a_fact_in_order_or_of_nobody_begins_nothing(world, noon):
    pass_gate(world, "1", at=noon)
    in_order = enter(world, world.cast.tariq, noon + DAY, kind=FactKind.SHORTLIST)
    enter(world, world.cast.tariq, noon + DAY)
    second = enter(world, world.cast.hana, noon + DAY)
    entry = Entry.objects.get(kind="fact.recorded", subject_id=str(second.pk))

    assert begun(in_order) is None
    assert begun(second) is None
    assert repetition_begun_by(entry, Holders(())) is None
