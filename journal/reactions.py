"""What the journal does when something happens: a checkpoint of each decision, given to others."""

from journal.checkpoints import checkpoint_over
from journal.clock import now
from journal.kinds import Kind
from journal.models import Checkpoint, Entry
from journal.publishing import publish
from journal.subscriptions import on


@on(Kind.GATE_PASSED)
def sign_decision(entry: Entry) -> None:
    """Make a checkpoint that covers the decision, unless one does."""
    checkpoint_over(seq=entry.seq, is_mailed=True, at=now())


@on(Kind.CHECKPOINT_MADE)
def publish_checkpoint(entry: Entry) -> None:
    """Give it to the places outside the database."""
    publish(Checkpoint.objects.get(pk=entry.subject_id), at=now())
