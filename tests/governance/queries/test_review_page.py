"""The page of a frozen round: from its bytes, with what changed for this reader."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.template.loader import render_to_string

from governance.models import Round
from governance.operations.readings import note_reading
from governance.operations.rounds import submit_round
from governance.queries.gate_page import GateRounds
from governance.queries.review_page import ReviewPage
from governance.queries.rounds import live_signature_ids
from people.queries import authority_of
from playbook.editions import current
from tests.gates import fill, sign
from tests.kept import kept


@pytest.fixture
def read(noon):
    def page(person, round_):
        return ReviewPage(GateRounds(round_.pk, authority_of(person, noon)), noon)

    return page


@kept
def second(review, noon):
    """Hana signed round 1, Petra rewrote the bottleneck, round 2 waits."""
    world, first = review
    sign(world.cast.hana, first.pk, at=noon)
    voids = live_signature_ids(world.initiative)
    fill(world, current().slot("real_bottleneck"), at=noon, salt="anew", accepts_voids=voids)
    draft = Round.objects.get(initiative=world.initiative, n=2)
    return world, submit_round(round_id=draft.pk, actor=world.cast.petra, at=noon)


def test_the_text_is_read_from_the_bytes_and_not_from_the_rows(review, read):
    world, round_ = review
    world.initiative.__class__.objects.filter(pk=world.initiative.pk).update(name="Renamed since")

    text = read(world.cast.hana, round_).text

    assert text.name == "Dispatch helper"
    assert text.is_true
    assert len(text.slots) == len(json.loads(bytes(round_.snapshot.body))["content"]["slots"])


def test_a_first_reader_is_told_of_no_change(review, read):
    world, round_ = review

    assert read(world.cast.hana, round_).changes == ()


def test_a_former_signer_sees_what_changed_since(second, read, noon):
    world, round_ = second

    page = read(world.cast.hana, round_)

    assert {change.now for change in page.changes} >= {"Where it really gets stuck: anew"}
    assert page.knew_at == noon + timedelta(seconds=20)
    assert [one.name for one in page.outlived] == ["Hana Okafor"]
    assert page.basis.round_n == 1


def test_who_neither_read_nor_signed_sees_no_change(second, read):
    world, round_ = second

    assert read(world.cast.ivo, round_).changes == ()


def test_who_read_the_round_before_sees_what_changed(second, read, noon):
    world, round_ = second
    note_reading(round_=Round.objects.get(n=1), reader=world.cast.ivo, at=noon)

    page = read(world.cast.ivo, round_)

    assert len(page.changes) == 3
    assert page.knew_at == noon


def test_readers_who_sign_nothing_compare_with_the_round_before(second, read):
    world, round_ = second

    page = read(world.cast.cleo, round_)

    assert len(page.changes) == 3
    assert page.knew_at is None


def test_owners_of_conditions_are_those_near_the_initiative(review, read):
    world, round_ = review

    names = {one.name for one in read(world.cast.hana, round_).owners}

    assert {"Petra Novak", "Tariq Haddad", "Ivo Brandt", "Cleo Marchetti"} <= names
    assert "Erin Doyle" not in names


def test_a_point_leads_to_what_stands_in_the_text_and_nowhere_else(review, read):
    world, round_ = review
    text = read(world.cast.hana, round_).text
    gone = next(slot for point in text.criteria for slot in point.slots)
    without = replace(text, slots=tuple(one for one in text.slots if one.slot.key != gone.key))

    shown = [
        render_to_string("governance/gates/points.html", {"text": one}) for one in (text, without)
    ]

    assert [f'href="#slot-{gone.key}"' in html for html in shown] == [True, False]
    assert f"{gone.label}, which nobody has written" in shown[1]
