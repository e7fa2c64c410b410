from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal.models import Installation, ServerKey, noting
from journal.rows import label, reference, row_digest
from kernel.canonical import NotCanonicalError
from tests.journal import shadows

UNRUFFLED = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def a_key(**columns):
    given_columns = {"pk": 1, "key_id": "k", "public": b"1", "added_at": datetime.now(UTC)}
    return ServerKey(**{**given_columns, **columns})


@pytest.mark.parametrize("model", shadows.recorded_models(), ids=label)
@UNRUFFLED
@given(st.data())
def test_a_row_has_the_same_digest_before_it_is_stored_and_after_it_is_read(db, model, data):
    row = data.draw(shadows.rows(model))
    before = row_digest(row)

    with shadows.put_up(model):
        noted = noting.set(lambda _: None)
        row.save()
        noting.reset(noted)
        stored = model.objects.get(pk=row.pk)

    assert row_digest(row) == before
    assert row_digest(stored) == before


def test_rows_are_named_by_table_and_key():
    assert label(ServerKey) == "journal.serverkey"
    assert reference(a_key(pk=7)) == "journal.serverkey:7"


@pytest.mark.parametrize(
    "columns",
    [
        {"pk": 2},
        {"key_id": "K"},
        {"key_id": ""},
        {"public": b"2"},
        {"public": b""},
        {"added_at": datetime(2026, 12, 3, 12, 0, 0, 1, tzinfo=UTC)},
    ],
)
def test_every_column_is_under_the_digest(columns):
    noon = {"added_at": datetime(2026, 12, 3, 12, tzinfo=UTC)}

    assert row_digest(a_key(**{**noon, **columns})) != row_digest(a_key(**noon))


def test_a_moment_has_one_digest_in_every_zone():
    at = datetime(2026, 12, 3, 12, tzinfo=UTC)

    assert row_digest(a_key(added_at=at.isoformat())) == row_digest(a_key(added_at=at))


def test_what_cannot_be_hashed_is_refused():
    with pytest.raises(NotCanonicalError):
        row_digest(a_key(key_id="e\u0301"))
    with pytest.raises(TypeError, match="clock_offset holds a timedelta"):
        row_digest(Installation(clock_offset=timedelta(1), founded_at=datetime.now(UTC)))
