"""Bringing a log of decisions that an AI took part in, taking one back, handing them out."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePath

from initiatives.models import DecisionLog, DecisionLogWithdrawal, Initiative, LoggedDecision
from initiatives.queries.days import home_zone
from initiatives.queries.decision_logs import came_before, get_log, here_already, must_keep_log
from initiatives.queries.initiatives import locked
from initiatives.rules.decision_lines import Noted
from initiatives.rules.decision_logs import MOST_BYTES, blockers_to_take_back, read_log
from journal.acts import act, record, seal, seal_all
from journal.kinds import Kind
from kernel.canonical import canonical, clean_name, clean_text, digest, seen_text
from kernel.refusals import Blocker, RefusedError
from kernel.sheets.reading import read_sheet
from people.models import User
from people.queries import authority_of

LONGEST_NAME = 200
UNNAMED = "A log"


class DecisionLogRefusedError(RefusedError):
    """The file does not come in, with every line that is wrong; or it cannot be taken back."""


class BroughtAlreadyError(DecisionLogRefusedError):
    """All that the file says is here already, so that it made nothing."""

    def __init__(self) -> None:
        """Say so in words."""
        super().__init__(
            Blocker("here", "All of this file is here already. Nothing came in twice.", "file")
        )


@act
def bring_decisions(
    *, actor: User, initiative: Initiative, name: str, content: bytes, at: datetime
) -> DecisionLog:
    """Bring a log whole, or nothing of it; lines that are here already make nothing twice.

    Also for what has ended: logs come late, and an AI that is in use goes on deciding.

    :raises NotVisibleError, ForbiddenError: for whoever does not bring logs here.
    :raises SheetRefusedError: when the file is no table that can be read.
    :raises DecisionLogRefusedError: with every line that is wrong.
    :raises BroughtAlreadyError: when nothing in it is new.
    """
    must_keep_log(initiative, authority_of(actor, at))
    rows, sha256 = _read(content, at), digest(content)
    initiative = locked(initiative.pk)
    must_keep_log(initiative, authority_of(actor, at))
    times, stands = came_before(initiative, sha256)
    here = here_already(initiative, rows)
    new = [one for one in rows if one.identity not in here]
    if stands or not new:
        raise BroughtAlreadyError
    log = DecisionLog(
        initiative=initiative,
        sha256=sha256,
        n=times + 1,
        row_count=len(new),
        here_count=len(rows) - len(new),
        brought_by=actor,
        brought_key=actor.person_key,
        brought_at=at,
    )
    _store(log, name, new, actor)
    data = {"sha256": sha256, "rows": log.row_count, "here": log.here_count}
    record(Kind.DECISIONS_BROUGHT, actor=actor, subject=log, thread=initiative, at=at, data=data)
    return log


@act
def withdraw_decisions(
    *, actor: User, initiative: Initiative, log_id: int, reason: str, at: datetime
) -> DecisionLogWithdrawal:
    """Take a file back as a whole: its rows stay in the record, and count no longer.

    :raises NotVisibleError, ForbiddenError: for whoever does not bring logs here.
    :raises DecisionLogRefusedError: without a reason, or when it was taken back before.
    """
    initiative = locked(initiative.pk)
    must_keep_log(initiative, authority_of(actor, at))
    log = get_log(initiative, log_id)
    reason = _cleaned(reason)
    if blockers := [*blockers_to_take_back(reason, is_withdrawn=log.withdrawn_at is not None)]:
        raise DecisionLogRefusedError(*blockers)
    withdrawal = DecisionLogWithdrawal.objects.create(
        log_id=log.id,
        reason=seal(reason, person=actor),
        withdrawn_by=actor,
        withdrawn_key=actor.person_key,
        withdrawn_at=at,
    )
    record(
        Kind.DECISIONS_WITHDRAWN,
        actor=actor,
        subject=withdrawal,
        thread=initiative,
        at=at,
        data={"log": log.id, "sha256": log.sha256, "rows": log.row_count},
    )
    return withdrawal


@act
def export_decisions(*, actor: User, initiative: Initiative, rows: int, at: datetime) -> None:
    """Note that somebody took the decisions along as a file: whoever reads them may."""
    data = {"rows": rows}
    record(
        Kind.DECISIONS_EXPORTED,
        actor=actor,
        subject=initiative,
        thread=initiative,
        at=at,
        data=data,
    )


def _read(content: bytes, at: datetime) -> Sequence[Noted]:
    if len(content) > MOST_BYTES:
        most = f"The file is larger than {MOST_BYTES // 2**20} MB."
        raise DecisionLogRefusedError(
            Blocker("large", f"{most} Split it, by month for one.", "file")
        )
    reading = read_log(read_sheet(content), at=at, zone=home_zone())
    if reading.blockers:
        raise DecisionLogRefusedError(*reading.blockers)
    return reading.rows


def _store(log: DecisionLog, name: str, rows: Sequence[Noted], actor: User) -> None:
    log.name = seal(_name(name), person=actor)
    log.save()
    texts = (canonical({str(name): text for name, text in one.texts.items()}) for one in rows)
    sealed = seal_all((text.decode() for text in texts), person=actor)
    LoggedDecision.objects.bulk_create(
        LoggedDecision(
            log=log,
            line=one.line,
            decided_on=one.decided_on,
            decided_at=one.decided_at,
            share=one.share,
            is_overridden=one.is_overridden,
            sealed=words,
        )
        for one, words in zip(rows, sealed, strict=True)
    )


def _cleaned(reason: str) -> str:
    try:
        return seen_text(clean_text(reason))
    except ValueError as broken:
        raise DecisionLogRefusedError(Blocker("broken", str(broken), "reason")) from broken


def _name(name: str) -> str:
    """Return the last part of a file's name, for people to tell logs apart."""
    try:
        return clean_name(PurePath(name.replace("\\", "/")).name)[:LONGEST_NAME] or UNNAMED
    except ValueError:
        return UNNAMED
