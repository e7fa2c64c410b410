"""The paper: this gate's stage first, and what reads differently."""

from dataclasses import replace

from governance.queries.paper import paper_of
from playbook.load import files
from tests.governance.queries.test_differences import slot, text

PLAYBOOK = files()


def paper(now, before=None):
    return paper_of(now, before, playbook=PLAYBOOK, stage=1)


def test_a_changed_field_keeps_what_stood_there():
    (stage,) = paper(text(slot(2, "Some")), text(slot(1, "None")))

    assert stage.is_now
    assert [one.before for one in stage.slots[0].lines] == ["None"]
    assert stage.changed == 1


def test_a_new_contribution_is_marked_as_new():
    (stage,) = paper(text(slot(1, "Some")), text())

    assert stage.slots[0].is_new


def test_nothing_is_marked_for_a_first_reader():
    (stage,) = paper(text(slot(1, "Some")))

    assert stage.changed == 0


def test_earlier_stages_follow_the_gates_own():
    early = slot(1, "Some")
    late = replace(early, slot=PLAYBOOK.slots_of(2)[0])

    stages = paper_of(text(early, late), None, playbook=PLAYBOOK, stage=2)

    assert [one.number for one in stages] == [2, 1]
