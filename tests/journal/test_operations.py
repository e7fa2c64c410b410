from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from journal.clock import now
from journal.keys import key_id, public_key
from journal.kinds import Kind
from journal.models import Entry, Installation, Sealed, ServerKey
from journal.operations import (
    ClockRefusedError,
    FoundingRefusedError,
    erase_text,
    move_clock,
)
from journal.queries import Happened
from journal.verification import verify
from kernel.refusals import RefusedError
from tests.journal.conftest import found_here


def test_founding_records_the_organisation_and_its_key(founded):
    first, second = Entry.objects.order_by("seq")

    assert Happened(first).data == {
        "currency": "EUR",
        "working_days": "12345",
        "fiscal_month": 1,
        "demonstration": False,
        "zone": "UTC",
    }
    assert Happened(first).private == {"name": "Harrowgate"}
    assert Happened(second).data == {"key_id": key_id(), "public": public_key().hex()}
    assert bytes(ServerKey.objects.get().public) == public_key()


def test_an_installation_is_founded_once(founded, noon):
    with pytest.raises(FoundingRefusedError, match="founded already"):
        found_here(noon)

    with pytest.raises(IntegrityError), transaction.atomic():
        Installation.objects.create(pk=2, name="Other", zone="UTC", currency="EUR", founded_at=noon)


def test_an_erased_text_is_gone_and_the_record_stays_whole(founded, noon):
    sealed = Sealed.objects.get()

    erase_text(sealed=sealed, actor="test", reason="Art. 17", at=noon)

    sealed.refresh_from_db()
    assert (sealed.text, sealed.key, sealed.erased_at) == (None, None, noon)
    assert Happened(Entry.objects.get(seq=1)).private is None
    entry = Entry.objects.latest("seq")
    assert entry.kind == Kind.TEXT_ERASED
    assert Happened(entry).private == {"reason": "Art. 17"}
    assert [*verify()] == []


def test_a_text_is_erased_once(founded, noon):
    sealed = Sealed.objects.get()
    erase_text(sealed=sealed, actor="test", reason="asked for", at=noon)

    with pytest.raises(RefusedError, match="erased already"):
        erase_text(sealed=sealed, actor="test", reason="asked for", at=noon)


def test_the_clock_of_a_demonstration_is_set_ahead_and_says_so(db, noon):
    found_here(noon, is_demo=True)
    before = now()

    for _ in range(2):
        move_clock(by=timedelta(days=3), actor="test", at=noon)

    assert timedelta(days=6) <= now() - before < timedelta(days=6, minutes=1)
    assert Happened(Entry.objects.latest("seq")).data == {"seconds_ahead": 6 * 86_400}


def test_the_clock_of_a_real_installation_stands(founded, noon):
    with pytest.raises(ClockRefusedError, match="real installation"):
        move_clock(by=timedelta(days=1), actor="test", at=noon)
    with pytest.raises(IntegrityError), transaction.atomic():
        Installation.objects.update(clock_offset=timedelta(days=1))


@pytest.mark.parametrize("by", [timedelta(), timedelta(seconds=-1)])
def test_the_clock_never_goes_back(db, noon, by):
    found_here(noon, is_demo=True)

    with pytest.raises(ClockRefusedError, match="only be set ahead"):
        move_clock(by=by, actor="test", at=noon)
