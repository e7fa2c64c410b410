"""While an act holds a round, nobody else touches it, its initiative, its sides or an office."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from governance.operations.locking import locked_round
from governance.operations.signatures import sign_gate
from governance.operations.stops import pause_initiative
from journal.acts import AUTHORITY_LOCK, act, hold_authority, record
from journal.kinds import Kind
from kernel.refusals import NotVisibleError
from tests.faults.others import another_connection
from tests.gates import make_review, presence_of

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


# Each lock by what its statement says, in the order of docs/architecture.md.
ORDER = (
    "pg_advisory_xact_lock",
    'FROM "initiatives_initiative"',
    'FROM "governance_round"',
    'FROM "governance_gateside"',
    'FROM "journal_head"',
)


def locks_of(statements) -> list[int]:
    """Return which locks were taken, in their order, each where it was taken first."""
    said = [one["sql"] for one in statements]
    locking = [sql for sql in said if "FOR UPDATE" in sql or ORDER[0] in sql]
    taken = [place for sql in locking for place, what in enumerate(ORDER) if what in sql]
    return [*dict.fromkeys(taken)]


def test_locks_are_taken_in_the_one_order(review, noon) -> None:
    world, round_ = review
    ivo, hana = world.cast.ivo, world.cast.hana
    presences = {one: presence_of(one, round_.pk, at=noon) for one in (ivo, hana)}
    later = noon + timedelta(seconds=30)
    acts = (
        *(
            partial(sign_gate, presence=presence, actor=one, at=later)
            for one, presence in presences.items()
        ),
        partial(
            pause_initiative,
            initiative=world.initiative,
            reason="Wrong answers",
            actor=ivo,
            at=later,
        ),
    )

    for each in acts:
        with CaptureQueriesContext(connection) as asked:
            each()
        found = locks_of(asked.captured_queries)
        assert found == sorted(found), each
        assert found[-1] == len(ORDER) - 1


def test_an_unknown_round_is_not_there(db, noon) -> None:
    with pytest.raises(NotVisibleError):
        holding(type("Gone", (), {"pk": 10_000})(), lambda: None, noon)

    assert not connection.needs_rollback
