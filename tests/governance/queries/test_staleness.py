"""What has changed since somebody read a gate."""

from governance.queries.staleness import what_changed
from governance.queries.standing import terms_in_force
from people.queries import authority_of
from playbook.editions import current
from tests.architecture.access_governance import pass_with_a_condition
from tests.gates import fill


def test_an_edit_since_is_told_against_the_next_round(review, noon):
    world, round_ = review
    fill(world, current().slot("real_bottleneck"), at=noon, salt="anew")

    stale = what_changed(round_.pk, authority_of(world.cast.hana, noon), noon)

    assert (stale.round.n, stale.newest.n) == (1, 2)
    assert "Where it really gets stuck: anew" in {one.now for one in stale.changes}


def test_a_new_offer_is_told_against_the_one_that_was_seen(review, noon):
    world, round_ = review
    seen = terms_in_force(round_).digest
    pass_with_a_condition(world.cast, round_, noon)

    stale = what_changed(round_.pk, authority_of(world.cast.ivo, noon), noon, seen)

    assert [one.what for one in stale.changes] == ["Condition"]


def test_nothing_changed_is_no_change(review, noon):
    world, round_ = review

    assert what_changed(round_.pk, authority_of(world.cast.ivo, noon), noon).changes == ()
