"""What lies on the desk of whoever fills in one half: the slots and points that are open there."""

from collections.abc import Sequence
from dataclasses import dataclass

from governance.operations.halves import GivenWord, Half, Source
from governance.queries.progress import page_verdicts
from governance.rules.lacking import LackingHalf, half_of, lacking
from governance.rules.rounds import RESUME
from initiatives.forms.halves import SlotSection, version_field
from initiatives.operations.contributions import Clash, Contribution
from initiatives.queries.artefacts import SlotText
from initiatives.queries.days import home_day
from initiatives.queries.initiatives import InitiativePage, SlotView, initiative_page
from initiatives.queries.rows import Initiative
from initiatives.rules.memberships import Part
from initiatives.rules.slots import EMPTY, starting_content
from initiatives.views.askings import askings
from initiatives.views.comparisons import Pairs, pairs, taken
from initiatives.views.registers import registers_for
from journal.clock import now
from kernel.refusals import Blocker, RefusedError
from people.http import Request
from playbook.editions import current
from playbook.playbooks import Playbook
from playbook.shapes import Gate

WORDS = {"technology": "Technology", "people": "People", "joint": "What both bring together"}


@dataclass
class Filling:
    """One slot on the page: what stands in it, its inputs, and the other text when two wrote."""

    view: SlotView
    section: SlotSection
    takes: list[str]
    theirs: SlotText | None = None
    pairs: Pairs | None = None

    @property
    def prefix(self) -> str:
        """What stands before the key of a field where several slots share a page."""
        return f"{self.view.slot.key}."

    @property
    def own_takes(self) -> list[str]:
        """The fields of which the other text was chosen, for the next time they are sent."""
        return [word for word in self.takes if word.startswith(self.prefix)]


class Desk:
    """One half of one initiative, as it was asked for or as it was sent."""

    def __init__(self, request: Request, initiative: Initiative, side: str) -> None:
        self.request = request
        self.initiative = initiative
        self.side = side
        self.word = WORDS[side]
        self.general: list[str] = []
        self._book: Playbook = current()
        self._found = self._page()
        self.gate: Gate = self._book.gate(RESUME if initiative.is_paused else str(initiative.stage))
        self.lacks: LackingHalf = half_of(self._lacking(self._found), side)
        self._sent = request.POST if request.method == "POST" else None
        self.fillings = self._fillings()
        self.askings = askings(self._book.criteria_of(self.gate.key), self.lacks, self._sent)

    @property
    def part(self) -> Part:
        return self._found.part

    @property
    def is_valid(self) -> bool:
        """Whether every word that was given is whole; the slots are judged when they are saved."""
        # A list, so that every form says what is wrong with it.
        return all([one.form.is_valid() for one in self.askings if one.form.is_bound])  # noqa: C419  # see above

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Every reason why nothing was saved, with its place on the page."""
        found = [("", message) for message in self.general]
        found += [
            (anchor, f"{filling.view.slot.label}: {message}")
            for filling in self.fillings
            for anchor, message in filling.section.problems
        ]
        for asking in self.askings:
            for bound in asking.form:
                found += [(bound.auto_id, f"{bound.label} {message}") for message in bound.errors]
        return found

    @property
    def half(self) -> Half:
        """What was typed, as the operation takes it."""
        return Half(
            contributions=[_contribution(one) for one in self.fillings],
            sources=[
                Source(name=line.name, slot=one.view.slot.key, text=line.text)
                for one in self.fillings
                for line in one.section.sources
                if line.text.strip()
            ],
            words=[
                GivenWord(name=one.name, criterion=one.criterion.key, **one.form.answer)
                for one in self.askings
                if one.form.is_bound
            ],
        )

    def compare(self, clashes: Sequence[Clash]) -> None:
        """Lay both texts side by side; the next save is made from the one that stands now."""
        found = {clash.slot.key: clash for clash in clashes}
        for one in self.fillings:
            if clash := found.get(one.view.slot.key):
                one.theirs, one.takes = clash.current, []
                one.section.version = clash.current.n if clash.current else 0
                one.pairs = pairs(clash.slot, clash.current, clash.mine)

    def refuse(self, refusal: RefusedError) -> None:
        """Show each reason where it was typed, or above everything when it is about all of it."""
        self.general += [it.message for it in refusal.blockers if not it.field]
        for one in self.fillings:
            own = [
                Blocker(it.code, it.message, it.field.removeprefix(one.prefix))
                for it in refusal.blockers
                if it.field.startswith((one.prefix, f"source-{one.view.slot.key}-"))
            ]
            one.section.refuse(own)
        for asking in self.askings:
            for it in refusal.blockers:
                name, _, key = it.field.partition(".")
                if name == asking.name:
                    asking.form.add_error(key if key in asking.form.fields else None, it.message)

    def lacking_now(self) -> tuple[LackingHalf, ...]:
        """Return what every half lacks after the save."""
        return self._lacking(self._page())

    def _page(self) -> InitiativePage:
        return initiative_page(
            self.initiative,
            authority=self.request.authority,
            playbook=self._book,
            on=home_day(now()),
        )

    def _lacking(self, found: InitiativePage) -> tuple[LackingHalf, ...]:
        gate = RESUME if self.initiative.is_paused else str(self.initiative.stage)
        missing = {view.slot.key: view.missing for view in _views(found)}
        return lacking(
            self._book,
            page_verdicts(found, gate, self._book),
            lambda key: missing.get(key, ()),
        )

    def _fillings(self) -> list[Filling]:
        """Return the slots on the page: those that lack something, or those that were sent."""
        keys = {one.slot.key for one in self.lacks.slots}
        views = [
            view
            for view in _views(self._found)
            if view.may_edit
            and view.slot.side == self.side
            and (
                version_field(view.slot) in self._sent
                if self._sent is not None
                else view.slot.key in keys
            )
        ]
        registers = registers_for(*(view.slot for view in views))
        grows = self._sent.get("add", "") if self._sent is not None else ""
        return [
            Filling(
                view=view,
                section=SlotSection(
                    view.slot,
                    self._sent,
                    clean=(view.text.clean if view.text else None)
                    or (
                        EMPTY
                        if view.text
                        else starting_content(
                            view.slot, self._book, statement=self._found.initiative.statement
                        )
                    ),
                    version=view.text.n if view.text else 0,
                    missing=view.missing,
                    sources=_sources(view),
                    registers=registers,
                    grows=grows,
                ),
                takes=self._sent.getlist("take") if self._sent is not None else [],
            )
            for view in views
        ]


def _views(found: InitiativePage) -> list[SlotView]:
    return [*(view for stage in found.stages for view in stage.slots), *found.resume]


def _sources(view: SlotView) -> int:
    """Return how many pieces of evidence the slot still needs."""
    wanted = view.slot.evidence_field
    standing = sum(not one.is_stale for one in view.evidence)
    return max(wanted.min_items - standing, 0) if wanted else 0


def _contribution(one: Filling) -> Contribution:
    slot = one.view.slot
    wanted = [word.removeprefix(one.prefix) for word in one.own_takes]
    there = one.view.text.clean if one.view.text else None
    return Contribution(
        slot=slot.key,
        raw=one.section.form.raw() | taken(slot, there, wanted),
        expected_version=one.section.version,
    )
