"""Adopting the playbook: which edition rounds and contributions are judged by from now on."""

from datetime import datetime

from governance.choices import REVIEW_STATES, ReturnReason, RoundState, VoidCause
from governance.models import Round
from governance.operations.locking import locked_round
from governance.operations.voids import return_round
from journal.acts import Actor, act, change_authority, record
from journal.kinds import Kind
from kernel.refusals import Blocker, RefusedError
from playbook.models import PlaybookEdition
from playbook.playbooks import Playbook


class AdoptionRefusedError(RefusedError):
    """The edition cannot be adopted: it has been in force before, or the person may not."""


@act(refusals=True)
def adopt_edition(*, playbook: Playbook, actor: Actor, at: datetime) -> PlaybookEdition:
    """Put an edition in force. What waits for signature goes back; drafts move along (V3).

    Who may do this is judged by the door: founding, or an administrator of a demonstration.

    :raises AdoptionRefusedError: when this edition was adopted before.
    """
    change_authority()
    newest = PlaybookEdition.objects.order_by("-number").first()
    if PlaybookEdition.objects.filter(digest=playbook.digest).exists():
        raise AdoptionRefusedError(
            Blocker("adopted", "This edition has been adopted before. Raise its revision.")
        )
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


def _return_rounds(adopted: PlaybookEdition, actor: Actor, at: datetime) -> None:
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
