from datetime import timedelta

import pytest

from initiatives.operations.initiatives import propose
from people.choices import Side

NAMES = ["Überblick", "alpha", "Beta", "gamma", "Delta", "epsilon", "Zeta", "eta", "Theta"]


@pytest.fixture
def many(cast, noon):
    """Make so many initiatives, each a day younger than the one before: many(9)."""

    def make(count: int):
        return [
            propose(
                actor=cast.petra,
                side=Side.PEOPLE,
                name=NAMES[number % len(NAMES)] + f" {number // len(NAMES)}",
                problem=f"Problem {number}: something takes too long.",
                affected="A team",
                unit_name=f"Unit {number % 3}",
                reason="Another one",
                at=noon + timedelta(days=number),
            )
            for number in range(count)
        ]

    return make
