import pytest

from governance.rules.endings import chosen_in, ends_here
from playbook.load import files


def content(answer):
    slots = [{"slot": "tech_landscape", "open": {}}]
    if answer is not None:
        slots.append({"slot": "problem_statement", "open": {"ai_answer": answer}})
    return {"slots": slots}


@pytest.mark.parametrize(
    ("answer", "is_end"),
    [("use_ai", False), ("without_ai", True), ("leave_it", True), ("", False), (None, False)],
)
def test_both_ways_of_saying_no_end_it_at_gate_1(answer, is_end):
    assert ends_here(files().gate("1"), content(answer)) is is_end


def test_no_other_gate_ends_it_so():
    assert not ends_here(files().gate("2"), content("without_ai"))


def test_what_is_not_said_is_nothing():
    assert chosen_in(content(None), "problem_statement", "ai_answer") == ""
    assert chosen_in(content("use_ai"), "problem_statement", "other") == ""
