"""Handing out record or table is an act: who took it, in which form, how much of it."""

from datetime import datetime

from governance.queries.exports import last_entry
from journal.acts import act, record
from journal.kinds import Kind
from journal.models import Installation
from kernel.refusals import Blocker, ForbiddenError
from people.models import User
from people.queries import authority_of


@act(refusals=True)
def export_record(*, form: str, actor: User, at: datetime) -> int:
    """Note that the record is handed out, and return the last entry that goes with it.

    :raises ForbiddenError: for those who do not read everything.
    """
    if not authority_of(actor, at).reads_everything:
        raise ForbiddenError(Blocker("not_yours", "Only office holders may take the record."))
    until = last_entry()
    record(
        Kind.RECORD_EXPORTED,
        actor=actor,
        subject=Installation.objects.get(),
        at=at,
        data={"form": form, "until": until},
    )
    return until


@act
def export_portfolio(*, form: str, rows: int, actor: User, at: datetime) -> None:
    """Note that somebody takes the table as it is shown to them, so many rows of it."""
    record(
        Kind.PORTFOLIO_EXPORTED,
        actor=actor,
        subject=Installation.objects.get(),
        at=at,
        data={"form": form, "rows": rows},
    )
