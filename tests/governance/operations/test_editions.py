"""A new playbook: what waits goes back, what is in preparation moves along."""

import json

import pytest

from governance.choices import RoundState, VoidCause
from governance.models import Round
from governance.operations.editions import AdoptionRefusedError, adopt_edition
from governance.operations.founding import found_organisation
from governance.operations.rounds import open_round
from journal.queries import installation
from journal.verification import verify
from kernel.canonical import canonical, digest
from playbook.editions import current, current_digest
from playbook.load import files, from_bytes
from tests.cast import PASSWORD
from tests.gates import sign


def next_edition():
    parsed = json.loads(files().bytes)
    parsed["files"]["playbook.yaml"]["revision"] += 1
    return from_bytes(canonical(parsed))


def test_adopting_returns_what_was_judged_by_the_edition_before(review, noon) -> None:
    world, round_ = review
    signature = sign(world.cast.ivo, round_.pk, at=noon)
    newer = next_edition()

    adopt_edition(playbook=newer, actor=world.cast.ada, at=noon)

    round_.refresh_from_db()
    draft = Round.objects.get(state=RoundState.DRAFT)
    assert round_.state == RoundState.RETURNED
    assert signature.void.cause == VoidCause.EDITION_CHANGED
    assert draft.edition == newer.digest == current_digest()
    assert [*verify()] == []


def test_drafts_move_to_the_new_edition(world, noon) -> None:
    draft = open_round(initiative=world.initiative, gate="1", actor=world.cast.ivo, at=noon)

    adopt_edition(playbook=next_edition(), actor=world.cast.ada, at=noon)

    draft.refresh_from_db()
    assert draft.edition == current_digest()


def test_an_edition_is_adopted_once(world, noon) -> None:
    with pytest.raises(AdoptionRefusedError):
        adopt_edition(playbook=current(), actor=world.cast.ada, at=noon)


def test_founding_brings_the_organisation_its_administrator_and_its_playbook(db, noon) -> None:
    ada = found_organisation(
        organisation="Harrowgate Test Systems",
        zone="Europe/Berlin",
        currency="EUR",
        email="ada@example.com",
        name="Ada",
        password=PASSWORD,
        at=noon,
    )

    assert installation().name == "Harrowgate Test Systems"
    assert current_digest() == files().digest == digest(files().bytes)
    assert ada.email == "ada@example.com"
    assert [*verify()] == []
