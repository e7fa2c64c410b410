"""Disagreements as pages read them: by right, by gate, by initiative, and counted."""

from datetime import timedelta

import pytest

from governance.models import Disagreement, Round
from governance.operations.rounds import open_round, withdraw_round
from governance.queries import disagreements
from governance.queries.disagreements import (
    disagreed,
    disagreed_at,
    disagreements_of,
    get_disagreement,
)
from journal.operations import erase_text
from kernel.refusals import NotVisibleError
from people.queries import authority_of
from tests.governance.disagreeing import (
    DAY,
    LATER,
    OURS,
    THEIRS,
    confirmed,
    offered,
    opened,
    raised,
    stated,
    taken_back,
)


@pytest.fixture
def draft(world, noon):
    return open_round(initiative=world.initiative, gate="1", actor=world.cast.petra, at=noon)


def test_whoever_reads_the_initiative_whole_reads_it_and_nobody_else(world, draft, noon):
    pk, cast = raised(world, draft, noon).id, world.cast

    for person in (cast.petra, cast.hana, cast.cleo, cast.audrey, cast.kim):
        found = get_disagreement(pk, authority_of(person, noon), today=noon.date())
        assert found.technology.text == OURS
    for person in (cast.otto, cast.erin):
        with pytest.raises(NotVisibleError):
            get_disagreement(pk, authority_of(person, noon), today=noon.date())


def test_it_stands_beside_every_round_of_its_gate_and_ended_ones_come_last(world, draft, noon):
    first = raised(world, draft, noon)
    taken_back(first, world.cast.tariq, "Seen too late.", noon)
    late = raised(world, draft, noon, due_on=LATER)
    soon = raised(world, draft, noon, subject="Who pays?")
    withdraw_round(round_id=draft.pk, actor=world.cast.petra, at=noon)
    again = open_round(initiative=world.initiative, gate="1", actor=world.cast.petra, at=noon)

    found = disagreed(again, noon)

    assert [one.id for one in found["disagreements"]] == [soon.id, late.id, first.id]
    assert [one.id for one in found["ended"]] == [first.id]
    of_all = disagreements_of(world.initiative, today=noon.date())
    assert [one.id for one in of_all.rows] == [soon.id, late.id, first.id]
    assert (of_all.total, of_all.open, of_all.has_next) == (3, 2, False)
    rows = Round.objects.annotate(**disagreed_at()).values_list("disagreed", "disagreed_open")
    assert [*rows] == [(3, 2), (3, 2)]


def test_it_is_late_from_the_day_after(world, draft, noon):
    pk = raised(world, draft, noon).id

    assert not opened(pk, noon + timedelta(days=7)).is_late
    late = opened(pk, noon + timedelta(days=8))
    assert (late.is_late, late.due_on, late.gate_word) == (True, DAY, "Gate 1")


def test_erased_words_are_called_so(world, draft, noon):
    found = raised(world, draft, noon)
    row = Disagreement.objects.get()
    for sealed in (row.subject, row.positions.get().sealed):
        erase_text(sealed=sealed, actor=world.cast.ada, reason="Asked", at=noon)

    found = opened(found.id, noon)

    assert "erased" in found.subject
    assert found.technology.is_erased
    assert "erased" in found.technology.text


def test_five_queries_however_much_was_said(world, draft, noon, django_assert_num_queries):
    found = raised(world, draft, noon)
    stated(found, world.cast.petra, THEIRS, noon)
    offered(found, world.cast.ivo, "So.", noon)
    confirmed(found, world.cast.hana, noon)
    raised(world, draft, noon)

    with django_assert_num_queries(5):
        assert len(disagreements_of(world.initiative, today=noon.date()).rows) == 2


def test_what_has_no_room_on_a_page_is_on_the_next(world, draft, noon, monkeypatch):
    monkeypatch.setattr(disagreements, "ON_A_PAGE", 2)
    late = raised(world, draft, noon, due_on=LATER)
    first, second = (raised(world, draft, noon, subject=one) for one in ("Who pays?", "Who asks?"))

    pages = [disagreements_of(world.initiative, today=noon.date(), number=n) for n in (1, 2, 3)]

    assert [[one.id for one in page.rows] for page in pages] == [
        [first.id, second.id],
        [late.id],
        [],
    ]
    assert [page.has_next for page in pages] == [True, False, False]
