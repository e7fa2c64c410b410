"""The weekly check of the whole record, which says in the journal itself that it was made."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain, islice

from django.db import connection

from journal.acts import act, record
from journal.checkpoints import CLOCK
from journal.kinds import Kind
from journal.models import Entry, Head, Installation
from journal.notes import notes_in
from journal.publishing import places
from journal.verification import Finding, at_one_moment, verify
from journal.witnesses import NoNotesError, check_outside

EVERY = timedelta(days=7)
MOST_FINDINGS = 100
INSPECTION_LOCK = 7_291_021


def inspection_due(*, at: datetime) -> int | None:
    """Check the record when a week has passed; return how many findings, or None if none is due.

    A second worker that is told to check meanwhile leaves it to the first.
    """
    if not _is_due(at):
        return None
    with at_one_moment():
        if not _is_alone():
            return None
        findings = [*islice(chain(verify(), _outside()), MOST_FINDINGS)]
        head = Head.objects.get()
    note_inspection(entries=head.seq, findings=findings, at=at)
    return len(findings)


@act
def note_inspection(*, entries: int, findings: list[Finding], at: datetime) -> None:
    """Say that the record was checked, over how many entries, and what was found first."""
    found = [f"{finding.seq}: {finding.what}" for finding in findings]
    record(
        Kind.RECORD_VERIFIED,
        actor=CLOCK,
        subject=Installation.objects.get(),
        at=at,
        data={"entries": entries, "findings": len(findings)},
        private={"found": found} if found else {},
    )


def _is_due(at: datetime) -> bool:
    last = Entry.objects.filter(kind=Kind.RECORD_VERIFIED).order_by("-seq").first()
    since = last.at if last else Installation.objects.values_list("founded_at", flat=True).first()
    return since is not None and since <= at - EVERY


def _is_alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [INSPECTION_LOCK])
        (is_alone,) = cursor.fetchone()
    return bool(is_alone)


def _outside() -> Iterator[Finding]:
    """Hold the journal to the notes in the places outside, where any is kept there."""
    given = [
        (place.name, note)
        for place in places()
        for text in place.texts()
        for note in notes_in(text)
    ]
    try:
        yield from check_outside(given)
    except NoNotesError:
        return
