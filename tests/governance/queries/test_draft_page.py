"""A round in preparation: what is met, what is missing, who may say so."""

from governance.operations.rounds import open_round
from governance.queries.draft_page import DraftPage
from governance.queries.gate_page import GateRounds
from initiatives.operations.memberships import end_membership
from people.queries import authority_of
from tests.gates import make_ready


def draft(world, person, at):
    round_ = world.initiative.rounds.first() or open_round(
        initiative=world.initiative, gate="1", actor=world.cast.petra, at=at
    )
    return DraftPage(GateRounds(round_.pk, authority_of(person, at)), at=at)


def test_an_empty_draft_names_everything_in_the_way(world, noon):
    page = draft(world, world.cast.petra, noon)

    assert page.may_drive
    assert any(one.code.startswith("criterion.") for one in page.blockers)
    assert page.met < len(page.points)


def test_what_is_missing_is_told_by_side_with_who_can_bring_it(world, noon):
    page = draft(world, world.cast.petra, noon)

    told = {one.half.side: (one.is_mine, one.who) for one in page.owed}
    assert told == {
        "technology": (False, ("Tariq Haddad",)),
        "people": (True, ("Petra Novak",)),
        "joint": (True, ("Tariq Haddad", "Petra Novak")),
    }
    technology = page.owed[0].half.slots[0]
    assert [field.key for field in technology.fields] == ["systems"]
    # Nothing is told twice: the rest of what is in the way is nobody's half.
    assert [one.code for one in page.other_blockers] == ["criterion.g1_scored_apart"]
    assert page.unled == ()


def test_without_a_lead_who_holds_the_key_can_bring_it_and_a_lead_is_named(world, noon):
    for member in world.initiative.memberships.current().filter(user=world.cast.tariq):
        end_membership(actor=world.cast.tariq, membership=member, at=noon)

    page = draft(world, world.cast.petra, noon)

    assert page.owed[0].who == ("Ivo Brandt",)
    assert page.unled == ("technology",)
    assert [one.code for one in page.other_blockers] == [
        "criterion.g1_accountable_pair",
        "criterion.g1_scored_apart",
    ]
    assert draft(world, world.cast.cleo, noon).unled == ()
    assert not any(one.is_mine for one in draft(world, world.cast.cleo, noon).owed)


def test_a_ready_draft_has_nothing_in_the_way(world, noon):
    make_ready(world, "1", at=noon)

    page = draft(world, world.cast.petra, noon)

    assert page.blockers == ()
    assert page.owed == ()
    assert page.met == len(page.points)
    assert dict(page.ready) == {"technology": 100, "people": 100}


def test_a_point_is_answered_by_its_own_side(world, noon):
    def may(person):
        points = draft(world, person, noon).points
        return {one.criterion.key for one in points if one.may_attest}

    assert "g1_change_load" in may(world.cast.petra)
    assert "g1_change_load" not in may(world.cast.tariq)
    assert may(world.cast.cleo) == set()


def test_the_sponsor_reads_and_does_not_send(world, noon):
    assert not draft(world, world.cast.cleo, noon).may_drive
