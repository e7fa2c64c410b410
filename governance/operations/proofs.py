"""A person's word that a criterion is met, given for their side."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from decimal import Decimal

from governance.models import Proof
from governance.rules.attesting import Word, blockers_to_attest
from initiatives.models import Initiative
from initiatives.queries.days import home_day
from initiatives.queries.initiatives import locked
from initiatives.queries.memberships import part_of
from journal.acts import act, record, seal
from journal.kinds import Kind
from kernel.refusals import NotVisibleError, RefusedError
from people.models import User
from people.queries import authority_of
from playbook.editions import current
from playbook.shapes import Criterion

# Sent again within it, the same word is a second click; later, it is said once more.
MOMENTS = timedelta(minutes=5)


class AttestationRefusedError(RefusedError):
    """The word cannot be given: not this person's, or something is missing."""


@act(refusals=True)
def attest(
    *,
    initiative: Initiative,
    criterion: str,
    is_met: bool,
    note: str,
    actor: User,
    at: datetime,
    value: Decimal | None = None,
    valid_until: date | None = None,
    accepts_voids: Collection[int] = (),
) -> Proof:
    """State whether a criterion is met; the latest word counts (C2).

    :raises AttestationRefusedError: for the other side, or a criterion proved otherwise.
    """
    initiative = locked(initiative.pk)
    word = Word(is_met=is_met, note=note, value=value, valid_until=valid_until)
    found = _criterion(criterion)
    side = part_of(initiative, authority_of(actor, at)).side
    is_over = initiative.is_over
    if blockers := [
        *blockers_to_attest(found, word, side=side, today=home_day(at), is_over=is_over)
    ]:
        raise AttestationRefusedError(*blockers)
    proof = _stored(initiative, found, word, actor=actor, at=at)
    record(
        Kind.CRITERION_ATTESTED,
        actor=actor,
        subject=proof,
        thread=initiative,
        at=at,
        data={"criterion": criterion, "met": is_met, "side": str(side)},
        accepts_voids=accepts_voids,
    )
    return proof


def is_given(
    *,
    initiative: Initiative,
    criterion: str,
    is_met: bool,
    note: str,
    actor: User,
    at: datetime,
    value: Decimal | None = None,
    valid_until: date | None = None,
) -> bool:
    """Tell whether the actor gave just this word moments ago, and it is the latest."""
    words = initiative.proofs.filter(criterion=criterion).select_related("sealed", "by")
    last = words.order_by("-pk").first()
    if last is None or last.attested_at <= at - MOMENTS:
        return False
    said = (last.by, last.excuse, last.is_met, last.sealed.text, last.value, last.valid_until)
    return said == (actor, None, is_met, note, value, valid_until)


def _criterion(key: str) -> Criterion:
    try:
        return current().criterion(key)
    except KeyError:
        raise NotVisibleError from None


def _stored(
    initiative: Initiative, criterion: Criterion, word: Word, *, actor: User, at: datetime
) -> Proof:
    return Proof.objects.create(
        initiative=initiative,
        gate=criterion.gate,
        criterion=criterion.key,
        is_met=word.is_met,
        value=word.value,
        sealed=seal(word.note, person=actor),
        by=actor,
        valid_until=word.valid_until,
        attested_at=at,
    )
