"""Search over all nouns: gates by their initiative and by what was said there."""

from datetime import timedelta

import pytest

from governance.choices import SigningAct
from governance.queries.search import FEW, GROUPS, Most, rounds_found, search
from governance.rules.wishes import Wish
from initiatives.queries.search import Wanted
from journal.models import Sealed
from people.queries import authority_of
from tests.architecture.access import ROLES
from tests.gates import make_world, pass_gate, sign
from tests.kept import kept

READERS = {"lead", "CHRO", "CIO", "sponsor", "committee", "auditor", "administrator"}
SECRET = "zanzibar"


def rounds(person, text, at):
    return [one.n for one in rounds_found(Wanted.of(text), authority_of(person, at), most=9)]


def keys(person, text, at, **options):
    found = search(text, authority_of(person, at), most=Most.of(FEW), **options)
    return [group.key for group in found.groups]


@kept
def signed(review, noon):
    """The review, with a word in what Ivo said when he signed."""
    world, round_ = review
    wish = Wish(act=SigningAct.APPROVE, words=f"As agreed in {SECRET}.")
    sign(world.cast.ivo, round_.pk, at=noon, wish=wish)
    return world


@pytest.mark.parametrize("role", [role for role in ROLES if role != "anonymous"])
def test_what_was_said_at_a_gate_is_found_by_its_readers_alone(signed, noon, role):
    person = getattr(signed.cast, ROLES[role])

    assert bool(rounds(person, SECRET, noon)) == (role in READERS)
    assert bool(keys(person, SECRET, noon)) == (role in READERS)


def test_what_was_erased_is_not_found(signed, noon):
    said = Sealed.objects.filter(text__contains=SECRET)
    assert said.update(text=None, key=None, erased_at=noon)

    assert rounds(signed.cast.hana, SECRET, noon) == []


def test_a_gate_is_found_by_its_initiative_its_code_and_its_number(review, noon):
    world, _ = review
    make_world(noon, cast=world.cast, name="Another")

    for text in ("dispatch help", "AI-001", "gate 1", "gate 1 dispatch", "Dispatch gate 1"):
        assert rounds(world.cast.hana, text, noon) == [1], text
    for text in ("gate 2", "gate 2 dispatch", "AI-002"):
        assert rounds(world.cast.hana, text, noon) == [], text


def test_nouns_of_which_nothing_is_found_are_left_out(review, noon):
    world, _ = review

    assert keys(world.cast.hana, "petra", noon) == ["people"]
    assert keys(world.cast.hana, "dispatch", noon) == [*GROUPS]
    assert keys(world.cast.hana, "dispatch", noon, among=["gates"]) == ["gates"]
    assert keys(world.cast.hana, " ", noon) == []


def test_there_is_more_when_there_is(review, noon):
    world, _ = review
    for number in range(FEW):
        make_world(noon, cast=world.cast, name=f"Dispatch {number}")

    found = search("dispatch", authority_of(world.cast.hana, noon), most=Most.of(FEW))

    assert found.has_more
    assert [group.has_more for group in found.groups] == [True, False, True, False]
    assert len(found.groups[0].hits) == FEW


def test_enter_goes_where_it_is_clear(review, noon):
    world, _ = review
    other = make_world(noon, cast=world.cast, name="Petra's planner").initiative

    def way_on(person, text):
        about = search(text, authority_of(person, noon), most=Most.of(FEW)).way_on
        return about and about.code

    assert way_on(world.cast.hana, "1") == world.initiative.code
    assert way_on(world.cast.hana, "dispatch help") == world.initiative.code
    assert way_on(world.cast.hana, "planner") == other.code
    assert way_on(world.cast.hana, "AI-002") == other.code
    assert way_on(world.cast.hana, "dispatchers") is None
    assert way_on(world.cast.hana, "petra") is None
    assert way_on(world.cast.hana, "nothing so") is None
    assert way_on(world.cast.erin, "1") is None


def test_a_gate_that_passed_says_so(db, noon):
    world = make_world(noon)
    pass_gate(world, "1", at=noon + timedelta(days=1))

    [hit] = rounds_found(
        Wanted.of("gate 1"), authority_of(world.cast.hana, noon + timedelta(days=2)), most=9
    )

    assert hit.is_passed
    assert hit.gate_word == "Gate 1"
