"""Adding evidence to a slot or a criterion, and taking it back."""

from collections.abc import Callable, Collection
from datetime import date, datetime

from initiatives.choices import EvidenceKind
from initiatives.models import Evidence, EvidenceWithdrawal, Initiative
from initiatives.operations.files import Upload, drop_unused, received
from initiatives.operations.pieces import Draft, EvidenceRefusedError, add_evidence
from initiatives.operations.scanner import scanned
from initiatives.queries.evidence import get_evidence, journalled
from initiatives.queries.initiatives import locked
from initiatives.queries.memberships import side_to_write_for
from initiatives.queries.targets import target_of
from initiatives.rules.artefacts import OpenFacts, blockers_to_write
from initiatives.rules.evidence import TITLE_LIMIT, Words, blockers_to_withdraw, is_address
from journal.acts import act, record, seal
from journal.kinds import Kind
from kernel.canonical import clean_name, clean_text
from kernel.refusals import Blocker
from people.models import User
from people.queries import authority_of
from playbook.editions import current


def add_evidence_file(
    *,
    actor: User,
    initiative: Initiative,
    upload: Upload,
    title: str,
    at: datetime,
    slot: str = "",
    criterion: str = "",
    note: str = "",
    valid_until: date | None = None,
    accepts_voids: Collection[int] = (),
) -> Evidence:
    """Add a file; without a title its name is the title.

    :raises NotVisibleError, ForbiddenError: when it is not the actor's to add to.
    :raises FileRefusedError: when the file is not accepted, or there is no room for it.
    :raises EvidenceRefusedError: when what is said of it does not do.
    """
    target = target_of(current(), slot=slot, criterion=criterion)
    side_to_write_for(initiative, authority_of(actor, at), side=target.side)
    with received(upload) as file:
        draft = Draft(
            kind=EvidenceKind.FILE,
            words=_words(title=title or file.name, note=note, file_name=file.name),
            actor=actor,
            at=at,
            valid_until=valid_until,
            file=file,
            scan=scanned(file.path),
            accepts_voids=accepts_voids,
        )
        try:
            return add_evidence(initiative=initiative, target=target, draft=draft)
        except BaseException:
            drop_unused(file.sha256)
            raise


def add_evidence_link(
    *,
    actor: User,
    initiative: Initiative,
    url: str,
    title: str,
    at: datetime,
    slot: str = "",
    criterion: str = "",
    note: str = "",
    valid_until: date | None = None,
    accepts_voids: Collection[int] = (),
) -> Evidence:
    """Add a link with the title it has, as seen at this moment.

    :raises NotVisibleError, ForbiddenError: when it is not the actor's to add to.
    :raises EvidenceRefusedError: when the address or what is said of it does not do.
    """
    draft = Draft(
        kind=EvidenceKind.LINK,
        words=_words(title=title, note=note, url=url),
        actor=actor,
        at=at,
        valid_until=valid_until,
        fetched_at=at,
        accepts_voids=accepts_voids,
    )
    target = target_of(current(), slot=slot, criterion=criterion)
    return add_evidence(initiative=initiative, target=target, draft=draft)


def add_evidence_attestation(
    *,
    actor: User,
    initiative: Initiative,
    title: str,
    note: str,
    at: datetime,
    slot: str = "",
    criterion: str = "",
    valid_until: date | None = None,
    accepts_voids: Collection[int] = (),
) -> Evidence:
    """Add what the actor states by name.

    :raises NotVisibleError, ForbiddenError: when it is not the actor's to add to.
    :raises EvidenceRefusedError: when nothing is stated.
    """
    draft = Draft(
        kind=EvidenceKind.ATTESTATION,
        words=_words(title=title, note=note),
        actor=actor,
        at=at,
        valid_until=valid_until,
        accepts_voids=accepts_voids,
    )
    target = target_of(current(), slot=slot, criterion=criterion)
    return add_evidence(initiative=initiative, target=target, draft=draft)


def source_draft(
    text: str, *, actor: User, at: datetime, accepts_voids: Collection[int] = ()
) -> Draft:
    """Return what one line for a source adds: an address is a link, a sentence a statement.

    :raises EvidenceRefusedError: when the text cannot be kept.
    """
    text = text.strip()
    title = text if len(text) <= TITLE_LIMIT else f"{text[: TITLE_LIMIT - 1]}…"
    is_link = is_address(text)
    return Draft(
        kind=EvidenceKind.LINK if is_link else EvidenceKind.ATTESTATION,
        words=_words(title=title, **{"url" if is_link else "note": text}),
        actor=actor,
        at=at,
        fetched_at=at if is_link else None,
        accepts_voids=accepts_voids,
    )


@act
def withdraw_evidence(
    *,
    actor: User,
    initiative: Initiative,
    evidence_id: int,
    reason: str,
    at: datetime,
    accepts_voids: Collection[int] = (),
) -> EvidenceWithdrawal:
    """Take a piece of evidence back; it stays stored, and counts no longer.

    :raises NotVisibleError, ForbiddenError: when it is not the actor's to take back.
    :raises EvidenceRefusedError: without a reason, or when nothing changes here any more.
    """
    reason = _words(title=reason).title
    initiative = locked(initiative.pk)
    evidence = get_evidence(initiative, evidence_id)
    target = target_of(current(), slot=evidence.slot, criterion=evidence.criterion)
    side_to_write_for(initiative, authority_of(actor, at), side=target.side)
    place = OpenFacts(target.stage, initiative.stage, initiative.standing)
    if blockers := [*blockers_to_write(place), *blockers_to_withdraw(reason)]:
        raise EvidenceRefusedError(*blockers)
    withdrawal = EvidenceWithdrawal.objects.create(
        evidence=evidence,
        reason=seal(reason, person=actor),
        withdrawn_by=actor,
        withdrawn_key=actor.person_key,
        withdrawn_at=at,
    )
    record(
        Kind.EVIDENCE_WITHDRAWN,
        actor=actor,
        subject=evidence,
        thread=initiative,
        at=at,
        data=journalled(evidence),
        accepts_voids=accepts_voids,
    )
    return withdrawal


def _words(*, title: str, note: str = "", url: str = "", file_name: str = "") -> Words:
    return Words(
        title=_cleaned(clean_name, title, "title"),
        note=_cleaned(clean_text, note, "note").strip(),
        url=_cleaned(clean_name, url, "url"),
        file_name=file_name,
    )


def _cleaned(clean: Callable[[str], str], text: str, field: str) -> str:
    try:
        return clean(text)
    except ValueError as broken:
        raise EvidenceRefusedError(Blocker("broken", str(broken), field)) from broken
