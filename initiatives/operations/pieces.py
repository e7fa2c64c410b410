"""How a piece of evidence becomes a row, whatever kind it is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from initiatives.choices import EvidenceKind, ScanResult
from initiatives.models import Evidence, Initiative, Scan
from initiatives.operations.files import Received, keep
from initiatives.operations.requests import enter_request
from initiatives.queries.days import home_day
from initiatives.queries.evidence import journalled
from initiatives.queries.initiatives import locked
from initiatives.queries.memberships import side_to_write_for
from initiatives.queries.targets import Target
from initiatives.queries.twins import is_evidence_here
from initiatives.rules.artefacts import OpenFacts, blockers_to_write
from initiatives.rules.evidence import EvidenceFacts, Words, blockers_to_add
from journal.acts import act, record, seal
from journal.kinds import Kind
from kernel.canonical import canonical
from kernel.refusals import Blocker, RefusedError
from people.models import User
from people.queries import authority_of


class EvidenceRefusedError(RefusedError):
    """The evidence is not accepted as it is, or not now."""


class AddedAlreadyError(EvidenceRefusedError):
    """The same person added just this to the same place before, and it stands."""

    def __init__(self) -> None:
        """Say so; there is nothing to carry, for it is shown in its place."""
        super().__init__(Blocker("added", "You added this already: it is here."))


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A piece of evidence before it is a row."""

    kind: EvidenceKind
    words: Words
    actor: User
    at: datetime
    valid_until: date | None = None
    fetched_at: datetime | None = None
    file: Received | None = None
    scan: ScanResult | None = None
    accepts_voids: Collection[int] = ()


@act
def add_evidence(*, initiative: Initiative, target: Target, draft: Draft) -> Evidence:
    """Store a piece of evidence; the last step puts its file in place.

    :raises NotVisibleError, ForbiddenError: when it is not the actor's to add to.
    :raises EvidenceRefusedError: when the target is not open, or what is said does not do.
    :raises AddedAlreadyError: the second time, while the first stands.
    """
    initiative = locked(initiative.pk)
    side = side_to_write_for(initiative, authority_of(draft.actor, draft.at), side=target.side)
    _judge(initiative, target, draft)
    if is_added(initiative, target, draft):
        raise AddedAlreadyError
    evidence = _row(initiative, target, draft)
    evidence.side, evidence.sealed = side, seal(_said(draft), person=draft.actor)
    evidence.save()
    if draft.scan is not None:
        Scan.objects.create(evidence=evidence, result=draft.scan, scanned_at=draft.at)
    record(
        Kind.EVIDENCE_ADDED,
        actor=draft.actor,
        subject=evidence,
        thread=initiative,
        at=draft.at,
        data=journalled(evidence),
        accepts_voids=draft.accepts_voids,
    )
    _follow_up(evidence, draft)
    return evidence


def is_added(initiative: Initiative, target: Target, draft: Draft) -> bool:
    """Tell whether the person added just this before, to the same place, and it stands."""
    return is_evidence_here(_row(initiative, target, draft), _said(draft))


def _said(draft: Draft) -> str:
    return canonical(draft.words.as_dict()).decode("utf-8")


def _row(initiative: Initiative, target: Target, draft: Draft) -> Evidence:
    file = draft.file
    return Evidence(
        initiative=initiative,
        slot=target.slot,
        criterion=target.criterion,
        kind=draft.kind,
        sha256=file.sha256 if file else "",
        size=file.size if file else None,
        content_type=file.content_type if file else "",
        fetched_at=draft.fetched_at,
        valid_until=draft.valid_until,
        added_by=draft.actor,
        added_key=draft.actor.person_key,
        added_at=draft.at,
    )


def _follow_up(evidence: Evidence, draft: Draft) -> None:
    """Put a file in its place; of a link ask for a copy."""
    if draft.file is not None:
        keep(draft.file)
    elif draft.kind == EvidenceKind.LINK and settings.CAPTURE_LINKS:
        enter_request(evidence, actor=draft.actor, at=draft.at)


def _judge(initiative: Initiative, target: Target, draft: Draft) -> None:
    place = OpenFacts(target.stage, initiative.stage, initiative.standing)
    facts = EvidenceFacts(
        words=draft.words,
        today=home_day(draft.at),
        valid_until=draft.valid_until,
        is_link=draft.kind == EvidenceKind.LINK,
        is_statement=draft.kind == EvidenceKind.ATTESTATION,
    )
    if blockers := [*blockers_to_write(place), *blockers_to_add(facts)]:
        raise EvidenceRefusedError(*blockers)
