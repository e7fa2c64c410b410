"""An error at one round is told, and keeps no other waiting."""

import pytest

from kernel.turns import each_in_turn


def test_all_have_their_turn_and_the_error_of_one_is_told_at_the_end() -> None:
    done = []

    def strike(number: int) -> bool:
        if number == 1:
            raise LookupError("This round cannot be read.")
        done.append(number)
        return True

    with pytest.raises(ExceptionGroup) as failed:
        each_in_turn(strike, [1, 2, 3])

    assert done == [2, 3]
    assert [type(one) for one in failed.value.exceptions] == [LookupError]


def test_it_counts_what_was_due() -> None:
    assert each_in_turn(lambda number: number > 1, [1, 2, 3]) == 2
