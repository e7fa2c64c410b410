"""Handing out the record is an act of its own."""

import json

import pytest

from governance.operations.exports import export_record
from governance.queries.exports import last_entry
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
