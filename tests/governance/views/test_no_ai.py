"""Not to use AI here, as it is read: before it is sent, while it is signed, and ever after."""

import pytest

from governance.operations.rounds import open_round
from tests.gates import make_round, sign
from tests.governance.test_no_ai import say


@pytest.fixture
def no_ai(draft, lately, monkeypatch):
    say(draft, "without_ai", lately, monkeypatch=monkeypatch)
    return draft


def test_a_draft_and_a_review_say_what_would_be_signed(no_ai, as_, at_gate, lately):
    drafted = open_round(initiative=no_ai.initiative, gate="1", actor=no_ai.cast.petra, at=lately)
    html = as_(no_ai.cast.petra).get(at_gate(drafted)).content.decode()
    assert "Both sides would sign here not to use AI." in html
    assert "It can be sent for signature." in html

    as_(no_ai.cast.petra).post(at_gate(drafted, "gate-submit"))

    html = as_(no_ai.cast.hana).get(at_gate(drafted)).content.decode()
    assert "Both sides sign here not to use AI." in html


def test_it_is_found_by_its_standing_and_says_so_everywhere(no_ai, as_, at_gate, lately):
    round_ = make_round(no_ai, at=lately)
    for person in (no_ai.cast.ivo, no_ai.cast.hana):
        sign(person, round_.pk, at=lately)
    client = as_(no_ai.cast.cleo)

    def read(address):
        return client.get(address).content.decode().replace("\u00a0", " ")

    assert "AI is not used&nbsp;here." in read(at_gate(round_, "gate-signed"))
    html = read("/initiatives/AI-001/")
    assert "not to use AI here." in html
    assert "What we both do instead of AI" in html
    assert "The best answer without AI: as agreed" in html
    assert "Dispatch helper" in read("/portfolio/?view=table&standing=no_ai")
    assert "Dispatch helper" not in read("/portfolio/?view=table&standing=closed")
    assert "standing=no_ai" in read("/portfolio/")
    assert "No AI here" in read("/record/")
