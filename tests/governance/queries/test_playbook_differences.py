"""What a proposed playbook changes, as its second person reads it."""

import json

from governance.operations.proposals import propose_playbook
from governance.queries.playbook_differences import MOST, Difference, differences_of
from kernel.canonical import canonical
from playbook.load import files, from_bytes
from tests.cast import gather
from tests.changes import WHY
from tests.kept import kept


@kept
def cast(noon):
    return gather(noon)


def proposed(cast, noon, change):
    parsed = json.loads(files().bytes)
    change(parsed["files"])
    playbook = from_bytes(canonical(parsed))
    return propose_playbook(actor=cast.ada, playbook=playbook, reason=WHY, at=noon)


def test_a_changed_place_is_named_as_it_is_and_as_it_would_be(cast, noon):
    before = json.loads(files().bytes)["files"]["playbook.yaml"]["revision"]

    def raise_revision(written):
        written["playbook.yaml"]["revision"] += 1

    found = differences_of(proposed(cast, noon, raise_revision).pk)

    place = "files: playbook.yaml: revision"
    assert found == [Difference(place, str(before), str(before + 1))]
    assert len(found) < MOST
