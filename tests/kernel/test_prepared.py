"""A prepared query answers as the query itself does, whatever its stand-ins mean this time."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.models import Sealed
from kernel.prepared import NUMBER, TEXT, Prepared


def test_stand_ins_mean_what_is_said_and_other_values_stay(db):
    for number in range(3):
        Sealed.objects.create(commitment=str(number) * 64, key=b"k", text=f"text {number}")
    rows = Sealed.objects.filter(text=TEXT).exclude(text="text 9").values_list("text", "key")
    query = Prepared.of(rows.order_by("pk")[:2])

    with CaptureQueriesContext(connection) as seen:
        assert [text for text, _ in query.ask({TEXT: "text 1"})] == ["text 1"]
        assert query.ask({TEXT: "'; DROP TABLE journal_sealed; --", NUMBER: 3}) == []
        assert query.ask({TEXT: "text 9"}) == []

    assert len(seen) == 3
