import pytest

from kernel.refusals import (
    Blocker,
    ForbiddenError,
    NotVisibleError,
    RefusedError,
    StaleError,
    ThrottledError,
)


def test_a_refusal_carries_every_reason_in_order():
    refusal = RefusedError(Blocker("late", "It is too late."), Blocker("alone", "You are alone."))

    assert refusal.codes == ("late", "alone")
    assert str(refusal) == "It is too late.; You are alone."
    assert [blocker.field for blocker in refusal.blockers] == ["", ""]


def test_a_refusal_without_a_reason_is_a_mistake():
    with pytest.raises(ValueError, match="at least one reason"):
        RefusedError()


@pytest.mark.parametrize("special", [StaleError, ForbiddenError, ThrottledError])
def test_special_refusals_are_caught_as_refusals(special):
    with pytest.raises(RefusedError):
        raise special(Blocker("no", "No."))


def test_what_is_not_visible_is_no_refusal_because_it_gives_no_reason():
    assert not issubclass(NotVisibleError, RefusedError)
