"""Who stepped back from a round, as far as that bars them and whom they chose."""

from datetime import datetime
from uuid import UUID

from django.db.models import Model, OuterRef, QuerySet

from governance.choices import SigningAct
from governance.models import Delegation, Passage, Recusal, Round, Signature
from governance.rules.recusals import blockers_of_recused
from journal.models import Entry
from journal.rows import label
from kernel.compiled import compiled
from kernel.refusals import Blocker
from people.choices import Office
from people.models import OfficeTerm


def recused_of(round_: Round) -> frozenset[str]:
    """Return the person keys of whoever stepped back from the round (A1)."""
    return frozenset(map(str, _keys_of(round_.pk)))


@compiled
def _keys_of(round_id: int) -> QuerySet[Recusal, UUID]:
    return Recusal.objects.filter(round=round_id).values_list("person_key", flat=True)


def recused_before(round_id: int, number: int) -> frozenset[str]:
    """Return who had stepped back from a round when the entry of that number was written."""
    rows = Recusal.objects.filter(round=round_id)
    return frozenset(str(row.person_key) for row in rows if number_of(row) < number)


def empty_before(passage: Passage, number: int) -> frozenset[str]:
    """Return the sides where nobody could sign when the passage of that entry was decided.

    Their holder had stepped back, and held the key still; nobody had taken on to sign there.
    """
    rows = Recusal.objects.filter(round=passage.round_id).select_related("term")
    left = [one for one in rows if number_of(one) < number]
    return frozenset(
        one.side
        for one in left
        if one.term.is_running(passage.passed_at) and not _is_filled(one, passage.passed_at, number)
    )


def _is_filled(recusal: Recusal, at: datetime, number: int) -> bool:
    """Tell whether somebody had taken on to sign there, told by the order of the journal."""
    rows = Delegation.objects.filter(recusal=recusal, answer__is_accepted=True)
    within = rows.filter(starts_at__lte=at, ends_at__gt=at).select_related("answer", "revocation")
    return any(
        number_of(one.answer) < number
        and not (hasattr(one, "revocation") and number_of(one.revocation) < number)
        for one in within
    )


def is_rightly_named(one: Delegation, round_id: int) -> bool:
    """Tell whether the sponsor named a substitute for this round, after its holder stepped back."""
    row = one.recusal
    # Held then, whether the person works here now or not.
    sponsors = OfficeTerm.objects.not_over(one.written_at).filter(office=Office.SPONSOR)
    return (
        row is not None
        and (row.round_id, row.side, row.person_key) == (round_id, one.side, one.by_key)
        and number_of(row) < number_of(one)
        and sponsors.filter(user=one.named_by_id, starts_at__lte=one.written_at).exists()
    )


def number_of(row: Model) -> int:
    """Return the number of the entry that tells of a row; 0 where none does."""
    entry = Entry.objects.filter(subject_type=label(row), subject_id=str(row.pk)).first()
    return entry.seq if entry else 0


def barred_from(round_: Round, person_key: UUID) -> list[Blocker]:
    """Return why a person neither signs nor refuses the round, if they stepped back from it."""
    return [*blockers_of_recused(recused_of(round_), str(person_key))]


def declines_in(round_id: int | OuterRef, side: str | OuterRef) -> QuerySet[Signature]:
    """Return the no of a side that stands at a round; also part of a query."""
    rows = Signature.objects.filter(round=round_id, side=side)
    return rows.filter(act=SigningAct.DECLINE, void=None)


def has_declined(round_: Round, side: str) -> bool:
    """Tell whether a no of that side stands at the round."""
    return declines_in(round_.pk, side).exists()


def is_theirs(signature: Signature, person_key: UUID) -> bool:
    """Tell whether it is the person's to withdraw: who stepped back has no say in it."""
    return signature.is_of(person_key) and not barred_from(signature.round, person_key)


def is_of_recused(row: Delegation, round_: Round) -> bool:
    """Tell whether who stepped back chose the judge, which is the sponsor's to do."""
    return row.recusal_id is None and str(row.by_key) in recused_of(round_)
