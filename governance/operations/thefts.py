"""What follows at the gates when a means of signing in was reported as stolen (V9)."""

from datetime import datetime

from governance.choices import REVIEW_STATES, RoundState, SigningAct, VoidCause
from governance.models import Round, Signature
from governance.operations.locking import locked_round
from governance.operations.voids import void_signatures
from journal.acts import act
from people.models import StolenReport, User


@act
def void_undecided(*, report: StolenReport | User, actor: User, at: datetime) -> None:
    """Void every signature of the person on a round that nobody decided yet; it may find none.

    `report` is what was reported as stolen, or whoever lost the second factor to nobody knows whom.

    Also what was signed with something else: whoever had one means may have come to another. A
    decline is a signature too: where it had set the sides at odds, the round is in review again.
    """
    rounds = Round.objects.filter(
        state__in=REVIEW_STATES,
        signatures__person_key=report.person_key,
        signatures__void=None,
    )
    for pk in [*rounds.distinct().order_by("pk").values_list("pk", flat=True)]:
        _void(locked_round(pk), report, actor, at)


def _void(round_: Round, report: StolenReport | User, actor: User, at: datetime) -> None:
    rows = Signature.objects.filter(round=round_, person_key=report.person_key, void=None)
    signatures = [*rows.select_related("round__initiative").order_by("pk")]
    void_signatures(
        signatures=signatures,
        cause=VoidCause.MEANS_STOLEN,
        caused_by=report,
        actor=actor,
        at=at,
    )
    declined = any(one.act == SigningAct.DECLINE for one in signatures)
    if declined and round_.state == RoundState.ESCALATED:
        round_.state = RoundState.IN_REVIEW
        round_.save(update_fields=["state"])
