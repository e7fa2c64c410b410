"""What every act in a disagreement begins and ends with: held and seen as it is, then entered."""

from datetime import datetime
from typing import Any

from django.db.models import Model

from governance.models import Disagreement
from governance.queries.disagreement_views import DisagreementView
from governance.queries.disagreements import get_disagreement
from initiatives.queries.days import home_day
from initiatives.queries.initiatives import locked
from initiatives.rules.words import clean_words
from journal.acts import record
from journal.kinds import Kind
from kernel.canonical import clean_name
from kernel.refusals import Blocker, NotVisibleError, RefusedError, StaleError
from people.models import User
from people.queries import authority_of


class DisagreementRefusedError(RefusedError):
    """The words, the day or the end cannot stand there, or are not this person's to say."""


class DisagreementStaleError(StaleError):
    """Somebody said more since the form was opened. Nothing was changed."""


def held(disagreement_id: int, seen: int, actor: User, at: datetime) -> DisagreementView:
    """Hold the initiative, and return the disagreement as it stands and as the actor saw it.

    :raises NotVisibleError: when there is none, or it is not the actor's to read.
    :raises DisagreementStaleError: when it is no longer as it was seen.
    """
    rows = Disagreement.objects.filter(pk=disagreement_id).values_list("round__initiative")
    number = rows.first()
    if number is None:
        raise NotVisibleError
    locked(number[0])
    found = get_disagreement(disagreement_id, authority_of(actor, at), today=home_day(at))
    if found.version != seen:
        raise DisagreementStaleError(
            Blocker("changed", "Somebody said more since you opened this page. Read it, then send.")
        )
    return found


def cleaned(text: str, field: str) -> str:
    """Return words as they may be kept.

    :raises DisagreementRefusedError: for characters that cannot be.
    """
    return clean_words(text, field=field, refusal=DisagreementRefusedError)


def cleaned_line(text: str, field: str) -> str:
    """Return words for lists as a name is kept: on one line, reading as they are spelled.

    :raises DisagreementRefusedError: for characters that cannot be, or when nothing can be seen.
    """
    try:
        return clean_name(text)
    except ValueError as broken:
        raise DisagreementRefusedError(Blocker("broken", str(broken), field)) from broken


def enter(
    kind: Kind,
    found: DisagreementView,
    *,
    subject: Model,
    actor: User,
    at: datetime,
    **more: Any,  # noqa: ANN401  # keys, numbers, dates and choices of the entry
) -> None:
    """Record what was done in a disagreement, under the history of its initiative."""
    data = {"disagreement": found.id, "gate": found.gate, "round": found.round_id, **more}
    record(kind, actor=actor, subject=subject, thread=found.initiative, at=at, data=data)
