"""The file an auditor takes away: drawn again alike, and each receipt in it verifies."""

import json
from io import BytesIO
from zipfile import ZipFile

from governance.models import Passage
from governance.queries.exports import last_entry
from governance.queries.samples import Sample, sample_archive
from receipts.verify_receipt import check
from tests.gates import make_world, pass_gate
from tests.kept import kept


@kept
def passed(noon):
    world = make_world(noon)
    pass_gate(world, "1", at=noon)
    return world


def opened(**changes):
    sample = Sample(**{"seed": "a-1", "size": 5, "until": last_entry(), **changes})
    archive = ZipFile(BytesIO(sample_archive(sample)))
    return archive, json.loads(archive.read("sample.json"))


def test_each_decision_drawn_comes_with_its_receipt_and_what_checks_it(passed):
    archive, said = opened()
    passage = Passage.objects.get()

    [one] = said["drawn"]
    assert one["digest"] == passage.digest
    assert (said["seed"], said["decisions"]) == ("a-1", 1)
    assert {*archive.namelist()} == {"sample.json", one["file"], "verify_receipt.py"}
    assert check(archive.read(one["file"])).holds


def test_nothing_is_drawn_of_what_came_later(passed):
    _, said = opened(until=1)

    assert (said["decisions"], said["drawn"]) == (0, [])
