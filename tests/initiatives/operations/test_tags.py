"""Sorting: one spelling a tag, no text in what is hashed, and never for somebody else's."""

import pytest

from initiatives.choices import Needs
from initiatives.operations.tags import SortingRefusedError, add_tag, remove_tag, set_needs
from initiatives.queries.tags import every_tag
from journal.kinds import Kind
from journal.models import Entry
from kernel.refusals import ForbiddenError, NotVisibleError
from tests.gates import make_world
from tests.kept import kept


@kept
def world(noon):
    return make_world(noon)


def tags(world) -> list[str]:
    world.initiative.refresh_from_db()
    return world.initiative.tags


@pytest.mark.parametrize("who", ["tariq", "petra", "hana", "ivo", "ada"])
def test_both_sides_their_offices_and_the_administrator_sort(world, noon, who):
    actor = getattr(world.cast, who)

    add_tag(actor=actor, initiative=world.initiative, tag=" works  council ", at=noon)
    set_needs(actor=actor, initiative=world.initiative, needs=Needs.BOTH, at=noon)

    assert tags(world) == ["works council"]
    assert world.initiative.needs == Needs.BOTH
    remove_tag(actor=actor, initiative=world.initiative, tag="WORKS COUNCIL", at=noon)
    set_needs(actor=actor, initiative=world.initiative, needs="", at=noon)
    assert tags(world) == []
    assert world.initiative.needs == ""


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("erin", NotVisibleError),
        ("otto", NotVisibleError),
        ("cleo", ForbiddenError),
        ("kim", ForbiddenError),
        ("audrey", ForbiddenError),
    ],
)
def test_nobody_else_does(world, noon, who, refusal):
    actor = getattr(world.cast, who)

    with pytest.raises(refusal):
        add_tag(actor=actor, initiative=world.initiative, tag="mine", at=noon)
    with pytest.raises(refusal):
        remove_tag(actor=actor, initiative=world.initiative, tag="mine", at=noon)
    with pytest.raises(refusal):
        set_needs(actor=actor, initiative=world.initiative, needs="both", at=noon)

    assert tags(world) == []


def test_a_tag_is_spelled_as_it_was_first(world, noon):
    other = make_world(noon, cast=world.cast, name="Other").initiative
    add_tag(actor=world.cast.hana, initiative=world.initiative, tag="Works council", at=noon)

    add_tag(actor=world.cast.hana, initiative=other, tag="works COUNCIL", at=noon)

    assert every_tag() == ["Works council"]


@pytest.mark.parametrize("tag", ["", " , ", "x" * 31, "a,b", "\ud800", "there"])
def test_a_tag_that_does_not_do_is_refused_with_its_field(world, noon, tag):
    add_tag(actor=world.cast.hana, initiative=world.initiative, tag="There", at=noon)

    with pytest.raises(SortingRefusedError) as refused:
        add_tag(actor=world.cast.hana, initiative=world.initiative, tag=tag, at=noon)

    assert {blocker.field for blocker in refused.value.blockers} == {"tag"}
    assert tags(world) == ["There"]


def test_what_is_not_there_is_not_taken_away(world, noon):
    with pytest.raises(SortingRefusedError):
        remove_tag(actor=world.cast.hana, initiative=world.initiative, tag="other", at=noon)


@pytest.mark.parametrize("needs", ["", "everybody"])
def test_needs_are_ones_we_have_and_different(world, noon, needs):
    with pytest.raises(SortingRefusedError):
        set_needs(actor=world.cast.hana, initiative=world.initiative, needs=needs, at=noon)


def test_the_words_are_sealed_and_nobodys_form_grows_stale(world, noon):
    before = world.initiative.version

    add_tag(actor=world.cast.hana, initiative=world.initiative, tag="zanzibar", at=noon)

    entry = Entry.objects.get(kind=Kind.INITIATIVE_SORTED)
    assert b"zanzibar" not in bytes(entry.body)
    assert "zanzibar" in entry.private.text
    world.initiative.refresh_from_db()
    assert world.initiative.version == before
