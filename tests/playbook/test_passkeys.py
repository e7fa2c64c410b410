"""Which signatures take a passkey is data: none, until the playbook says so."""

import pytest

from people.choices import Office
from playbook.load import from_bytes, read
from playbook.passkeys import SIGNING_OFFICES, PasskeyPolicy
from playbook.shapes import PlaybookError

ASKED = 'revision: 1\npasskeys:\n  gates: ["2", "3"]\n  offices: [cio, chro]\n'


def test_our_own_playbook_asks_for_none(playbook):
    assert playbook.passkeys == PasskeyPolicy()


def test_gates_and_offices_are_asked_for_one(folder, edit):
    edit("playbook.yaml", "revision: 1\n", ASKED)

    found = read(folder)

    assert found.passkeys == PasskeyPolicy(gates=("2", "3"), offices=("cio", "chro"))
    assert from_bytes(found.bytes).passkeys == found.passkeys


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ('"3"', '"5"', 2, "“5” is not one of 1, 2, 3, 4, resume"),
        ("cio", "auditor", 3, "“auditor” is not one of cio, chro, sponsor"),
        ("offices", "office", 3, "the key “office” is not known here"),
    ],
)
def test_what_does_not_sign_is_refused_with_line_and_reason(folder, edit, old, new, line, reason):
    at = edit("playbook.yaml", "revision: 1\n", ASKED.replace(old, new))

    with pytest.raises(PlaybookError, match=reason) as refused:
        read(folder)

    assert refused.value.line == at + line


def test_offices_that_sign_are_offices():
    assert {*SIGNING_OFFICES} <= {*Office.values}
