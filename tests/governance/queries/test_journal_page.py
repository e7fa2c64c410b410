"""The journal as a page: who reads which entries, and how they are found."""

from datetime import date, timedelta
from itertools import pairwise

from governance.queries.journal_page import JournalFilters, journal, kinds
from journal.kinds import Kind
from people.queries import authority_of


def read(reader, at, *, before=0, size=500, **filters):
    return journal(
        authority_of(reader, at),
        JournalFilters(**filters),
        zone="Europe/Berlin",
        before=before,
        size=size,
    )


def test_offices_read_everything_and_leads_their_own(review, noon):
    world, _ = review
    everything = read(world.cast.audrey, noon).rows
    own = read(world.cast.petra, noon).rows

    assert everything[-1].seq == 1
    assert own
    assert {one.code for one in own} == {world.initiative.code}
    assert read(world.cast.erin, noon).rows == ()


def test_entries_are_found_by_kind_person_initiative_and_day(review, noon):
    world, _ = review
    audrey = world.cast.audrey

    sent = read(audrey, noon, kind=Kind.ROUND_SUBMITTED, person="petra", number=1).rows

    assert [one.actor for one in sent] == ["Petra Novak"]
    assert read(audrey, noon, number=999).rows == ()
    assert read(audrey, noon, since=(noon + timedelta(days=1)).date()).rows == ()
    assert read(audrey, noon, until=noon.date(), kind=Kind.ROUND_SUBMITTED).rows


def test_the_ends_of_the_calendar_are_days_like_others(review, noon):
    world, _ = review
    whole = {"since": date.min, "until": date.max}

    assert read(world.cast.audrey, noon, **whole).rows == read(world.cast.audrey, noon).rows
    assert read(world.cast.audrey, noon, until=date.min).rows == ()
    assert read(world.cast.audrey, noon, since=date.max).rows == ()


def test_each_entry_follows_the_one_before(review, noon):
    world, _ = review
    rows = read(world.cast.audrey, noon).rows

    assert all(later.previous == earlier.happened.fingerprint for later, earlier in pairwise(rows))


def test_pages_go_on_where_the_last_one_ended(review, noon):
    world, _ = review
    first = read(world.cast.audrey, noon, size=5)

    second = read(world.cast.audrey, noon, size=5, before=first.after)

    assert first.rows[-1].seq == second.rows[0].seq + 1


def test_every_kind_can_be_chosen():
    assert {value for value, _ in kinds()} == set(Kind.values)
