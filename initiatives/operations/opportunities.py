"""Scoring apart, seeing together, and scoring again."""

from collections.abc import Collection, Mapping
from datetime import datetime
from secrets import token_hex

from initiatives.models import Initiative, Reveal, Score, Scoring
from initiatives.queries.initiatives import locked
from initiatives.queries.memberships import side_of_key, side_to_lead_for
from initiatives.queries.opportunities import (
    is_revealed,
    newest_scoring,
    sheet_of,
    values_of,
)
from initiatives.rules.opportunities import (
    AgainFacts,
    ScoringFacts,
    blockers_to_score,
    blockers_to_score_again,
    is_complete,
    outcome_of,
)
from initiatives.rules.words import clean_words
from journal.acts import act, record, seal
from journal.kinds import Kind
from kernel.refusals import Blocker, RefusedError, StaleError
from people.choices import Side
from people.models import User
from people.queries import authority_of
from playbook.editions import current
from playbook.scoring import ScoreSheet

SALT_BYTES = 32


class ScoresRefusedError(RefusedError):
    """The scores, the talk or the new scoring cannot be kept so."""


class ScoringMovedError(StaleError):
    """Another scoring is open by now than the one that was seen."""


@act
def give_scores(
    *, actor: User, initiative: Initiative, values: Mapping[str, int], n: int, at: datetime
) -> Scoring:
    """Keep what one side gives; once both sides are complete, show both in the same act.

    The reveal belongs to the act that completes the second side: nobody can hold it back after
    hearing that the other side is ready, and nobody can forget it. `n` is the scoring that the
    actor saw.

    :raises NotVisibleError, ForbiddenError: for whoever is neither lead nor key of a side.
    :raises ScoringMovedError: when another scoring was opened meanwhile.
    :raises ScoresRefusedError: once both sides were shown, or when a value is off the scale.
    """
    initiative = locked(initiative.pk)
    side = side_to_lead_for(initiative, authority_of(actor, at))
    newest = newest_scoring(initiative)
    if n != (newest.n if newest else 1):
        raise ScoringMovedError(
            Blocker("moved", "Another scoring was opened meanwhile. Look again, then score.")
        )
    sheet = sheet_of(newest, current())
    facts = ScoringFacts(
        values=values,
        sheet=sheet.of(side),
        is_revealed=is_revealed(newest),
        is_over=initiative.is_over,
    )
    if blockers := [*blockers_to_score(facts)]:
        raise ScoresRefusedError(*blockers)
    scoring = newest or _open(initiative, n=1, actor=actor, at=at)
    _keep(scoring, side, values, sheet=sheet, actor=actor, at=at)
    given = values_of(scoring, Side)
    if all(is_complete(sheet.of(one), given[one]) for one in Side):
        _reveal(scoring, sheet, given, actor=actor, at=at)
    return scoring


@act
def score_again(
    *,
    actor: User,
    initiative: Initiative,
    reason: str,
    at: datetime,
    accepts_voids: Collection[int] = (),
) -> Scoring:
    """Open the next scoring, with a reason; what was shown before stays as it is.

    While gate 1 waits for signatures this takes it back, like any change of what it rests on.

    :raises NotVisibleError, ForbiddenError: for anybody but the CIO and the CHRO.
    :raises ScoresRefusedError: while one is open, or without a reason.
    """
    initiative = locked(initiative.pk)
    side_of_key(initiative, authority_of(actor, at))
    newest = newest_scoring(initiative)
    reason = clean_words(reason, field="reason", refusal=ScoresRefusedError)
    facts = AgainFacts(
        is_revealed=is_revealed(newest),
        reason=reason,
        is_over=initiative.is_over,
    )
    if blockers := [*blockers_to_score_again(facts)]:
        raise ScoresRefusedError(*blockers)
    scoring = _open(initiative, n=newest.n + 1 if newest else 1, actor=actor, at=at, reason=reason)
    record(
        Kind.SCORING_OPENED,
        actor=actor,
        subject=scoring,
        thread=initiative,
        at=at,
        data={"scoring": scoring.n, "edition": scoring.edition_id, "signed": True},
        accepts_voids=accepts_voids,
    )
    return scoring


def _open(
    initiative: Initiative, *, n: int, actor: User, at: datetime, reason: str = ""
) -> Scoring:
    return Scoring.objects.create(
        initiative=initiative,
        n=n,
        edition_id=current().digest,
        reason=seal(reason, person=actor) if reason else None,
        opened_by=actor,
        opened_key=actor.person_key,
        opened_at=at,
    )


def _keep(
    scoring: Scoring,
    side: Side,
    values: Mapping[str, int],
    *,
    sheet: ScoreSheet,
    actor: User,
    at: datetime,
) -> None:
    """Store the values, and say in the journal how many are there: never which, never what."""
    Score.objects.bulk_create(
        Score(
            scoring=scoring,
            side=side,
            criterion=key,
            value=value,
            salt=token_hex(SALT_BYTES),
            given_by=actor,
            given_key=actor.person_key,
            given_at=at,
        )
        for key, value in values.items()
    )
    own = sheet.of(side)
    given = values_of(scoring, [side])[side]
    record(
        Kind.SCORES_GIVEN,
        actor=actor,
        subject=scoring,
        thread=scoring.initiative,
        at=at,
        data={"scoring": scoring.n, "side": side.value, "given": len(given), "of": len(own)},
    )


def _reveal(
    scoring: Scoring,
    sheet: ScoreSheet,
    given: Mapping[Side, Mapping[str, int]],
    *,
    actor: User,
    at: datetime,
) -> None:
    found = outcome_of(sheet, given)
    reveal = Reveal.objects.create(
        scoring=scoring,
        technology_feasible=found.technology.feasible,
        technology_needed=found.technology.needed,
        people_feasible=found.people.feasible,
        people_needed=found.people.needed,
        priority=found.priority,
        gap=found.gap,
        to_discuss=list(found.to_discuss),
        revealed_by=actor,
        revealed_key=actor.person_key,
        revealed_at=at,
    )
    record(
        Kind.SCORES_REVEALED,
        actor=actor,
        subject=reveal,
        thread=scoring.initiative,
        at=at,
        data={
            "scoring": scoring.n,
            "priority": f"{found.priority:.2f}",
            "gap": f"{found.gap:.2f}",
            "to_discuss": len(found.to_discuss),
        },
    )
