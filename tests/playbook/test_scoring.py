"""What is scored is data: added without a program, refused with line and reason."""

import json

import pytest

from kernel.canonical import canonical
from playbook.load import from_bytes, read
from playbook.shapes import PlaybookError

FILE = "scoring.yaml"
PAIN = "  - key: pain\n    side: people\n    axis: needed\n"


def test_each_side_scores_its_own_criteria_and_the_joint_ones(playbook):
    scoring = playbook.scoring

    assert scoring.discuss_from == 2
    assert [one.key for one in scoring.of("technology")] == [
        "technical_feasibility",
        "data_readiness",
        "value",
        "risk_to_people",
        "skills_effect",
        "reversibility",
    ]
    assert {one.key for one in scoring.of("people")} - {
        one.key for one in scoring.of("technology")
    } == {"pain", "change_capacity"}
    assert scoring.criterion("value").is_joint
    assert not scoring.criterion("pain").is_joint
    with pytest.raises(KeyError):
        scoring.criterion("colour")


def test_a_criterion_is_added_by_data_alone(folder, edit):
    edit(
        FILE,
        PAIN,
        "  - key: urgency\n    side: joint\n    axis: needed\n    label: Urgency\n    help: When?\n"
        "    low: Some day\n    high: Now\n" + PAIN,
    )

    playbook = read(folder)

    assert playbook.scoring.criterion("urgency").label == "Urgency"
    assert from_bytes(playbook.bytes).scoring.criterion("urgency").high == "Now"


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("discuss_from: 2", "discuss_from: 0", 0, "at least 1"),
        ("discuss_from: 2", "discuss_from: 5", 0, "never lie further apart"),
        (PAIN, PAIN.replace("people", "sponsor"), 1, "“sponsor” is not one of"),
        (PAIN, PAIN.replace("needed", "wanted"), 2, "“wanted” is not one of feasible, needed"),
        (PAIN, PAIN.replace("key: pain", "key: value"), None, "stands here twice"),
        (PAIN, PAIN + "    weight: 2\n", 3, "the key “weight” is not known here"),
        ("    low: Hardly noticed\n", "", None, "the key “low” is missing"),
    ],
)
def test_a_wrong_criterion_is_refused_with_line_and_reason(folder, edit, old, new, line, reason):
    at = edit(FILE, old, new)

    with pytest.raises(PlaybookError, match=reason) as refused:
        read(folder)

    assert refused.value.file == FILE
    assert line is None or refused.value.line == at + line


def test_each_side_needs_both_axes(folder):
    text = (folder / FILE).read_text(encoding="utf-8")
    (folder / FILE).write_text(text.replace("axis: needed", "axis: feasible"), encoding="utf-8")

    with pytest.raises(PlaybookError, match="technology scores nothing on the axis “needed”"):
        read(folder)


def test_no_more_than_twenty_criteria(folder):
    more = "".join(
        f"  - {{key: more_{n}, side: joint, axis: needed, label: L, help: H, low: A, high: B}}\n"
        for n in range(20)
    )
    with (folder / FILE).open("a", encoding="utf-8") as file:
        file.write(more)

    with pytest.raises(PlaybookError, match="at most 20 criteria"):
        read(folder)


def test_a_folder_without_the_file_is_refused_and_an_older_edition_is_not(folder, playbook):
    (folder / FILE).unlink()
    with pytest.raises(PlaybookError, match=r"^scoring.yaml: the file is missing"):
        read(folder)

    older = json.loads(playbook.bytes)
    del older["files"][FILE]
    _apart(older).update(proof="attested", stands_for="blind_scores")
    _apart(older).pop("computed", None)

    assert from_bytes(canonical(older)).scoring.criteria == ()


def test_a_gate_cannot_ask_for_scores_that_nobody_gives(playbook):
    older = json.loads(playbook.bytes)
    del older["files"][FILE]
    _apart(older).update(proof="computed", computed="blind_scores")
    _apart(older).pop("stands_for", None)

    with pytest.raises(PlaybookError, match="names nothing to score"):
        from_bytes(canonical(older))


def _apart(edition):
    """Return the criterion of gate 1 that asks for scores."""
    criteria = edition["files"]["criteria_1_problem.yaml"]["criteria"]
    return next(one for one in criteria if one["key"] == "g1_scored_apart")
