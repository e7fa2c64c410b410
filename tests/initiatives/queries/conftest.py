from datetime import timedelta

import pytest

from initiatives.models import Initiative
from initiatives.operations.initiatives import propose
from people.choices import Side

NAMES = ["Überblick", "alpha", "Beta", "gamma", "Delta", "epsilon", "Zeta", "eta", "Theta"]


def propose_many(cast, at, count: int, *, there: int = 0):
    """Make so many initiatives beside those there are, each a day younger than the one before."""
    return [
        propose(
            actor=cast.petra,
            side=Side.PEOPLE,
            name=NAMES[number % len(NAMES)] + f" {number // len(NAMES)}",
            problem=f"Problem {number}: something takes too long.",
            affected="A team",
            unit_name=f"Unit {number % 3}",
            reason="Another one",
            at=at + timedelta(days=number),
        )
        for number in range(there, there + count)
    ]


@pytest.fixture
def many(cast, noon):
    """Make so many initiatives: many(9)."""
    return lambda count: propose_many(cast, noon, count, there=Initiative.objects.count())
