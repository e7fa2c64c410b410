"""What the same person sent before in the same words: a second click finds what the first made.

Each is asked under the lock that its maker holds, so that of two at once one comes second.
"""

from collections.abc import Mapping

from django.db import connection

from initiatives.choices import ImportState
from initiatives.models import Evidence, Import, Initiative, Note
from people.choices import Side
from people.models import User

NUMBER_LOCK, NOTE_LOCK, IMPORT_LOCK = 7_291_002, 7_291_008, 7_291_010


def one_proposal_at_a_time() -> None:
    """Let whoever comes second wait until the act of the first has ended."""
    _hold(NUMBER_LOCK)


def one_note_at_a_time() -> None:
    """Let nobody share, take back or begin with a note until this act ends."""
    _hold(NOTE_LOCK)


def one_list_at_a_time() -> None:
    """Let nobody begin to bring in a list until this act ends."""
    _hold(IMPORT_LOCK)


def initiative_of(actor: User, texts: Mapping[str, str]) -> str:
    """Return the code of what the person proposed in these words, if it is not over; else ""."""
    said = {field: texts.get(field, "") for field in ("name", "problem", "affected")}
    rows = Initiative.objects.filter(proposed_by=actor, **said).order_by("number")
    return next((row.code for row in rows if not row.is_over), "")


def note_of_author(author: User, side: Side, words: str) -> int | None:
    """Return the number of the standing note in which the person said just this for the side."""
    rows = Note.objects.standing().filter(author_key=author.person_key, side=side)
    return rows.filter(sealed__text=words).order_by("pk").values_list("pk", flat=True).first()


def open_import_of(actor: User, sha256: str) -> int | None:
    """Return the number of the list of just these bytes whose columns or rows they settle still."""
    rows = Import.objects.filter(started_by=actor, sha256=sha256, state=ImportState.MATCHING)
    return rows.order_by("pk").values_list("pk", flat=True).first()


def is_evidence_here(like: Evidence, words: str) -> bool:
    """Tell whether the person added just this before, to the same place, and it stands."""
    rows = Evidence.objects.filter(
        initiative=like.initiative,
        slot=like.slot,
        criterion=like.criterion,
        kind=like.kind,
        sha256=like.sha256,
        added_key=like.added_key,
        valid_until=like.valid_until,
        sealed__text=words,
    )
    return rows.standing().exists()


def _hold(lock: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock])
