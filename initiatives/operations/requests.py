"""Asking for a copy of what a link leads to; the worker makes it."""

from datetime import datetime

from initiatives.models import CaptureRequest, Evidence, Initiative
from initiatives.queries.captures import capture_facts
from initiatives.queries.evidence import get_evidence, journalled
from initiatives.queries.initiatives import locked
from initiatives.queries.memberships import side_to_write_for
from initiatives.queries.targets import target_of
from initiatives.rules.captures import blockers_to_ask
from journal.acts import act, record
from journal.kinds import Kind
from kernel.refusals import RefusedError
from people.models import User
from people.queries import authority_of
from playbook.editions import current


class CaptureRefusedError(RefusedError):
    """No copy of this can be asked for, or not now."""


@act
def request_capture(
    *, actor: User, initiative: Initiative, evidence_id: int, at: datetime
) -> CaptureRequest:
    """Ask for a copy of what a link leads to, again or for the first time.

    :raises NotVisibleError, ForbiddenError: when the evidence is not the actor's to add to.
    :raises CaptureRefusedError: when it is no link, or there is a copy or will be in a moment.
    """
    initiative = locked(initiative.pk)
    evidence = get_evidence(initiative, evidence_id)
    target = target_of(current(), slot=evidence.slot, criterion=evidence.criterion)
    side_to_write_for(initiative, authority_of(actor, at), side=target.side)
    facts = capture_facts(evidence)
    if blockers := [*blockers_to_ask(facts)]:
        raise CaptureRefusedError(*blockers)
    return enter_request(evidence, actor=actor, at=at)


def enter_request(evidence: Evidence, *, actor: User, at: datetime) -> CaptureRequest:
    """Store the request inside the act that makes it."""
    request = CaptureRequest.objects.create(
        evidence=evidence, asked_by=actor, asked_key=actor.person_key, asked_at=at
    )
    record(
        Kind.COPY_REQUESTED,
        actor=actor,
        subject=request,
        thread=evidence.initiative,
        at=at,
        data=journalled(evidence),
    )
    return request
