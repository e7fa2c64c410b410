"""A decision gets its checkpoint and every place its note, by the debts of the journal."""

from journal.kinds import Kind
from journal.models import Checkpoint, Entry
from journal.reactions import publish_checkpoint, sign_decision
from journal.tasks import make_checkpoint
from tests.journal.test_checkpoints import happen, last_entry


def test_a_decision_is_covered_by_a_checkpoint_that_is_mailed(founded, noon):
    happen(noon)
    entry = last_entry()

    sign_decision(entry)
    sign_decision(entry)

    [made] = Checkpoint.objects.all()
    assert (made.size, made.is_mailed) == (entry.seq, True)


def test_a_checkpoint_is_given_to_the_places(founded, settings, tmp_path):
    settings.CHECKPOINT_PLACES = [f"file:{tmp_path}/all.txt"]

    assert (make_checkpoint(), make_checkpoint()) == (2, 0)
    publish_checkpoint(Entry.objects.get(kind=Kind.CHECKPOINT_MADE))

    assert (tmp_path / "all.txt").read_text() == f"\n{Checkpoint.objects.get().note}"
