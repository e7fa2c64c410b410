"""Finding: by code, by the beginnings of words, and never more than one may read."""

from datetime import timedelta

import pytest

from initiatives.operations.initiatives import propose
from initiatives.queries.search import (
    Wanted,
    artefacts_found,
    initiatives_found,
    people_found,
    texts_in,
)
from journal.models import Sealed
from people.choices import Side
from people.queries import authority_of
from playbook.editions import current
from tests.gates import fill, make_world, pass_gate
from tests.kept import kept

READERS = {"tariq", "petra", "hana", "ivo", "cleo", "kim", "audrey", "ada"}
OTHERS = {"erin", "otto", "max"}
SECRET = "zanzibar"


@kept
def world(noon):
    """An initiative that says a word in its current text which it shows nobody else."""
    one = make_world(noon)
    slot = current().slot("tech_landscape")
    fill(one, slot, at=noon, salt="an older word, timbuktu")
    fill(one, slot, at=noon + timedelta(hours=1), salt=SECRET)
    return one


def names(person, text, at, find=initiatives_found):
    found = find(Wanted.of(text), authority_of(person, at), most=9)
    return [getattr(one, "about", one) for one in found]


def said(parts) -> str:
    return "".join(f"[{part.text}]" if part.is_match else part.text for part in parts)


@pytest.mark.parametrize("who", sorted(READERS | OTHERS))
def test_a_word_of_a_hidden_text_is_found_by_its_readers_alone(world, noon, who):
    person = getattr(world.cast, who)

    hits = [
        *names(person, SECRET, noon, artefacts_found),
        *names(person, "zanz", noon, artefacts_found),
    ]

    assert bool(hits) == (who in READERS)
    assert names(person, SECRET, noon) == []


@pytest.mark.parametrize("who", sorted(OTHERS))
def test_what_lists_do_not_show_finds_nothing(world, noon, who):
    """Otto works elsewhere and sees the name; problem and affected are none of his business."""
    person = getattr(world.cast, who)
    propose(
        actor=world.cast.otto,
        side=Side.PEOPLE,
        name="Invoice reader",
        problem="Invoices are typed twice.",
        affected="Finance",
        unit_name="Finance",
        reason="Another one",
        at=noon,
    )

    assert names(person, "phone", noon) == []
    assert names(person, "forty", noon) == []
    assert bool(names(person, "dispatch help", noon)) == (who == "otto")


def test_the_purpose_of_what_is_in_use_is_found_by_everyone(world, noon):
    for gate in ("1", "2", "3"):
        pass_gate(world, gate, at=noon + timedelta(days=int(gate)))
    later = noon + timedelta(days=9)

    [hit] = initiatives_found(
        Wanted.of("dispatchers phone"), authority_of(world.cast.erin, later), most=9
    )

    assert hit.about.code == world.initiative.code
    assert not hit.reads_whole
    assert said(hit.said).startswith("Dispatch helper: [dispatchers] [phone]")
    assert names(world.cast.erin, "forty", later) == []


def test_the_code_comes_first_then_the_name_then_what_else_is_said(world, noon):
    for name in ("Other 1", "Dispatch 3"):
        make_world(noon, cast=world.cast, name=name)
    found = names(world.cast.hana, "dispatch", noon)

    assert [one.name for one in found] == ["Dispatch helper", "Dispatch 3", "Other 1"]
    assert names(world.cast.hana, "3", noon)[0].number == 3
    assert [one.number for one in names(world.cast.hana, "AI-2", noon)] == [2]


def test_an_older_version_and_an_erased_text_are_not_found(world, noon):
    assert names(world.cast.hana, "timbuktu", noon, artefacts_found) == []

    version = world.initiative.versions.filter(slot="tech_landscape").latest("n")
    Sealed.objects.filter(pk=version.sealed_id).update(text=None, key=None, erased_at=noon)

    assert names(world.cast.hana, SECRET, noon, artefacts_found) == []


def test_the_place_that_says_it_is_shown(world, noon):
    [hit] = artefacts_found(Wanted.of(SECRET), authority_of(world.cast.hana, noon), most=9)

    assert hit.slot == "tech_landscape"
    assert f"[{SECRET}]" in said(hit.said)


@pytest.mark.parametrize(
    ("who", "text", "found"),
    [
        ("hana", "Petra", ["Petra Novak"]),
        ("hana", "chief", ["Cleo Marchetti", "Hana Okafor", "Ivo Brandt"]),
        ("petra", "Tariq Had", ["Tariq Haddad"]),
        ("petra", "erin", []),
        ("erin", "erin", ["Erin Doyle"]),
        ("erin", "petra", []),
        ("otto", "tariq", []),
    ],
)
def test_people_are_found_by_offices_and_by_those_they_work_with(world, noon, who, text, found):
    person = getattr(world.cast, who)

    assert [one.full_name for one in names(person, text, noon, people_found)] == found


def test_a_person_is_shown_with_how_many_they_lead_of_what_one_reads(world, noon):
    make_world(noon, cast=world.cast, name="Second")

    [hit] = people_found(Wanted.of("petra"), authority_of(world.cast.hana, noon), most=9)

    assert hit.leads == 2


@pytest.mark.parametrize("typed", ["\ud800", "", "\x00", "'\"():*|&!"])
def test_what_is_no_text_asks_for_nothing(typed):
    assert Wanted.of(typed).is_nothing


@pytest.mark.parametrize(
    ("sealed", "texts"),
    [(None, []), ("plain", ["plain"]), ('{"a":"b","n":1}', ["b"]), ("[1]", []), ("12", [])],
)
def test_texts_are_read_as_they_were_sealed(sealed, texts):
    assert texts_in(sealed) == texts
