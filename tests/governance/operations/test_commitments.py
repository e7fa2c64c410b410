"""A condition is called kept by the side that asked for it, once, and it says why."""

from dataclasses import replace

import pytest

from governance.models import Closure, Commitment
from governance.operations.commitments import ClosureRefusedError, close_commitment
from governance.operations.stops import pause_initiative
from governance.queries.offers import get_commitment
from governance.queries.waiting import waiting
from journal.models import Entry
from journal.verification import verify
from kernel.refusals import NotVisibleError
from people.queries import authority_of
from playbook.editions import current
from tests.gates import sign
from tests.governance.operations.test_passing import offer
from tests.kept import kept

NOTE = "They were all trained."


@kept
def owed(review, noon) -> Commitment:
    """What People asked for at the first gate, and Max owes."""
    world, round_ = review
    sign(world.cast.hana, round_.pk, at=noon, wish=offer(world, noon))
    sign(world.cast.ivo, round_.pk, at=noon)
    return Commitment.objects.get()


def close(owed, who, at, note=NOTE) -> Closure:
    return close_commitment(commitment_id=owed.pk, note=note, actor=who, at=at)


def test_the_side_that_asked_closes_it_and_the_record_says_so(review, owed, noon) -> None:
    world, _ = review

    closure = close(owed, world.cast.hana, noon)

    entry = Entry.objects.latest("seq")
    assert (closure.by, closure.sealed.text) == (world.cast.hana, NOTE)
    assert (entry.kind, entry.actor_key) == ("commitment.closed", world.cast.hana.person_key)
    assert NOTE.encode() not in bytes(entry.body)
    assert [*verify()] == []


def test_nobody_else_closes_it_its_owner_least_of_all(review, owed, noon) -> None:
    world, _ = review

    for who in ("ivo", "max", "petra", "cleo", "ada", "audrey", "erin"):
        with pytest.raises(ClosureRefusedError) as refused:
            close(owed, getattr(world.cast, who), noon)
        assert refused.value.codes == ("not_yours",), who

    assert Entry.objects.latest("seq").kind == "act.refused"
    assert not Closure.objects.exists()


def test_n2_a_key_that_owes_what_it_asked_for_leaves_it_to_the_other(review, noon) -> None:
    world, round_ = review
    hana, ivo = world.cast.hana, world.cast.ivo
    wish = offer(world, noon)
    own = replace(wish.conditions[0], owner_id=hana.pk, owner_key=str(hana.person_key))
    sign(hana, round_.pk, at=noon, wish=replace(wish, conditions=(own,)))
    sign(ivo, round_.pk, at=noon)
    owed = Commitment.objects.get()

    with pytest.raises(ClosureRefusedError) as refused:
        close(owed, hana, noon)

    assert refused.value.codes == ("own",)
    assert get_commitment(owed.pk, noon)[0].closed_by == "technology"
    assert [one.id for one in desk(ivo, noon)] == [owed.pk]
    assert close(owed, ivo, noon).by == ivo


def desk(person, at):
    found = waiting(authority_of(person, at), current(), today=at.date(), at=at, limit=5)
    return found.conditions


def test_it_is_closed_once_and_not_without_a_word(review, owed, noon) -> None:
    world, _ = review

    with pytest.raises(ClosureRefusedError) as refused:
        close(owed, world.cast.hana, noon, note="  Done.  ")
    assert refused.value.codes == ("short",)
    close(owed, world.cast.hana, noon)
    with pytest.raises(ClosureRefusedError) as refused:
        close(owed, world.cast.hana, noon)

    assert refused.value.codes == ("closed",)
    assert Closure.objects.count() == 1


def test_it_may_be_closed_while_paused(review, owed, noon) -> None:
    world, _ = review
    pause_initiative(
        initiative=world.initiative, reason="Wrong answers", actor=world.cast.ivo, at=noon
    )

    assert close(owed, world.cast.hana, noon).commitment == owed


def test_an_unknown_one_is_not_there(world, noon) -> None:
    with pytest.raises(NotVisibleError):
        close_commitment(commitment_id=10_000, note=NOTE, actor=world.cast.hana, at=noon)
