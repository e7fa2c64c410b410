"""An edition is the bytes of the files: built again, refused when broken, changed by data alone."""

import json
from decimal import Decimal

import pytest

from initiatives.rules.slots import SlotRefusedError, blockers_to_complete, clean_slot
from kernel.canonical import canonical, digest
from playbook.load import from_bytes, read
from playbook.shapes import PlaybookError
from tests.playbook.test_load import G1, P, S


def test_an_edition_is_the_canonical_bytes_of_the_files_and_can_be_built_again(folder):
    playbook = read(folder)

    again = from_bytes(playbook.bytes)

    assert playbook.bytes == canonical(json.loads(playbook.bytes))
    assert playbook.digest == digest(playbook.bytes) == again.digest
    assert again == playbook
    assert hash(again) == hash(playbook)
    assert again != playbook.digest
    assert again.slot("problem_statement").line == 0 < playbook.slot("problem_statement").line
    assert [slot.key for slot in again.slots] == [slot.key for slot in playbook.slots]
    assert again.criterion("g3_managers").stop_below == Decimal(70)


def test_remarks_and_line_breaks_do_not_make_an_edition_but_a_word_does(folder, edit):
    before = read(folder).digest

    edit(S, "stages:", "# a remark\nstages:")
    same = read(folder).digest
    edit("playbook.yaml", "revision: 1", "revision: 2")

    assert same == before
    assert read(folder).digest != before


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no json",
        b"[]",
        b'{"format":2,"files":{}}',
        b'{"format":1}',
        b'{"format":1,"files":[]}',
    ],
)
def test_bytes_that_are_no_edition_are_refused(data):
    with pytest.raises(PlaybookError, match=r"^edition: "):
        from_bytes(data)


def test_an_edition_with_a_value_of_a_foreign_type_is_refused(playbook):
    edition = json.loads(playbook.bytes)
    edition["files"]["success.yaml"]["least"] = 3.5

    with pytest.raises(PlaybookError, match=r"success\.yaml: 3\.5 is no text"):
        from_bytes(json.dumps(edition).encode())


NEW_SLOT = """
  - key: quiet_hours
    side: people
    label: Quiet hours
    help: When nobody is asked anything.
    fields:
      - key: hours
        label: Hours a week
        type: number
        unit: h
        required: true
        decimals: 1
        max_value: 40
"""


NEW_CRITERION = """
  - key: g1_quiet_hours
    side: people
    kind: must
    axis: workforce
    proof: artefact
    slots: [quiet_hours]
    text: Quiet hours are agreed.
"""


def test_an_artefact_and_a_criterion_are_added_by_data_alone(folder):
    for name, addition in ((P, NEW_SLOT), (G1, NEW_CRITERION)):
        path = folder / name
        path.write_text(path.read_text() + addition)

    playbook = read(folder)

    slot = playbook.slot("quiet_hours")
    criterion = playbook.criterion("g1_quiet_hours")
    assert slot in playbook.slots_of(1)
    assert slot in playbook.slots_at("4")
    assert slot in playbook.required_slots("1")
    assert criterion in playbook.criteria_of("1")
    assert clean_slot(slot, {"hours": " 7.5 "}).open == {"hours": "7.5"}
    with pytest.raises(SlotRefusedError) as caught:
        clean_slot(slot, {"hours": "41"})
    assert caught.value.codes == ("too_big",)
    empty = clean_slot(slot, {})
    assert [blocker.field for blocker in blockers_to_complete(slot, empty, playbook=playbook)] == [
        "hours"
    ]
