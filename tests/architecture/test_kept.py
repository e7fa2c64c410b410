"""Worlds that are kept for the next test: it sees nothing of what the test before did there."""

import pytest

from people.models import User
from tests.cast import gather
from tests.kept import kept


@kept
def gathered(noon):
    return gather(noon)


@kept
def renamed(gathered):
    gathered.erin.name = "Erin Byrne"
    gathered.erin.save(update_fields=["name"])
    return gathered


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_a_test_changes_is_undone_before_the_next_one(gathered, time):
    assert gathered.ada.title == User.objects.get(pk=gathered.ada.pk).title != "Changed"

    gathered.ada.title = "Changed"
    gathered.ada.save(update_fields=["title"])


def test_one_world_rests_upon_another(renamed):
    assert renamed.erin.name == User.objects.get(pk=renamed.erin.pk).name == "Erin Byrne"


def test_what_rested_upon_it_is_gone_again(gathered):
    assert gathered.erin.name == User.objects.get(pk=gathered.erin.pk).name == "Erin Doyle"


def test_who_begins_with_nothing_finds_nothing(db):
    assert not User.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_who_commits_has_a_world_of_its_own(gathered):
    assert User.objects.get(pk=gathered.ada.pk) == gathered.ada
