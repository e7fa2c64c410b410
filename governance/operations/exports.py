"""Handing out record or table is an act: who took it, in which form, how much of it."""

from datetime import datetime

from governance.queries.exports import last_entry
from governance.queries.samples import Sample
from governance.rules.samples import blockers_to_sample
from journal.acts import act, record
from journal.kinds import Kind
from journal.models import Installation
from kernel.refusals import Blocker, ForbiddenError, RefusedError
from people.models import User
from people.queries import authority_of


class SampleRefusedError(RefusedError):
    """No such sample is handed out to this person."""


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


@act(refusals=True)
def export_sample(*, seed: str, size: int, until: int, actor: User, at: datetime) -> Sample:
    """Note that a sample of decisions is handed out, and return what is drawn.

    The seed stands in the journal, so that whoever doubts the draw can repeat it. Of what came
    after entry `until`, nothing is drawn; 0 stands for the last one.

    :raises SampleRefusedError: for those who do not read everything, and for no seed or size.
    """
    reads_everything = authority_of(actor, at).reads_everything
    blockers = [*blockers_to_sample(reads_everything=reads_everything, seed=seed, size=size)]
    if blockers:
        raise SampleRefusedError(*blockers)
    sample = Sample(seed=seed, size=size, until=min(until or last_entry(), last_entry()))
    record(
        Kind.RECORD_EXPORTED,
        actor=actor,
        subject=Installation.objects.get(),
        at=at,
        data={"form": "sample", "seed": seed, "size": size, "until": sample.until},
    )
    return sample


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
