from journal.kinds import Kind
from journal.subscriptions import handler_named, handlers_within, on, subscribers_on, within


def hear(entry):
    """Do nothing."""


def test_a_handler_subscribed_twice_is_told_once():
    for _ in range(2):
        within(Kind.GATE_PASSED, Kind.GATE_SIGNED)(hear)
        on(Kind.GATE_PASSED, Kind.GATE_SIGNED)(hear)

    assert handlers_within(Kind.GATE_PASSED) == (hear,)
    assert subscribers_on(Kind.GATE_SIGNED) == ("tests.journal.test_subscriptions.hear",)


def test_a_debt_is_kept_under_module_and_function():
    on(Kind.GATE_PASSED)(hear)

    assert handler_named(Kind.GATE_PASSED, "tests.journal.test_subscriptions.hear") is hear
    assert handler_named(Kind.GATE_PASSED, "gone.away") is None
    assert subscribers_on(Kind.GATE_SIGNED) == ()
