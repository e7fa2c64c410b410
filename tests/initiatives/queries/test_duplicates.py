"""Likely duplicates over all initiatives, always those of this moment."""

import pytest
from django.db import transaction

from initiatives.choices import Standing
from initiatives.models import Initiative
from initiatives.operations.artefacts import save_slot
from initiatives.operations.initiatives import propose
from initiatives.operations.memberships import end_membership
from initiatives.operations.stages import change_standing
from initiatives.queries.duplicates import likely_duplicates
from people.choices import Side
from tests.initiatives.conftest import PROPOSAL


def codes(name, problem=""):
    return [one.code for one in likely_duplicates(name=name, problem=problem)]


def test_what_anyone_may_see_is_told(helper):
    found = likely_duplicates(name="Dispatch helper", problem="")[0]

    assert (found.id, found.code, found.name) == (helper.pk, "AI-001", "Dispatch helper")
    assert (found.unit, found.stage, found.is_over, found.score) == ("Dispatch", 1, False, 100)


def test_the_sides_that_have_a_lead_are_told(helper, cast, noon):
    assert likely_duplicates(name="Dispatch helper", problem="")[0].led == {*Side}

    lead = helper.memberships.leads().get(side=Side.PEOPLE)
    end_membership(actor=cast.petra, membership=lead, at=noon)

    assert likely_duplicates(name="Dispatch helper", problem="")[0].led == {Side.TECHNOLOGY}


def test_nothing_alike_is_nothing(helper):
    assert codes("Cafeteria menu", "Lunch is boring") == []


def test_a_new_name_is_found_at_once_and_the_old_one_no_longer(helper, cast, noon):
    assert codes("Dispatch helper") == ["AI-001"]

    save_slot(
        actor=cast.petra,
        initiative=helper,
        slot="problem_statement",
        raw={"name": "Route planner", "problem": "Long ways.", "affected": "Drivers"},
        expected_version=1,
        at=noon,
    )

    assert codes("Route planner") == ["AI-001"]
    assert codes("Dispatch helper") == []


def test_closed_ones_are_found_too(helper, cast, noon):
    change_standing(initiative=helper, standing=Standing.CLOSED, actor=cast.hana, at=noon)

    assert likely_duplicates(name="Dispatch helper", problem="")[0].is_over


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_is_not_remembered(helper):
    with transaction.atomic():
        Initiative.objects.update(name="Route planner", version=2)
        assert codes("Route planner") == ["AI-001"]
        transaction.set_rollback(True)

    assert codes("Route planner") == []
    Initiative.objects.update(name="Parcel counter", version=2)
    assert codes("Parcel counter") == ["AI-001"]


def test_it_asks_thrice_however_many_there_are(helper, cast, noon, django_assert_num_queries):
    for number in range(12):
        propose(
            actor=cast.petra,
            side=Side.PEOPLE,
            reason="Another one",
            at=noon,
            **{**PROPOSAL, "affected": f"Team {number}", "unit_name": f"Unit {number}"},
        )
    likely_duplicates(name="x", problem="")

    with django_assert_num_queries(3):
        assert len(likely_duplicates(name="Dispatch helper", problem="")) == 3
