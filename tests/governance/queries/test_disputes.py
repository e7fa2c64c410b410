"""What is open between the sides: for how many days, and whose word is next."""

from datetime import timedelta

from governance.models import Disagreement
from governance.operations.rounds import open_round
from governance.queries.disputes import disputes
from journal.operations import erase_text
from tests.gates import sign
from tests.governance.disagreeing import (
    DAY as DUE,
)
from tests.governance.disagreeing import (
    LATER,
    SUBJECT,
    THEIRS,
    WORDS,
    confirmed,
    named,
    offered,
    raised,
    stated,
)
from tests.governance.stalemates import decline, fall_silent

DAY = timedelta(days=1)


def next_of(at):
    return [one.next for one in disputes(at)]


def test_it_is_told_from_the_day_it_was_raised_until_it_is_settled(world, noon):
    draft = open_round(initiative=world.initiative, gate="1", actor=world.cast.petra, at=noon)
    found = raised(world, draft, noon)

    [one] = disputes(noon + 3 * DAY)
    stated(found, world.cast.petra, THEIRS, noon)
    asked = next_of(noon + DAY)
    named(found, world.cast.petra, LATER, noon)
    another_day = next_of(noon + DAY)
    late = disputes(noon + 12 * DAY)
    offered(found, world.cast.tariq, WORDS, noon)
    offer = next_of(noon + DAY)
    confirmed(found, world.cast.petra, noon)

    assert (one.subject, one.days, one.due_on, one.is_late) == (SUBJECT, 3, DUE, False)
    assert (one.code, one.gate_word, one.next) == ("AI-001", "Gate 1", ("people",))
    assert asked == [("technology", "people")]
    assert another_day == [("technology",)]
    assert [(it.is_late, it.next) for it in late] == [(True, ("sponsor",))]
    assert offer == [("people",)]
    assert disputes(noon + DAY) == []


def test_erased_words_say_so(world, noon):
    draft = open_round(initiative=world.initiative, gate="1", actor=world.cast.petra, at=noon)
    found = raised(world, draft, noon)
    row = Disagreement.objects.get(pk=found.id)
    erase_text(sealed=row.subject, reason="Asked for", actor=world.cast.ada, at=noon)

    assert disputes(noon)[0].subject == "The words were erased."


def test_a_decline_after_a_signature_is_before_the_sponsor_since_then(review, noon):
    world, round_ = review
    sign(world.cast.ivo, round_.pk, at=noon)
    decline(world.cast.hana, round_, at=noon + DAY)

    [one] = disputes(noon + 3 * DAY)

    assert (one.id, one.round_id, one.days, one.next) == (None, round_.pk, 2, ("sponsor",))
    assert (one.due_on, one.is_late, one.subject) == (None, False, "")


def test_silence_is_before_the_sponsor_since_it_was_asked(review, noon):
    world, round_ = review
    late = fall_silent(world, round_, at=noon)

    [one] = disputes(late + DAY)

    assert (one.days, one.since) == (1, late)
