"""While an act holds a round, nobody else touches it, its initiative, its sides or an office."""

import pytest
from django.db import OperationalError, connection

from governance.operations.locking import locked_round
from journal.acts import AUTHORITY_LOCK, act, hold_authority, record
from journal.kinds import Kind
from kernel.refusals import NotVisibleError
from tests.faults.others import another_connection
from tests.gates import make_review

ROWS = [
    "SELECT 1 FROM initiatives_initiative FOR UPDATE NOWAIT",
    "SELECT 1 FROM governance_round FOR UPDATE NOWAIT",
    "SELECT 1 FROM governance_gateside WHERE side = 'technology' FOR UPDATE NOWAIT",
    "SELECT 1 FROM governance_gateside WHERE side = 'people' FOR UPDATE NOWAIT",
]


@act
def holding(round_, during, at) -> None:
    """Hold the round as every act of a gate does."""
    hold_authority()
    found = locked_round(round_.pk)
    during()
    record(Kind.CLOCK_MOVED, actor="test", subject=found, at=at)


@pytest.mark.django_db(transaction=True)
def test_everything_a_decision_rests_on_is_held(noon) -> None:
    _, round_ = make_review(noon)
    refused = []

    def try_each() -> None:
        with another_connection() as cursor:
            for statement in ROWS:
                with pytest.raises(OperationalError, match="could not obtain lock"):
                    cursor.execute(statement)
                refused.append(statement)
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [AUTHORITY_LOCK])
            refused.append(cursor.fetchone()[0])
            cursor.execute("SELECT pg_try_advisory_xact_lock_shared(%s)", [AUTHORITY_LOCK])
            refused.append(cursor.fetchone()[0])

    holding(round_, try_each, noon)

    # Offices do not change meanwhile; other gates go on.
    assert refused == [*ROWS, False, True]
    with another_connection() as cursor:
        for statement in ROWS:
            cursor.execute(statement)


def test_an_unknown_round_is_not_there(db, noon) -> None:
    with pytest.raises(NotVisibleError):
        holding(type("Gone", (), {"pk": 10_000})(), lambda: None, noon)

    assert not connection.needs_rollback
