"""The shapes of a desk, without a database."""

from governance.queries.piles import Pile, Piles


def test_what_does_not_fit_is_counted():
    assert Pile((), 7).more == 7


def test_the_sums_are_those_of_the_piles():
    found = Piles(mine=Pile((), 2), others=Pile((), 3), drafts=Pile((), 4))

    assert (found.in_review, found.open, found.half_signed, found.waiting) == (5, 9, 0, ())
