"""A person's word for a criterion, by the right side, counted by the latest."""

from decimal import Decimal

import pytest

from governance.models import Proof
from governance.operations.proofs import AttestationRefusedError, attest
from kernel.refusals import NotVisibleError


def word(world, at, **changes):
    return attest(
        **{
            "initiative": world.initiative,
            "criterion": "g1_change_load",
            "is_met": True,
            "note": "Asked all three teams.",
            "actor": world.cast.petra,
            "at": at,
            **changes,
        }
    )


def test_the_owner_side_gives_its_word(world, noon) -> None:
    for actor in (world.cast.petra, world.cast.hana):
        word(world, noon, actor=actor)

    assert Proof.objects.count() == 2


@pytest.mark.parametrize("who", ["tariq", "ivo", "cleo", "erin", "otto", "audrey"])
def test_nobody_gives_it_for_the_other_side(world, noon, who) -> None:
    with pytest.raises(AttestationRefusedError) as refused:
        word(world, noon, actor=getattr(world.cast, who))

    assert refused.value.codes == ("not_yours",)
    assert not Proof.objects.exists()


def test_either_side_gives_it_for_a_joint_point(world, noon) -> None:
    for actor in (world.cast.tariq, world.cast.petra):
        word(world, noon, criterion="g2_measures", actor=actor)

    assert Proof.objects.count() == 2


@pytest.mark.parametrize(
    "change", [{"value": Decimal(3)}, {"note": ""}, {"criterion": "g1_people_view"}]
)
def test_a_word_is_whole(world, noon, change) -> None:
    with pytest.raises(AttestationRefusedError):
        word(world, noon, **change)


def test_a_day_is_over_where_the_organisation_is(world, noon) -> None:
    with pytest.raises(AttestationRefusedError) as refused:
        word(world, noon.replace(hour=23, minute=30), valid_until=noon.date())

    assert refused.value.codes == ("valid_until",)


def test_an_unknown_point_is_not_there(world, noon) -> None:
    with pytest.raises(NotVisibleError):
        word(world, noon, criterion="g9_nothing")
