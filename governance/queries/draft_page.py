"""A round in preparation: each criterion as it stands, and what keeps the round from being sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from governance.models import Proof
from governance.queries.gate_page import GateRounds
from governance.queries.independence import unfit_to_sign
from governance.queries.offers import CommitmentView, open_commitments
from governance.queries.rounds import facts_to_submit
from governance.queries.snapshots import Judged
from governance.queries.verdicts import Material, dated_evidence, ends, material, verdicts
from governance.rules.criteria import Verdict, lowest_axis, may_excuse, readiness
from governance.rules.lacking import Owed, lacking, owed
from governance.rules.rounds import SubmissionFacts, blockers_to_submit
from initiatives.choices import MemberRole
from initiatives.queries.days import home_day
from initiatives.queries.deferrals import calls_of
from initiatives.queries.memberships import members_of, part_among
from initiatives.queries.signed import content_of
from initiatives.rules.evidence import next_end
from initiatives.rules.memberships import Part
from initiatives.rules.values import plain_number
from kernel.refusals import Blocker
from people.choices import Side
from people.queries import seat_holders
from playbook.shapes import SIDES, Criterion, Slot

AXES = {
    "technical": "Technical",
    "workforce": "Workforce",
    "ethics": "Ethics",
    "change": "Change",
}


@dataclass(frozen=True, kw_only=True)
class Word:
    """What a person last said of a criterion."""

    is_met: bool
    value: str
    note: str
    by: str
    at: datetime
    valid_until: date | None


@dataclass(frozen=True, kw_only=True)
class Point:
    """One criterion in preparation: how it stands, how it is proved, and what can be done."""

    verdict: Verdict
    slots: tuple[tuple[Slot, bool], ...]
    word: Word | None
    may_attest: bool
    may_waive: bool
    call: Side | None

    @property
    def criterion(self) -> Criterion:
        return self.verdict.criterion

    @property
    def state(self) -> str:
        return self.verdict.state


class DraftPage(GateRounds):
    """What a round in preparation shows. Nine queries beyond the rounds."""

    def __init__(self, found: GateRounds, *, at: datetime, verdict: str = "") -> None:
        self.__dict__.update(found.__dict__)
        members = members_of(self.initiative)
        self.part: Part = part_among(members, self.authority)
        self.leads: Mapping[str, str] = {
            one.side: one.user.name for one in members if one.role == MemberRole.LEAD
        }
        content = content_of(self.initiative)
        known = material(content, self.round.gate, self.playbook)
        self.verdicts = verdicts(known, self.playbook.criteria_of(self.round.gate))
        self.dated = dated_evidence(content, self.round.gate, self.playbook)
        self.ends = ends(known, self.round.gate)
        self.seats = seat_holders(at)
        self.commitments: list[CommitmentView] = open_commitments(self.initiative, at)
        self.may_drive = self.authority.key_side is not None or any(
            one.role == MemberRole.LEAD and one.person_key == self.authority.person_key
            for one in members
        )
        self._calls = calls_of(self.initiative)
        self.points = tuple(self._point(one, known) for one in self.verdicts)
        self._lacking = lacking(self.playbook, self.verdicts, known.missing)
        self._at = at
        sender = str(self.authority.person_key) if self.may_drive else ""
        self._unfit = unfit_to_sign(self.round, self.seats, at=at, sender=sender)
        self._verdict = verdict

    @property
    def blockers(self) -> tuple[Blocker, ...]:
        """Every reason why the round cannot be sent now, but for what the form itself asks."""
        found = blockers_to_submit(self._facts)
        return tuple(one for one in found if one.code not in ("verdict", "not_yours"))

    @property
    def runs_out(self) -> date | None:
        """The last good day of what it would rest on, where that comes soon."""
        words = (one.word.valid_until for one in self.points if one.word)
        return next_end((*words, *(one.valid_until for one in self.dated)), home_day(self._at))

    @property
    def owed(self) -> tuple[Owed, ...]:
        """What each side still owes, in full, with who can bring it."""
        return owed(
            self._lacking,
            mine=() if self.initiative.is_over else self.part.own_sides,
            leads=self.leads,
            keys={side: seat.name for side, seat in self.seats.items()},
        )

    @property
    def other_blockers(self) -> tuple[Blocker, ...]:
        """What is in the way and is nobody's half: a key nobody holds, a pair that is not whole."""
        told = {
            f"criterion.{one.criterion.key}"
            for one in self.verdicts
            if one.criterion.proof != "computed"
        }
        return tuple(one for one in self.blockers if one.code not in told)

    @property
    def unled(self) -> tuple[Side, ...]:
        """The sides without a lead, for whoever may name one."""
        may_name = self.part.leads_side and not self.initiative.is_over
        return tuple(side for side in Side if side not in self.leads) if may_name else ()

    @property
    def ready(self) -> tuple[tuple[Side, int | None], ...]:
        return tuple((side, readiness(self.verdicts, side)) for side in Side)

    @property
    def weakest(self) -> tuple[str, int] | None:
        """The axis that is least ready, in words; an average would hide it."""
        found = lowest_axis(self.verdicts)
        return (AXES.get(found[0], found[0]), found[1]) if found else None

    @property
    def met(self) -> int:
        return sum(one.is_met for one in self.verdicts)

    @property
    def sides(self) -> tuple[tuple[str, tuple[Point, ...]], ...]:
        """The points by side, technology first; a side without any is left out."""
        found = (
            (side, tuple(one for one in self.points if one.criterion.side == side))
            for side in SIDES
        )
        return tuple(one for one in found if one[1])

    @property
    def _facts(self) -> SubmissionFacts:
        return facts_to_submit(
            self.round,
            known=Judged(verdicts=self.verdicts, dated=self.dated),
            may_submit=self.may_drive,
            seats=self.seats,
            open_hard=sum(one.is_hard for one in self.commitments),
            unfit=self._unfit,
            verdict=self._verdict,
            at=self._at,
        )

    def _point(self, one: Verdict, known: Material) -> Point:
        criterion = one.criterion
        is_told = criterion.proof == "attested" or one.is_excused
        proof = known.proofs.get(criterion.key) if is_told else None
        return Point(
            verdict=one,
            slots=tuple(
                (self.playbook.slot(key), known.is_complete(key)) for key in criterion.slots
            ),
            word=_word(proof, criterion) if proof else None,
            may_attest=criterion.proof == "attested"
            and self.part.may_edit(criterion.side)
            and not self.initiative.is_over,
            may_waive=self.may_drive
            and not one.is_met
            and may_excuse(self.gate, criterion)
            and not self.initiative.is_over,
            call=self._calls.get(criterion.key),
        )


def _word(proof: Proof, criterion: Criterion) -> Word:
    value = "" if proof.value is None else plain_number(proof.value)
    return Word(
        is_met=proof.is_met,
        value=f"{value} {criterion.unit}".strip() if value else "",
        note=proof.sealed.text or "",
        by=proof.by.name,
        at=proof.attested_at,
        valid_until=proof.valid_until,
    )
