"""Putting an initiative out of sight, and back: nothing is deleted, nothing is decided."""

from datetime import datetime

from governance.queries.archives import archive_facts
from governance.rules.archives import blockers_to_archive, blockers_to_restore
from initiatives.models import Initiative
from initiatives.queries.initiatives import locked
from initiatives.queries.visibility import reads_whole
from journal.acts import act, record
from journal.kinds import Kind
from kernel.refusals import NotVisibleError, RefusedError
from people.models import User
from people.queries import authority_of
from people.rules import Authority


class ArchiveRefusedError(RefusedError):
    """The initiative stays where it is."""


@act
def archive_initiative(*, actor: User, initiative: Initiative, at: datetime) -> None:
    """Hide the initiative from board and table until somebody brings it back.

    :raises NotVisibleError: when it is not the actor's to read.
    :raises ArchiveRefusedError: when it rests on a gate, or is not theirs to archive.
    """
    authority = authority_of(actor, at)
    initiative = _held(initiative, authority)
    if blockers := [*blockers_to_archive(archive_facts(initiative, authority))]:
        raise ArchiveRefusedError(*blockers)
    _keep(initiative, at, Kind.INITIATIVE_ARCHIVED, actor=actor, at=at)


@act
def restore_initiative(*, actor: User, initiative: Initiative, at: datetime) -> None:
    """Bring the initiative back to where everybody sees it.

    :raises NotVisibleError: when it is not the actor's to read.
    :raises ArchiveRefusedError: when it is not in the archive, or not theirs to bring back.
    """
    authority = authority_of(actor, at)
    initiative = _held(initiative, authority)
    if blockers := [*blockers_to_restore(archive_facts(initiative, authority))]:
        raise ArchiveRefusedError(*blockers)
    _keep(initiative, None, Kind.INITIATIVE_RESTORED, actor=actor, at=at)


def _held(initiative: Initiative, authority: Authority) -> Initiative:
    initiative = locked(initiative.pk)
    if not reads_whole(initiative, authority):
        raise NotVisibleError
    return initiative


def _keep(
    initiative: Initiative, since: datetime | None, kind: Kind, *, actor: User, at: datetime
) -> None:
    initiative.archived_at = since
    initiative.save(update_fields=["archived_at"])
    record(kind, actor=actor, subject=initiative, thread=initiative, at=at)
