"""Starting an initiative: four fields, a number, one side's lead and the first version."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Max

from initiatives.choices import MemberRole, Stage
from initiatives.models import Initiative
from initiatives.operations.artefacts import Writing, write_version
from initiatives.operations.memberships import Seat, take_seat
from initiatives.queries.duplicates import Duplicate, likely_duplicates
from initiatives.queries.memberships import may_import, only_reads
from initiatives.queries.twins import initiative_of, one_proposal_at_a_time
from initiatives.rules.proposals import (
    LIMITS,
    STATEMENT,
    ProposalFacts,
    blockers_to_propose,
)
from initiatives.rules.slots import CleanSlot, SlotRefusedError, clean_slot
from journal.acts import act, hold_authority, record
from journal.kinds import Kind
from kernel.canonical import clean_text
from kernel.refusals import Blocker, RefusedError
from people.choices import Side
from people.models import User
from people.queries import authority_of
from playbook.editions import current
from playbook.shapes import Slot
from workforce.models import OrgUnit
from workforce.operations import NameRefusedError, add_unit


class ProposalRefusedError(RefusedError):
    """The proposal cannot start an initiative."""


class DuplicatesFoundError(ProposalRefusedError):
    """Others seem to be about the same problem: join one of them, or say why to go on."""

    def __init__(self, duplicates: Sequence[Duplicate]) -> None:
        """Carry the initiatives to choose from."""
        super().__init__(
            Blocker(
                "duplicates",
                "This looks like a problem that is here already. Join it, or say why yours is"
                " another one.",
                "reason",
            )
        )
        self.duplicates = tuple(duplicates)


class ProposedAlreadyError(ProposalRefusedError):
    """The same person proposed it in the same words before, and it is not over."""

    def __init__(self, code: str) -> None:
        """Carry the code of the initiative of the first time."""
        super().__init__(Blocker("proposed", f"You proposed this already: it is {code}."))
        self.code = code


@dataclass(frozen=True)
class Listing:
    """What a list that is brought in says besides: what it calls it, how far it claims to be."""

    reference: str = ""
    stage: Stage | None = None


@dataclass(frozen=True)
class _Proposal:
    clean: CleanSlot
    side: Side | None
    listing: Listing | None
    actor: User
    counterpart: User | None
    reason: str
    at: datetime


@act
def propose(
    *,
    actor: User,
    name: str,
    problem: str,
    affected: str,
    unit_name: str,
    side: Side | None,
    at: datetime,
    reason: str = "",
    counterpart: User | None = None,
    listing: Listing | None = None,
) -> Initiative:
    """Start an initiative; the actor leads `side`, and the counterpart (if named) the other.

    With a `listing` it comes from a list: no side has a lead yet, neither has written a word,
    and whoever brought the list has seen there what looks alike.

    :raises ProposalRefusedError: when a field is wrong or the actor is on no side.
    :raises ProposedAlreadyError: the second time, with the code of the first.
    :raises DuplicatesFoundError: when others look the same and no reason is given.
    """
    hold_authority()
    playbook = current()
    slot = playbook.slot(STATEMENT)
    typed = {"name": name, "problem": problem, "affected": affected}
    clean, reason = _clean(slot, typed, reason)
    side = Side(side) if side and listing is None else None
    proposal = _Proposal(clean, side, listing, actor, counterpart, reason, at)
    _judge(proposal)
    initiative = _create(proposal, _unit(actor, unit_name, at))
    for lead in _pair(proposal, initiative):
        take_seat(seat=lead, actor=actor, at=at)
    if listing is None:
        writing = Writing(slot=slot, clean=clean, author=actor)
        write_version(initiative=initiative, writing=writing, playbook=playbook, at=at)
    return initiative


def _clean(slot: Slot, typed: Mapping[str, str], reason: str) -> tuple[CleanSlot, str]:
    try:
        return clean_slot(slot, typed), clean_text(reason).strip()
    except SlotRefusedError as refused:
        raise ProposalRefusedError(*refused.blockers) from refused
    except ValueError as broken:
        raise ProposalRefusedError(Blocker("broken", str(broken), "reason")) from broken


def _judge(proposal: _Proposal) -> None:
    own = authority_of(proposal.actor, proposal.at)
    other = proposal.counterpart
    theirs = authority_of(other, proposal.at) if other else None
    texts = proposal.clean.texts
    facts = ProposalFacts(
        texts=texts,
        side=proposal.side,
        is_listed=proposal.listing is not None,
        may_import=may_import(own),
        key_side=own.key_side,
        only_reads=only_reads(own),
        has_counterpart=other is not None,
        counterpart_is_self=other is not None and other.person_key == own.person_key,
        counterpart_only_reads=theirs is not None and only_reads(theirs),
        counterpart_key_side=theirs.key_side if theirs else None,
        reason=proposal.reason,
    )
    if blockers := [*blockers_to_propose(facts)]:
        raise ProposalRefusedError(*blockers)
    one_proposal_at_a_time()
    if proposal.listing is None and (code := initiative_of(proposal.actor, texts)):
        raise ProposedAlreadyError(code)
    if not proposal.reason and proposal.listing is None:
        found = likely_duplicates(name=texts["name"], problem=texts["problem"])
        if found:
            raise DuplicatesFoundError(found)


def _unit(actor: User, unit_name: str, at: datetime) -> OrgUnit:
    try:
        return add_unit(actor=actor, name=unit_name, at=at)
    except NameRefusedError as refused:
        blockers = (replace(blocker, field="unit_name") for blocker in refused.blockers)
        raise ProposalRefusedError(*blockers) from refused


def _create(proposal: _Proposal, unit: OrgUnit) -> Initiative:
    at, listing = proposal.at, proposal.listing or Listing()
    initiative = Initiative(
        number=_next_number(),
        unit=unit,
        stage_since=at,
        standing_since=at,
        duplicate_reason=proposal.reason,
        reference=listing.reference,
        claimed_stage=listing.stage,
        proposed_by=proposal.actor,
        proposed_at=at,
    )
    initiative.describe(**{field: proposal.clean.texts.get(field, "") for field in LIMITS})
    initiative.save(force_insert=True)
    record(
        Kind.INITIATIVE_PROPOSED,
        actor=proposal.actor,
        subject=initiative,
        thread=initiative,
        at=at,
        data={"code": initiative.code, "unit": unit.name, "side": str(proposal.side or "")},
        private={"reason": proposal.reason} if proposal.reason else {},
    )
    return initiative


def _pair(proposal: _Proposal, initiative: Initiative) -> Iterator[Seat]:
    if proposal.side is None:
        return
    yield Seat(initiative, proposal.actor, proposal.side, MemberRole.LEAD)
    if proposal.counterpart is not None:
        other = Side.PEOPLE if proposal.side == Side.TECHNOLOGY else Side.TECHNOLOGY
        yield Seat(initiative, proposal.counterpart, other, MemberRole.LEAD)


def _next_number() -> int:
    """Return the next number: one at a time, so that there is never a gap."""
    last = Initiative.objects.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
