"""What the worker does: a confirmed list comes in, and a copy of each link is made."""

from initiatives.operations.captures import capture_link
from initiatives.operations.import_rows import apply_import
from journal.clock import now
from journal.kinds import Kind
from journal.models import Entry
from journal.subscriptions import on


@on(Kind.IMPORT_CONFIRMED, Kind.IMPORT_RESUMED)
def bring_in(entry: Entry) -> None:
    """Bring in the rows of the list that was confirmed; of one that is over, nothing."""
    apply_import(source_id=int(entry.subject_id), clock=now)


@on(Kind.COPY_REQUESTED)
def make_copy(entry: Entry) -> None:
    """Make the copy that was asked for; once it is answered, nothing."""
    capture_link(request_id=int(entry.subject_id), clock=now)
