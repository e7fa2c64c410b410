"""The archive hides and brings back; what rests on a gate stays in sight."""

from datetime import timedelta

import pytest

from governance.operations.archives import (
    ArchiveRefusedError,
    archive_initiative,
    restore_initiative,
)
from governance.operations.rounds import RoundRefusedError, open_round
from initiatives.queries.boards import board
from initiatives.queries.table_filters import TableFilters
from initiatives.queries.tables import table
from kernel.refusals import NotVisibleError
from people.queries import authority_of
from tests.gates import pass_gate


def in_sight(world, at, **filters) -> list[int]:
    authority = authority_of(world.cast.hana, at)
    return [
        sum(column.total for column in board(authority)),
        table(authority, filters=TableFilters(**filters)).total,
    ]


@pytest.mark.parametrize("who", ["tariq", "petra", "hana", "ivo", "ada"])
def test_it_is_hidden_and_comes_back(world, noon, who):
    actor = getattr(world.cast, who)

    archive_initiative(actor=actor, initiative=world.initiative, at=noon)

    assert in_sight(world, noon) == [0, 0]
    assert in_sight(world, noon, is_archived=True) == [0, 1]
    with pytest.raises(ArchiveRefusedError):
        archive_initiative(actor=actor, initiative=world.initiative, at=noon)
    world.initiative.refresh_from_db()
    with pytest.raises(RoundRefusedError, match="in the archive"):
        open_round(initiative=world.initiative, gate="1", actor=world.cast.petra, at=noon)

    restore_initiative(actor=actor, initiative=world.initiative, at=noon)

    assert in_sight(world, noon) == [1, 1]
    with pytest.raises(ArchiveRefusedError):
        restore_initiative(actor=actor, initiative=world.initiative, at=noon)


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("erin", NotVisibleError),
        ("otto", NotVisibleError),
        ("cleo", ArchiveRefusedError),
        ("kim", ArchiveRefusedError),
        ("audrey", ArchiveRefusedError),
    ],
)
def test_nobody_else_archives_or_brings_back(world, noon, who, refusal):
    actor = getattr(world.cast, who)
    with pytest.raises(refusal):
        archive_initiative(actor=actor, initiative=world.initiative, at=noon)
    archive_initiative(actor=world.cast.ada, initiative=world.initiative, at=noon)
    with pytest.raises(refusal):
        restore_initiative(actor=actor, initiative=world.initiative, at=noon)


def test_an_open_gate_keeps_it_in_sight(review, noon):
    world, _ = review

    with pytest.raises(ArchiveRefusedError, match="gate is open"):
        archive_initiative(actor=world.cast.ada, initiative=world.initiative, at=noon)


def test_a_passed_gate_keeps_it_in_sight(world, noon):
    pass_gate(world, "1", at=noon + timedelta(days=1))

    with pytest.raises(ArchiveRefusedError, match="passed a gate"):
        archive_initiative(
            actor=world.cast.ada, initiative=world.initiative, at=noon + timedelta(days=2)
        )
