"""Propose a change of who decides or by which rules: it waits for a second person (I19)."""

from datetime import datetime

from governance.choices import ChangeKind
from governance.models import Change
from governance.operations.editions import adopt_edition, is_adopted_by_two, was_adopted
from governance.queries.changes import is_proposed
from governance.queries.holdings import holding_facts
from governance.rules.changes import ProposalFacts, blockers_to_propose
from governance.rules.editions import ADOPTED
from governance.rules.holdings import blockers_to_hold
from journal.acts import act, change_authority, record, seal
from journal.kinds import Kind
from kernel.canonical import clean_name
from kernel.refusals import Blocker, RefusedError
from people.choices import Holding, Office
from people.models import OfficeTerm, User
from people.operations.offices import appoint, end_term
from people.operations.recovery import NO_MAILBOX, has_any_factor, reaches_mailbox
from people.operations.tenures import (
    is_ended_by_two,
    is_filled_by_two,
    title_blockers,
    why_not_appoint,
)
from people.queries import authority_of
from people.rules import latest_end
from playbook.playbooks import Playbook

ONLY_SPONSOR = Blocker(
    "sponsor", "Only the sponsor names an acting holder or a counter-signer.", "capacity"
)


class ChangeRefusedError(RefusedError):
    """This person cannot propose or answer this change, or not now."""


@act
def fill_office(
    *,
    actor: User,
    user: User,
    office: Office,
    title: str,
    reason: str,
    at: datetime,
    ends_at: datetime | None = None,
    capacity: Holding = Holding.SEAT,
) -> Change | None:
    """Let the first holder of an office begin; propose whoever comes after to a second person.

    The sponsor does none of it alone: what one administrator could do is proposed, too.

    :raises AppointmentRefusedError: when the first holder cannot begin now.
    :raises ChangeRefusedError: when the change cannot be proposed.
    """
    change_authority()
    takes_two = is_filled_by_two(office) or _proposes_only(actor, at)
    if capacity == Holding.SEAT and not takes_two:
        appoint(actor=actor, user=user, office=office, title=title, at=at, ends_at=ends_at)
        return None
    return propose_appointment(
        actor=actor,
        user=user,
        office=office,
        title=title,
        reason=reason,
        at=at,
        ends_at=ends_at,
        capacity=capacity,
    )


@act
def clear_office(*, actor: User, term: OfficeTerm, reason: str, at: datetime) -> Change | None:
    """End a term at once in a demonstration; elsewhere, or as the sponsor, propose it to another.

    :raises TermRefusedError: when it cannot end now.
    :raises ChangeRefusedError: when the change cannot be proposed.
    """
    change_authority()
    if is_ended_by_two() or _proposes_only(actor, at):
        return propose_ending(actor=actor, term=term, reason=reason, at=at)
    end_term(actor=actor, term=term, at=at)
    return None


@act
def propose_appointment(
    *,
    actor: User,
    user: User,
    office: Office,
    title: str,
    reason: str,
    at: datetime,
    ends_at: datetime | None = None,
    capacity: Holding = Holding.SEAT,
) -> Change:
    """Propose who takes up an office. It begins once a second person has confirmed it.

    An acting holder, or the counter-signer of one person with both titles, is the sponsor's to
    propose (D-5, D-6).

    :raises ChangeRefusedError: when the actor may not propose it, or it could not begin now.
    """
    change_authority()
    ends_at = ends_at or latest_end(office, at)
    stands_against = why_not_appoint(
        person_key=user.person_key, office=office, at=at, ends_at=ends_at, is_active=user.is_active
    )
    if blockers := [*stands_against, *title_blockers(title)]:
        raise ChangeRefusedError(*blockers)
    if capacity != Holding.SEAT and not authority_of(actor, at).is_sponsor:
        raise ChangeRefusedError(ONLY_SPONSOR)
    refuse_holding(user, office, capacity, ends_at, at=at)
    change = Change(kind=ChangeKind.APPOINTMENT, user=user, office=office, ends_at=ends_at)
    change.capacity = None if capacity == Holding.SEAT else capacity
    change.title = seal(clean_name(title), person=user)
    return _propose(change, actor=actor, reason=reason, at=at)


@act
def propose_ending(*, actor: User, term: OfficeTerm, reason: str, at: datetime) -> Change:
    """Propose that somebody who stays holds an office no longer.

    :raises ChangeRefusedError: when the actor may not propose it, or the term is over.
    """
    change_authority()
    if term.ends_at is not None and term.ends_at <= at:
        raise ChangeRefusedError(Blocker("over", "This term is over already."))
    change = Change(kind=ChangeKind.ENDING, user=term.user, term=term, office=term.office)
    return _propose(change, actor=actor, reason=reason, at=at)


@act
def propose_playbook(*, actor: User, playbook: Playbook, reason: str, at: datetime) -> Change:
    """Propose the bytes of an edition. Exactly these come in force, whatever the files say then.

    :raises ChangeRefusedError: when the actor may not propose it, or it was in force before.
    """
    change_authority()
    if was_adopted(playbook):
        raise ChangeRefusedError(Blocker("adopted", ADOPTED))
    change = Change(kind=ChangeKind.PLAYBOOK, digest=playbook.digest, bytes=playbook.bytes)
    return _propose(change, actor=actor, reason=reason, at=at)


@act
def adopt_or_propose(
    *, playbook: Playbook, actor: User, reason: str, at: datetime
) -> Change | None:
    """Put an edition in force in a demonstration; elsewhere propose it to a second person.

    :raises AdoptionRefusedError: when it cannot come in force.
    :raises ChangeRefusedError: when the change cannot be proposed.
    """
    change_authority()
    if is_adopted_by_two():
        return propose_playbook(actor=actor, playbook=playbook, reason=reason, at=at)
    adopt_edition(playbook=playbook, actor=actor, at=at)
    return None


@act
def propose_recovery(
    *, actor: User, user: User, reason: str, at: datetime, with_password: bool = False
) -> Change:
    """Ask that somebody who lost the second factor may sign in without, to enrol again.

    `with_password`: the person chooses a new password, too. So does whoever has none that works.

    :raises ChangeRefusedError: when the actor may not ask, it is about the actor, or the link to
        a new password would be read by others first.
    """
    change_authority()
    with_password = with_password or not user.has_usable_password()
    if not has_any_factor(user) and not with_password:
        text = "This person has no second factor to lose. Say so if it is the password."
        raise ChangeRefusedError(Blocker("none", text, "with_password"))
    if with_password and not reaches_mailbox():
        raise ChangeRefusedError(NO_MAILBOX)
    change = Change(kind=ChangeKind.RECOVERY, user=user, with_password=with_password or None)
    return _propose(change, actor=actor, reason=reason, at=at)


@act
def enter_proposal(change: Change, *, actor: User, reason: str, at: datetime) -> Change:
    """Write a proposal down that was judged where it began: `_propose`, and an invitation."""
    change.person_key = change.user.person_key if change.user else None
    change.proposed_by, change.proposed_key, change.proposed_at = actor, actor.person_key, at
    change.reason = seal(reason, person=actor)
    change.save()
    record(Kind.CHANGE_PROPOSED, actor=actor, subject=change, at=at, data=said_of(change))
    return change


def _propose(change: Change, *, actor: User, reason: str, at: datetime) -> Change:
    facts = ProposalFacts(
        kind=ChangeKind(change.kind),
        offices=authority_of(actor, at).offices,
        proposer=actor.person_key,
        concerned=change.user.person_key if change.user else None,
        is_proposed=is_proposed(change, at),
        reason=reason.strip(),
    )
    if blockers := [*blockers_to_propose(facts)]:
        raise ChangeRefusedError(*blockers)
    return enter_proposal(change, actor=actor, reason=reason.strip(), at=at)


def refuse_holding(
    user: User, office: Office, capacity: str | None, ends_at: datetime | None, *, at: datetime
) -> None:
    """Judge a key held otherwise than in office: when it is proposed, and again at the yes.

    :raises ChangeRefusedError: when it is no such case, or this is not the person for it.
    """
    facts = holding_facts(user, office, capacity or Holding.SEAT, ends_at=ends_at, at=at)
    if blockers := [*blockers_to_hold(facts)]:
        raise ChangeRefusedError(*blockers)


def said_of(change: Change) -> dict[str, str | int]:
    """Return what the entry names in the clear: kinds, keys and digests, nobody's words."""
    said: dict[str, str | int] = {
        "kind": change.kind,
        "person": str(change.person_key or ""),
        "office": change.office,
        "capacity": change.capacity or "",
        "digest": change.digest,
        "with_password": int(bool(change.with_password)),
    }
    return {"change": change.pk, **{key: value for key, value in said.items() if value}}


def _proposes_only(actor: User, at: datetime) -> bool:
    held = authority_of(actor, at)
    return held.is_sponsor and not held.is_administrator
