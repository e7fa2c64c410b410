"""Filling in one side's half of a stage at once: contributions, sources and words for points."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from governance.operations.proofs import AttestationRefusedError, attest, is_given
from initiatives.models import Initiative
from initiatives.operations.artefacts import Writing
from initiatives.operations.contributions import (
    Contribution,
    are_written,
    to_write,
    write_contributions,
)
from initiatives.operations.evidence import source_draft
from initiatives.operations.pieces import Draft, EvidenceRefusedError, add_evidence, is_added
from initiatives.queries.initiatives import locked
from initiatives.queries.targets import Target, target_of
from journal.acts import act
from kernel.refusals import Blocker, RefusedError
from people.models import User
from playbook.editions import current


class HalfRefusedError(RefusedError):
    """A source or a word does not do; each reason names where it was typed."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """One line that shows where a contribution comes from: an address, or what somebody saw."""

    name: str
    slot: str
    text: str


@dataclass(frozen=True, kw_only=True)
class GivenWord:
    """What was said of one point."""

    name: str
    criterion: str
    is_met: bool
    note: str
    value: Decimal | None = None
    valid_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Half:
    """Everything that was typed on the page of one half."""

    contributions: Sequence[Contribution]
    sources: Sequence[Source] = ()
    words: Sequence[GivenWord] = ()


class _KeptAlreadyError(RefusedError):
    """All of it was kept moments ago: this is a second click."""


def fill_half(
    *,
    actor: User,
    initiative: Initiative,
    half: Half,
    at: datetime,
    accepts_voids: Collection[int] = (),
) -> bool:
    """Keep all of it in one act, or nothing; tell whether there was anything to keep.

    What reads as it was shown is left alone, so that nobody ends a review by pressing Save. Of a
    form that was sent twice all is kept already: the second time makes nothing, and ends alike.

    :raises NotVisibleError, ForbiddenError: when something of it is not the actor's to write.
    :raises SlotRefusedError, SavingRefusedError, HalfRefusedError: when something does not do.
    :raises StaleContributionsError: when somebody saved one of the slots since.
    """
    writings = to_write(actor=actor, initiative=initiative, contributions=half.contributions, at=at)
    if not (writings or half.sources or half.words):
        return False
    filling = _Filling(actor, initiative, at, accepts_voids)
    try:
        _fill(
            filling=filling,
            writings=writings,
            pieces=[_piece(filling, source) for source in half.sources],
            words=half.words,
        )
    except _KeptAlreadyError:
        return True
    return True


@dataclass(frozen=True)
class _Filling:
    """Who fills in what, when, and which signatures they were shown."""

    actor: User
    initiative: Initiative
    at: datetime
    accepts_voids: Collection[int]


@dataclass(frozen=True)
class _Piece:
    """A source as the evidence that it becomes."""

    name: str
    target: Target
    draft: Draft


@act
def _fill(
    *,
    filling: _Filling,
    writings: Sequence[Writing],
    pieces: Sequence[_Piece],
    words: Sequence[GivenWord],
) -> None:
    initiative = locked(filling.initiative.pk)
    if (
        are_written(initiative, writings)
        and all(is_added(initiative, one.target, one.draft) for one in pieces)
        and all(is_given(**_said(filling, word)) for word in words)
    ):
        raise _KeptAlreadyError(Blocker("kept", "You saved this already."))
    write_contributions(
        initiative=initiative,
        writings=writings,
        at=filling.at,
        accepts_voids=filling.accepts_voids,
    )
    for piece in pieces:
        with _refused_at(piece.name):
            add_evidence(initiative=initiative, target=piece.target, draft=piece.draft)
    for word in words:
        _give(filling, word)


def _piece(filling: _Filling, source: Source) -> _Piece:
    """Return what a source adds, and where."""
    with _refused_at(source.name):
        draft = source_draft(
            source.text, actor=filling.actor, at=filling.at, accepts_voids=filling.accepts_voids
        )
    return _Piece(source.name, target_of(current(), slot=source.slot), draft)


@contextmanager
def _refused_at(name: str) -> Iterator[None]:
    """Name the line in which a source was typed that does not do."""
    try:
        yield
    except EvidenceRefusedError as refused:
        named = (replace(one, field=name) for one in refused.blockers)
        raise HalfRefusedError(*named) from refused


def _give(filling: _Filling, word: GivenWord) -> None:
    try:
        attest(accepts_voids=filling.accepts_voids, **_said(filling, word))
    except AttestationRefusedError as refused:
        named = (replace(one, field=f"{word.name}.{one.field}") for one in refused.blockers)
        raise HalfRefusedError(*named) from refused


def _said(filling: _Filling, word: GivenWord) -> dict[str, Any]:
    """Return a word as it is given: on what, by whom, when."""
    said = {key: value for key, value in vars(word).items() if key != "name"}
    by = {"actor": filling.actor, "initiative": filling.initiative, "at": filling.at}
    return said | by
