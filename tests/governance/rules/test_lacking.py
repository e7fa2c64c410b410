import pytest

from governance.rules.criteria import Answer, Verdict
from governance.rules.lacking import half_of, lacking, owed
from kernel.refusals import Blocker
from playbook import load


@pytest.fixture(scope="module")
def playbook():
    return load.files()


def judged(playbook, *met, gate="1"):
    return [
        Verdict(criterion=one, answer=Answer(is_met=True) if one.key in met else None)
        for one in playbook.criteria_of(gate)
    ]


def one_thing(key):
    return (Blocker("missing", f"{key}: not filled in yet.", "something"),)


def test_each_half_names_its_own_contributions_and_the_words_to_give(playbook):
    halves = lacking(playbook, judged(playbook), one_thing)

    assert [half.side for half in halves] == ["technology", "people", "joint"]
    technology, people, joint = halves
    assert [one.slot.key for one in technology.slots] == [
        "tech_landscape",
        "capability_possibilities",
        "market_view",
    ]
    assert [one.key for one in people.points] == ["g1_change_load"]
    # What is worked out from the record is nobody's word to give.
    assert [one.key for one in joint.points] == []
    assert technology.count == 3
    assert joint.count == 3


def test_what_a_met_criterion_rests_on_is_no_debt(playbook):
    met = ("g1_technology_view", "g1_problem_evidenced", "g1_scored_apart")

    halves = lacking(playbook, judged(playbook, *met), one_thing)

    assert half_of(halves, "technology").count == 0
    assert [one.slot.key for one in half_of(halves, "joint").slots] == [
        "success_statement",
        "obligation_screen",
    ]


def test_a_complete_contribution_is_not_named_beside_an_open_one(playbook):
    halves = lacking(
        playbook,
        judged(playbook),
        lambda key: () if key == "market_view" else one_thing(key),
    )

    assert "market_view" not in [one.slot.key for one in half_of(halves, "technology").slots]


def test_what_binds_for_one_verdict_only_is_nobodys_debt(playbook):
    halves = lacking(playbook, judged(playbook, gate="4"), one_thing)

    assert [(half.side, [one.key for one in half.points]) for half in halves] == [
        ("technology", ["g4_reviewed_technology"]),
        ("people", ["g4_reviewed_people"]),
    ]
    assert not any(half.slots for half in halves)


def test_each_half_has_a_name_beside_it_the_lead_before_the_key(playbook):
    halves = lacking(playbook, judged(playbook), one_thing)

    found = owed(
        halves,
        mine=("people", "joint"),
        leads={"people": "Petra"},
        keys={"technology": "Ivo", "people": "Hana"},
    )

    assert [(one.half.side, one.is_mine, one.who) for one in found] == [
        ("technology", False, ("Ivo",)),
        ("people", True, ("Petra",)),
        ("joint", True, ("Ivo", "Petra")),
    ]
    assert owed(halves, mine=(), leads={}, keys={})[0].who == ()
