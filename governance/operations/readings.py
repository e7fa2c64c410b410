"""When a signer first read a frozen text. The one thing that reading a page writes."""

from datetime import datetime

from governance.models import Reading, Round
from people.models import User


def note_reading(*, round_: Round, reader: User, at: datetime) -> None:
    """Note the first reading; a later one changes nothing. No act: reading is not journalled."""
    Reading.objects.bulk_create(
        [Reading(snapshot=round_.snapshot, reader=reader, first_read_at=at)],
        ignore_conflicts=True,
    )
