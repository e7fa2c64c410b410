"""Adopting the playbook: which edition rounds and contributions are judged by from now on."""

from datetime import datetime

from governance.choices import REVIEW_STATES, ReturnReason, RoundState, VoidCause
from governance.models import Round
from governance.operations.locking import locked_round
from governance.operations.voids import return_round
from governance.rules.editions import AdoptionFacts, blockers_to_adopt
from journal.acts import act, change_authority, record
from journal.kinds import Kind
from journal.queries import installation
from kernel.refusals import RefusedError
from people.models import User
from people.queries import authority_of
from playbook.models import PlaybookEdition
from playbook.playbooks import Playbook


class AdoptionRefusedError(RefusedError):
    """The edition cannot be adopted: it has been in force before, or the person may not."""


@act(refusals=True)
def adopt_edition(*, playbook: Playbook, actor: User, at: datetime) -> PlaybookEdition:
    """Put an edition in force. What waits for signature goes back; drafts move along (V3).

    :raises AdoptionRefusedError: for others than an administrator, in an installation that needs
        two people for it, and when this edition was adopted before.
    """
    change_authority()
    newest = PlaybookEdition.objects.order_by("-number").first()
    ours = installation()
    facts = AdoptionFacts(
        by_administrator=authority_of(actor, at).is_administrator,
        is_first=newest is None,
        is_demo=bool(ours and ours.is_demo),
        was_adopted=was_adopted(playbook),
    )
    if blockers := [*blockers_to_adopt(facts)]:
        raise AdoptionRefusedError(*blockers)
    return _adopt(playbook, newest, actor=actor, at=at)


@act
def put_in_force(*, playbook: Playbook, actor: User, at: datetime) -> PlaybookEdition:
    """Adopt what one proposed and `actor` confirmed: part of that act, which judged the two.

    :raises AdoptionRefusedError: when this edition was adopted before.
    """
    newest = PlaybookEdition.objects.order_by("-number").first()
    facts = AdoptionFacts(
        by_administrator=True,
        is_first=newest is None,
        is_demo=False,
        was_adopted=was_adopted(playbook),
        by_two=True,
    )
    if blockers := [*blockers_to_adopt(facts)]:
        raise AdoptionRefusedError(*blockers)
    return _adopt(playbook, newest, actor=actor, at=at)


def is_adopted_by_two() -> bool:
    """Tell whether one person alone may not put an edition in force (I19)."""
    ours = installation()
    return PlaybookEdition.objects.exists() and not (ours and ours.is_demo)


def was_adopted(playbook: Playbook) -> bool:
    """Tell whether these bytes are or were in force."""
    return PlaybookEdition.objects.filter(digest=playbook.digest).exists()


def _adopt(
    playbook: Playbook, newest: PlaybookEdition | None, *, actor: User, at: datetime
) -> PlaybookEdition:
    adopted = PlaybookEdition.objects.create(
        number=newest.number + 1 if newest else 1,
        digest=playbook.digest,
        bytes=playbook.bytes,
        adopted_at=at,
    )
    record(
        Kind.EDITION_ADOPTED,
        actor=actor,
        subject=adopted,
        at=at,
        data={"number": adopted.number, "digest": adopted.digest},
    )
    _return_rounds(adopted, actor, at)
    return adopted


def _return_rounds(adopted: PlaybookEdition, actor: User, at: datetime) -> None:
    """Send back what was judged by the edition before, and move drafts to this one."""
    for pk in Round.objects.filter(state__in=REVIEW_STATES).order_by("pk").values_list("pk"):
        round_ = locked_round(pk[0])
        return_round(
            round_=round_,
            reason=ReturnReason.CONTENT_CHANGED,
            cause=VoidCause.EDITION_CHANGED,
            caused_by=adopted,
            actor=actor,
            at=at,
        )
    Round.objects.filter(state=RoundState.DRAFT).update(edition=adopted.digest)
