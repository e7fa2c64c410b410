"""Filling in one side's half of a stage at once: contributions, sources and words for points."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from governance.operations.proofs import AttestationRefusedError, attest
from initiatives.models import Initiative
from initiatives.operations.artefacts import Writing
from initiatives.operations.contributions import Contribution, to_write, write_contributions
from initiatives.operations.evidence import add_evidence_attestation, add_evidence_link
from initiatives.operations.pieces import EvidenceRefusedError
from initiatives.rules.evidence import TITLE_LIMIT, is_address
from journal.acts import act
from kernel.refusals import RefusedError
from people.models import User


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


def fill_half(
    *,
    actor: User,
    initiative: Initiative,
    half: Half,
    at: datetime,
    accepts_voids: Collection[int] = (),
) -> bool:
    """Keep all of it in one act, or nothing; tell whether there was anything to keep.

    What reads as it was shown is left alone, so that nobody ends a review by pressing Save.

    :raises NotVisibleError, ForbiddenError: when something of it is not the actor's to write.
    :raises SlotRefusedError, SavingRefusedError, HalfRefusedError: when something does not do.
    :raises StaleContributionsError: when somebody saved one of the slots since.
    """
    writings = to_write(actor=actor, initiative=initiative, contributions=half.contributions, at=at)
    if not (writings or half.sources or half.words):
        return False
    _fill(filling=_Filling(actor, initiative, at, accepts_voids), writings=writings, half=half)
    return True


@dataclass(frozen=True)
class _Filling:
    """Who fills in what, when, and which signatures they were shown."""

    actor: User
    initiative: Initiative
    at: datetime
    accepts_voids: Collection[int]


@act
def _fill(*, filling: _Filling, writings: Sequence[Writing], half: Half) -> None:
    write_contributions(
        initiative=filling.initiative,
        writings=writings,
        at=filling.at,
        accepts_voids=filling.accepts_voids,
    )
    for source in half.sources:
        _add(filling, source)
    for word in half.words:
        _give(filling, word)


def _add(filling: _Filling, source: Source) -> None:
    text = source.text.strip()
    title = text if len(text) <= TITLE_LIMIT else f"{text[: TITLE_LIMIT - 1]}…"
    said = {**vars(filling), "slot": source.slot, "title": title}
    try:
        if is_address(text):
            add_evidence_link(url=text, **said)
        else:
            add_evidence_attestation(note=text, **said)
    except EvidenceRefusedError as refused:
        named = (replace(one, field=source.name) for one in refused.blockers)
        raise HalfRefusedError(*named) from refused


def _give(filling: _Filling, word: GivenWord) -> None:
    said = {key: value for key, value in vars(word).items() if key != "name"}
    try:
        attest(**vars(filling), **said)
    except AttestationRefusedError as refused:
        named = (replace(one, field=f"{word.name}.{one.field}") for one in refused.blockers)
        raise HalfRefusedError(*named) from refused
