"""The page of the scores: blind, a side's values leave the database for that side alone."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from initiatives.models import Discussion, Initiative, Scoring
from initiatives.queries.opportunities import (
    is_revealed,
    scored_facts,
    scorings_of,
    sheet_of,
    values_of,
)
from initiatives.rules.memberships import Part
from initiatives.rules.opportunities import ScoredFacts, Values
from journal.models import Sealed
from people.choices import Side
from playbook.editions import edition
from playbook.playbooks import Playbook
from playbook.scoring import ScoreCriterion, ScoreSheet


@dataclass(frozen=True, kw_only=True)
class Talk:
    """What was said about a difference."""

    side: Side
    name: str
    text: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One criterion after the reveal: what each side gave, and the talk about it."""

    criterion: ScoreCriterion
    technology: int | None
    people: int | None
    must_talk: bool
    talks: tuple[Talk, ...]

    @property
    def distance(self) -> int | None:
        """How far apart the sides are; nothing where only one side scores."""
        if self.technology is None or self.people is None:
            return None
        return abs(self.technology - self.people)

    @property
    def is_open(self) -> bool:
        """Whether a wide difference still waits for its talk."""
        return self.must_talk and not self.talks


@dataclass(frozen=True, kw_only=True)
class Past:
    """A scoring that was shown, as a line of history."""

    n: int
    priority: Decimal
    gap: Decimal
    at: datetime
    reason: str


@dataclass(frozen=True, kw_only=True)
class ScoresPage:
    """What the page of the scores shows to one reader, and nothing that is not theirs to see."""

    part: Part
    sheet: ScoreSheet
    facts: ScoredFacts
    n: int
    reason: str
    own: Values
    shown: Scoring | None
    compared: tuple[Compared, ...]
    earlier: tuple[Past, ...]

    @property
    def own_sheet(self) -> tuple[ScoreCriterion, ...]:
        """What the reader's side scores."""
        return self.sheet.of(self.part.side) if self.part.side else ()

    @property
    def may_score(self) -> bool:
        """Whether the reader gives scores now."""
        return self.part.leads_side and not self.facts.is_revealed

    @property
    def open_differences(self) -> tuple[Compared, ...]:
        """The wide differences that still wait for a talk."""
        return tuple(one for one in self.compared if one.is_open)


def scores_page(initiative: Initiative, part: Part, playbook: Playbook) -> ScoresPage:
    """Return the page of the scores. Four queries at most.

    Of a scoring that is open only the values of the reader's own side are read at all, and only
    for whoever scores for it.
    """
    scorings = list(scorings_of(initiative).select_related("reason"))
    newest = scorings[0] if scorings else None
    shown = next((one for one in scorings if is_revealed(one)), None)
    sheet = sheet_of(newest, playbook)
    own: Values = {}
    if newest and part.side and part.leads_side and not is_revealed(newest):
        own = values_of(newest, [part.side])[part.side]
    return ScoresPage(
        part=part,
        sheet=sheet,
        facts=scored_facts(newest, sheet),
        n=newest.n if newest else 1,
        reason=_text(newest.reason) if newest and newest.reason else "",
        own=own,
        shown=shown,
        compared=_compared(shown) if shown else (),
        earlier=tuple(_past(one) for one in scorings[1:] if is_revealed(one)),
    )


def _compared(scoring: Scoring) -> tuple[Compared, ...]:
    given = values_of(scoring, Side)
    sheet = edition(scoring.edition_id).scoring
    talks: dict[str, list[Talk]] = {}
    rows = Discussion.objects.filter(scoring=scoring).select_related("sealed", "written_by")
    for row in rows.order_by("pk"):
        talks.setdefault(row.criterion, []).append(
            Talk(
                side=Side(row.side),
                name=row.written_by.name,
                text=_text(row.sealed),
                at=row.written_at,
            )
        )
    return tuple(
        Compared(
            criterion=one,
            technology=given[Side.TECHNOLOGY].get(one.key),
            people=given[Side.PEOPLE].get(one.key),
            must_talk=one.key in scoring.reveal.to_discuss,
            talks=tuple(talks.get(one.key, ())),
        )
        for one in sheet.criteria
    )


def _past(scoring: Scoring) -> Past:
    return Past(
        n=scoring.n,
        priority=scoring.reveal.priority,
        gap=scoring.reveal.gap,
        at=scoring.reveal.revealed_at,
        reason=_text(scoring.reason) if scoring.reason else "",
    )


def _text(sealed: Sealed) -> str:
    return "words erased" if sealed.text is None else sealed.text
