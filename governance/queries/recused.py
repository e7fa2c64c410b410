"""Who stepped back from a round, as far as that bars them and whom they chose."""

from uuid import UUID

from governance.models import Delegation, Recusal, Round, Signature
from governance.rules.recusals import blockers_of_recused
from kernel.refusals import Blocker


def recused_of(round_: Round) -> frozenset[str]:
    """Return the person keys of whoever stepped back from the round (A1)."""
    keys = Recusal.objects.filter(round=round_).values_list("person_key", flat=True)
    return frozenset(map(str, keys))


def barred_from(round_: Round, person_key: UUID) -> list[Blocker]:
    """Return why a person neither signs nor refuses the round, if they stepped back from it."""
    return [*blockers_of_recused(recused_of(round_), str(person_key))]


def is_theirs(signature: Signature, person_key: UUID) -> bool:
    """Tell whether it is the person's to withdraw: who stepped back has no say in it."""
    return signature.is_of(person_key) and not barred_from(signature.round, person_key)


def is_of_recused(row: Delegation, round_: Round) -> bool:
    """Tell whether who stepped back chose the judge after that, which is the sponsor's to do."""
    late = {"person_key": row.by_key, "recused_at__lte": row.written_at}
    return row.recusal_id is None and Recusal.objects.filter(round=round_, **late).exists()
