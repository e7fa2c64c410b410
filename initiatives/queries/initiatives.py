"""One initiative in two voices: what each side brings, stage by stage."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from initiatives.choices import Stage, Standing
from initiatives.models import Initiative, Membership
from initiatives.queries.artefacts import SlotText, current_texts
from initiatives.queries.evidence import EvidenceView, by_slot, evidence_of
from initiatives.queries.facts import FactView, facts_of
from initiatives.queries.involvement import involvement_of
from initiatives.queries.memberships import leads_among, members_of, part_among
from initiatives.queries.rapid_reads import ReadLine, read_of
from initiatives.rules.artefacts import OpenFacts, is_open
from initiatives.rules.details import Details
from initiatives.rules.involvement import Involvement
from initiatives.rules.memberships import JOINT, Part
from initiatives.rules.proposals import INSTEAD, STATEMENT
from initiatives.rules.slots import EMPTY, blockers_to_complete
from journal.acts import hold_authority
from kernel.compiled import compiled
from kernel.refusals import Blocker
from people.choices import Side
from people.rules import Authority
from playbook.playbooks import Playbook
from playbook.shapes import Slot


@dataclass(frozen=True)
class SlotView:
    """A slot of the playbook, what stands in it, and what is missing."""

    slot: Slot
    text: SlotText | None
    evidence: tuple[EvidenceView, ...]
    missing: tuple[Blocker, ...]
    is_open: bool
    may_edit: bool

    @property
    def is_complete(self) -> bool:
        return not self.missing


@dataclass(frozen=True)
class StageVoices:
    """A stage: technology's contributions, people's, and what both make of them."""

    stage: Stage
    is_open: bool
    slots: tuple[SlotView, ...]

    @property
    def technology(self) -> tuple[SlotView, ...]:
        return self._of(Side.TECHNOLOGY)

    @property
    def people(self) -> tuple[SlotView, ...]:
        return self._of(Side.PEOPLE)

    @property
    def joint(self) -> tuple[SlotView, ...]:
        return self._of(JOINT)

    def _of(self, side: str) -> tuple[SlotView, ...]:
        return tuple(view for view in self.slots if view.slot.side == side)


@dataclass(frozen=True)
class InitiativePage:
    """Everything the page of an initiative shows of the initiative itself."""

    initiative: Initiative
    part: Part
    leads: Mapping[Side, Membership]
    members: tuple[Membership, ...]
    stages: tuple[StageVoices, ...]
    resume: tuple[SlotView, ...]
    evidence: tuple[EvidenceView, ...]
    facts: tuple[FactView, ...]
    involvement: Involvement

    @property
    def may_ask(self) -> bool:
        """Tell whether the reader speaks for a side here, while there is something to say."""
        return self.part.side is not None and not self.initiative.is_over

    @property
    def read(self) -> ReadLine | None:
        """The rapid read that it began with."""
        return read_of(self.initiative)

    @property
    def instead(self) -> str:
        """What both sides signed to do without AI, where they left it out."""
        if self.initiative.standing != Standing.NO_AI:
            return ""
        views = (view for stage in self.stages for view in stage.slots)
        texts = (view.text for view in views if view.slot.key == STATEMENT)
        return next((text.clean.value(INSTEAD) for text in texts if text and text.clean), "")

    @property
    def is_as_listed(self) -> bool:
        """Whether the problem stands here as a list told it: neither side has written it yet."""
        views = (view for stage in self.stages for view in stage.slots)
        return not any(view.text for view in views if view.slot.key == STATEMENT)


def locked(initiative_id: int) -> Initiative:
    """Return the initiative, held until the act ends: the first lock of every act on it.

    Before it comes the advisory lock on offices and playbook, in this order everywhere.
    """
    hold_authority()
    (initiative,) = _held(initiative_id)
    return initiative


@compiled
def _held(initiative_id: int) -> QuerySet[Initiative]:
    rows = Initiative.objects.select_for_update(of=("self",)).select_related("unit")
    return rows.filter(pk=initiative_id)


def details_of(initiative: Initiative) -> Details:
    """Return what is set now."""
    return Details(
        operating_model=initiative.operating_model,
        risk=initiative.risk_answers or None,
        planned_month=initiative.planned_month,
        budget_ask=initiative.budget_ask,
    )


def initiative_page(
    initiative: Initiative, *, authority: Authority, playbook: Playbook, on: date
) -> InitiativePage:
    """Return the page's content, in as many queries for three slots as for thirty.

    The initiative is one that `get_initiative` returned.
    """
    members = members_of(initiative)
    part = part_among(members, authority)
    evidence = evidence_of(initiative, on=on)
    shelf = _Shelf(initiative, part, playbook, current_texts(initiative), by_slot(evidence))
    return InitiativePage(
        initiative=initiative,
        part=part,
        leads=leads_among(members),
        members=tuple(members),
        stages=tuple(shelf.stage(stage) for stage in Stage),
        resume=shelf.views(tuple(slot for slot in playbook.slots if slot.stage is None)),
        evidence=evidence,
        facts=facts_of(initiative),
        involvement=involvement_of(initiative),
    )


def slot_view(
    initiative: Initiative, slot: Slot, *, part: Part, playbook: Playbook, on: date
) -> SlotView:
    """Return one slot as its own page shows it."""
    evidence = by_slot(evidence_of(initiative, on=on))
    shelf = _Shelf(initiative, part, playbook, current_texts(initiative), evidence)
    return shelf.views((slot,))[0]


@dataclass(frozen=True)
class _Shelf:
    """What was read once, to be laid out slot by slot."""

    initiative: Initiative
    part: Part
    playbook: Playbook
    texts: Mapping[str, SlotText]
    evidence: Mapping[str, tuple[EvidenceView, ...]]

    def stage(self, stage: Stage) -> StageVoices:
        return StageVoices(
            stage=stage,
            is_open=stage <= self.initiative.stage,
            slots=self.views(self.playbook.slots_of(stage)),
        )

    def views(self, slots: tuple[Slot, ...]) -> tuple[SlotView, ...]:
        return tuple(self._view(slot) for slot in slots)

    def _view(self, slot: Slot) -> SlotView:
        text = self.texts.get(slot.key)
        evidence = self.evidence.get(slot.key, ())
        open_now = is_open(OpenFacts(slot.stage, self.initiative.stage, self.initiative.standing))
        return SlotView(
            slot=slot,
            text=text,
            evidence=evidence,
            missing=tuple(
                blockers_to_complete(
                    slot,
                    (text and text.clean) or EMPTY,
                    playbook=self.playbook,
                    evidence=sum(not one.is_stale for one in evidence),
                )
            ),
            is_open=open_now,
            may_edit=open_now and self.part.may_edit(slot.side),
        )
