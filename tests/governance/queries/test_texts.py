"""Sealed texts are held to their commitments, and erased ones say so."""

import json

import pytest

from governance.queries.texts import Vault, commitments_in, people_in
from journal.models import Sealed
from journal.operations import erase_text
from tests.conftest import as_owner, triggers_off


def body(round_):
    return json.loads(bytes(round_.snapshot.body))


def test_every_text_of_a_snapshot_is_found_and_true(review):
    _, round_ = review

    vault = Vault({*commitments_in(body(round_))})

    assert vault.is_true
    assert all(vault.open(name).text is not None for name in commitments_in(body(round_)))


def test_an_erased_text_is_true_and_says_when(review, noon):
    world, round_ = review
    name = next(commitments_in(body(round_)))
    erase_text(sealed=Sealed.objects.get(pk=name), actor=world.cast.ada, reason="Asked.", at=noon)

    found = Vault([name]).open(name)

    assert (found.text, found.erased_at, found.is_true) == (None, noon, True)
    assert found.parts == {}


@pytest.mark.django_db(transaction=True)
def test_a_text_that_was_swapped_is_untrue(review):
    _, round_ = review
    name = next(commitments_in(body(round_)))
    with as_owner(), triggers_off():
        Sealed.objects.filter(pk=name).update(text='{"name": "forged"}')

    assert not Vault([name]).is_true


def test_a_text_that_is_gone_is_untrue(db):
    assert not Vault(["f" * 64]).is_true


def test_the_people_of_a_snapshot_are_its_authors_and_signers(review):
    world, round_ = review

    found = {*people_in(body(round_))}

    assert {str(one.person_key) for one in (world.cast.petra, world.cast.hana)} <= found
