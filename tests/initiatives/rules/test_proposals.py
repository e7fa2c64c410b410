import pytest

from initiatives.rules.proposals import LIMITS, ProposalFacts, blockers_to_name, blockers_to_propose
from people.choices import Side

TEXTS = {"name": "Parts search", "problem": "Too slow.", "affected": "Everyone"}


@pytest.mark.parametrize("field", LIMITS)
def test_a_field_has_a_least_and_a_most(field):
    most = LIMITS[field]

    def codes(text):
        return [one.code for one in blockers_to_name({**TEXTS, field: text})]

    assert codes(" \n") == [f"{field}_missing"]
    assert codes("x" * most) == []
    assert codes("x" * (most + 1)) == [f"{field}_too_long"]


def test_a_name_is_one_line():
    assert [one.code for one in blockers_to_name({**TEXTS, "name": "Parts\nsearch"})] == [
        "name_has_lines"
    ]


def test_a_whole_proposal_has_nothing_against_it():
    facts = ProposalFacts(TEXTS, Side.PEOPLE, has_counterpart=True)

    assert [*blockers_to_propose(facts)] == []


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        (ProposalFacts(TEXTS), ["side_missing"]),
        (ProposalFacts(TEXTS, is_listed=True), ["not_importer"]),
        (ProposalFacts({"name": "Parts"}, is_listed=True, may_import=True), []),
        (ProposalFacts({"problem": "P"}, is_listed=True, may_import=True), ["name_missing"]),
        (
            ProposalFacts({"name": "x" * 301}, is_listed=True, may_import=True),
            ["name_too_long"],
        ),
        (
            ProposalFacts(TEXTS, is_listed=True, may_import=True, only_reads=True),
            ["only_reads"],
        ),
    ],
)
def test_of_a_row_of_a_list_only_the_name_is_asked(facts, codes):
    assert [one.code for one in blockers_to_propose(facts)] == codes
