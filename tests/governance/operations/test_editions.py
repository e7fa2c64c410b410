"""A new playbook: what waits goes back, what is in preparation moves along."""

import json

import pytest
from django.core.management import CommandError, call_command

from governance.choices import RoundState, VoidCause
from governance.models import Round
from governance.operations.editions import AdoptionRefusedError, adopt_edition, put_in_force
from governance.operations.founding import found_organisation
from governance.operations.rounds import open_round
from journal.queries import installation
from journal.verification import verify
from kernel.canonical import canonical, digest
from playbook.editions import current, current_digest
from playbook.load import files, from_bytes
from tests.cast import PASSWORD
from tests.gates import company, make_review, make_world, sign
from tests.kept import kept


@kept
def world(noon):
    """A demonstration, where one administrator puts a playbook in force."""
    return make_world(noon, cast=company(noon, is_demo=True))


@kept
def review(noon):
    """A demonstration with a round that waits for signature."""
    return make_review(noon, cast=company(noon, is_demo=True))


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
    with pytest.raises(AdoptionRefusedError) as refusal:
        adopt_edition(playbook=current(), actor=world.cast.ada, at=noon)

    assert refusal.value.codes == ("adopted",)


def test_what_two_agreed_on_is_adopted_once_too(world, noon) -> None:
    with pytest.raises(AdoptionRefusedError) as refusal:
        put_in_force(playbook=current(), actor=world.cast.ada, at=noon)

    assert refusal.value.codes == ("adopted",)


def test_nobody_but_an_administrator_adopts_one(world, noon) -> None:
    with pytest.raises(AdoptionRefusedError) as refusal:
        adopt_edition(playbook=next_edition(), actor=world.cast.hana, at=noon)

    assert refusal.value.codes == ("not_administrator",)


def test_in_a_real_installation_one_person_is_not_enough(db, noon) -> None:
    ada = company(noon).ada

    with pytest.raises(AdoptionRefusedError) as refusal:
        adopt_edition(playbook=next_edition(), actor=ada, at=noon)

    assert refusal.value.codes == ("two_people",)


def test_the_command_says_why_not(world) -> None:
    with pytest.raises(CommandError, match="Raise the revision"):
        call_command("adopt_playbook", email="ada@example.com")
    with pytest.raises(CommandError, match="Only an administrator"):
        call_command("adopt_playbook", email="hana@example.com")
    with pytest.raises(CommandError, match="Nobody here"):
        call_command("adopt_playbook", email="nobody@example.com")


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
