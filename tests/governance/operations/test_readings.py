"""The first reading is noted once, outside the journal."""

from datetime import timedelta

from governance.models import Reading
from governance.operations.readings import note_reading
from governance.queries.exports import last_entry


def test_only_the_first_reading_is_kept(review, noon):
    world, round_ = review
    before = last_entry()

    note_reading(round_=round_, reader=world.cast.hana, at=noon)
    note_reading(round_=round_, reader=world.cast.hana, at=noon + timedelta(days=1))

    assert Reading.objects.get().first_read_at == noon
    assert last_entry() == before
