"""Handing out the record is an act of its own."""

import json

import pytest

from governance.operations.exports import SampleRefusedError, export_record, export_sample
from governance.queries.exports import last_entry
from governance.queries.samples import Sample
from journal.kinds import Kind
from journal.models import Entry
from kernel.refusals import ForbiddenError


def test_who_took_it_and_until_where_is_recorded(world, noon):
    before = last_entry()

    until = export_record(form="csv", actor=world.cast.audrey, at=noon)

    entry = Entry.objects.get(kind=Kind.RECORD_EXPORTED)
    assert until == before
    assert json.loads(bytes(entry.body))["data"] == {"form": "csv", "until": before}
    assert entry.actor_key == world.cast.audrey.person_key


def test_a_lead_may_not_take_it(world, noon):
    with pytest.raises(ForbiddenError):
        export_record(form="json", actor=world.cast.petra, at=noon)

    assert not Entry.objects.filter(kind=Kind.RECORD_EXPORTED).exists()


def test_a_sample_is_recorded_with_the_seed_that_draws_it_again(world, noon):
    before = last_entry()

    sample = export_sample(seed="2026-q4", size=5, until=0, actor=world.cast.audrey, at=noon)

    entry = Entry.objects.get(kind=Kind.RECORD_EXPORTED)
    assert sample == Sample(seed="2026-q4", size=5, until=before)
    assert json.loads(bytes(entry.body))["data"] == {
        "form": "sample",
        "seed": "2026-q4",
        "size": 5,
        "until": before,
    }


def test_a_sample_ends_where_the_journal_does(world, noon):
    before = last_entry()

    sample = export_sample(seed="a", size=1, until=10**9, actor=world.cast.audrey, at=noon)

    assert sample.until == before


def test_a_lead_draws_no_sample(world, noon):
    with pytest.raises(SampleRefusedError) as refusal:
        export_sample(seed="a", size=1, until=0, actor=world.cast.petra, at=noon)

    assert refusal.value.codes == ("not_yours",)
