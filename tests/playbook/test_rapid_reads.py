"""What a rapid read asks is data: few short questions a side, refused with line and reason."""

import json

import pytest

from kernel.canonical import canonical
from playbook.load import from_bytes, read
from playbook.shapes import PlaybookError

FILE = "rapid_read.yaml"
FIT = "  - key: fit\n    side: technology\n"


def test_each_side_has_five_questions_of_its_own(playbook):
    template = playbook.rapid_read

    assert [len(template.of(side)) for side in ("technology", "people")] == [5, 5]
    assert template.of("technology")[1].label == "Does it fit our systems and our data?"
    assert from_bytes(playbook.bytes).rapid_read.of("people")[0].key == "whose_work"


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        (FIT, FIT.replace("technology", "joint"), 1, "“joint” is not one of people, technology"),
        (FIT, FIT.replace("fit", "skills"), None, "the question “skills” stands here twice"),
        (FIT, FIT.replace("technology", "people"), None, "6 questions to people: one page holds"),
        (FIT, FIT + "    weight: 2\n", 2, "the key “weight” is not known here"),
        ("fit our systems", "fit " + "our many systems " * 4, None, "longer than 60 characters"),
    ],
)
def test_a_wrong_question_is_refused_with_line_and_reason(folder, edit, old, new, line, reason):
    at = edit(FILE, old, new)

    with pytest.raises(PlaybookError, match=reason) as refused:
        read(folder)

    assert refused.value.file == FILE
    assert line is None or refused.value.line == at + line


def test_a_side_without_a_question_is_refused(folder):
    text = (folder / FILE).read_text(encoding="utf-8").partition("  - key: whose_work")[0]
    (folder / FILE).write_text(text, encoding="utf-8")

    with pytest.raises(PlaybookError, match="0 questions to people"):
        read(folder)


def test_a_folder_without_the_file_is_refused_and_an_older_edition_is_not(folder, playbook):
    (folder / FILE).unlink()
    with pytest.raises(PlaybookError, match=r"^rapid_read.yaml: the file is missing"):
        read(folder)

    older = json.loads(playbook.bytes)
    del older["files"][FILE]

    assert from_bytes(canonical(older)).rapid_read.questions == ()
