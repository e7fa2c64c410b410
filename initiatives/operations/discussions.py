"""Talking over what lies apart, before gate 1."""

from datetime import datetime

from initiatives.models import Discussion, Initiative, Scoring
from initiatives.operations.opportunities import ScoresRefusedError
from initiatives.queries.initiatives import locked
from initiatives.queries.memberships import side_to_write_for
from initiatives.queries.opportunities import is_revealed, newest_scoring
from initiatives.rules.memberships import JOINT
from initiatives.rules.opportunities import TalkFacts, blockers_to_discuss
from initiatives.rules.words import clean_words
from journal.acts import act, record, seal
from journal.kinds import Kind
from people.models import User
from people.queries import authority_of


@act
def discuss_difference(
    *, actor: User, initiative: Initiative, criterion: str, text: str, at: datetime
) -> Discussion:
    """Write down what was said about a wide difference, and what follows from it.

    :raises NotVisibleError, ForbiddenError: for whoever works for neither side here.
    :raises ScoresRefusedError: where nothing lies apart, or without words.
    """
    initiative = locked(initiative.pk)
    side = side_to_write_for(initiative, authority_of(actor, at), side=JOINT)
    text = clean_words(text, field="text", refusal=ScoresRefusedError)
    scoring = _shown(initiative, criterion, text)
    discussion = Discussion.objects.create(
        scoring=scoring,
        criterion=criterion,
        side=side,
        sealed=seal(text, person=actor),
        written_by=actor,
        written_key=actor.person_key,
        written_at=at,
    )
    data = {"scoring": scoring.n, "criterion": criterion, "side": side.value}
    record(
        Kind.DIFFERENCE_DISCUSSED,
        actor=actor,
        subject=discussion,
        thread=initiative,
        at=at,
        data=data,
    )
    return discussion


def _shown(initiative: Initiative, criterion: str, text: str) -> Scoring:
    """Return the scoring that was shown last, if this can be written down about it."""
    scoring = newest_scoring(initiative)
    shown = scoring is not None and is_revealed(scoring)
    facts = TalkFacts(
        criterion=criterion,
        to_discuss=scoring.reveal.to_discuss if scoring and shown else (),
        text=text,
        is_revealed=shown,
        is_over=initiative.is_over,
    )
    blockers = [*blockers_to_discuss(facts)]
    if blockers or scoring is None:
        raise ScoresRefusedError(*blockers)
    return scoring
