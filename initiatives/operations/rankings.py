"""Moving an initiative in the joint order by hand, with a reason."""

from datetime import datetime

from initiatives.models import Initiative, Placing
from initiatives.queries.initiatives import locked
from initiatives.queries.memberships import side_of_key
from initiatives.queries.rankings import current_move, places
from initiatives.rules.rankings import MoveFacts, blockers_to_move
from initiatives.rules.words import clean_words
from journal.acts import act, record, seal
from journal.kinds import Kind
from kernel.refusals import RefusedError
from people.models import User
from people.queries import authority_of


class RankingRefusedError(RefusedError):
    """The order cannot be moved so."""


@act
def move_initiative(
    *, actor: User, initiative: Initiative, place: int | None, reason: str, at: datetime
) -> Placing:
    """Put an initiative at a place of the joint order, or back where the scores put it.

    :raises NotVisibleError, ForbiddenError: for anybody but the CIO and the CHRO.
    :raises RankingRefusedError: for what is not ranked, or without a reason.
    """
    initiative = locked(initiative.pk)
    side = side_of_key(initiative, authority_of(actor, at))
    reason = clean_words(reason, field="reason", refusal=RankingRefusedError)
    ranked = places()
    facts = MoveFacts(
        is_revealed=initiative.pk in ranked,
        is_over=initiative.is_over,
        place=place,
        current=current_move(initiative),
        total=len(ranked),
        reason=reason,
    )
    if blockers := [*blockers_to_move(facts)]:
        raise RankingRefusedError(*blockers)
    placing = Placing.objects.create(
        initiative=initiative,
        place=place,
        reason=seal(reason, person=actor),
        side=side,
        placed_by=actor,
        placed_key=actor.person_key,
        placed_at=at,
    )
    record(
        Kind.PLACE_CHANGED,
        actor=actor,
        subject=placing,
        thread=initiative,
        at=at,
        data={"place": place, "from": ranked[initiative.pk], "side": side.value},
    )
    return placing
