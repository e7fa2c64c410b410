"""A passed gate as its certificate shows it."""

from governance.queries.gate_page import GateRounds
from governance.queries.passages import passage_page
from journal.kinds import Kind
from journal.models import Entry
from people.queries import authority_of
from tests.architecture.access_governance import pass_with_a_condition


def test_both_halves_the_entry_and_what_is_owed(review, noon):
    world, round_ = review
    pass_with_a_condition(world.cast, round_, noon)

    found = passage_page(GateRounds(round_.pk, authority_of(world.cast.cleo, noon)), noon)

    assert {side: one.name for side, one in found.halves.items()} == {
        "technology": "Ivo Brandt",
        "people": "Hana Okafor",
    }
    assert (found.is_same, found.is_true) == (True, True)
    assert found.seq == Entry.objects.get(kind=Kind.GATE_PASSED).seq
    assert found.next_stage == "Design"
    assert [(one.owner, one.is_closed) for one in found.owed] == [("Petra Novak", False)]
