"""The initiative's own page, and its history."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from governance.queries.progress import gate_steps, page_verdicts
from governance.rules.criteria import Verdict
from governance.rules.lacking import Owed, lacking, owed
from governance.rules.rounds import RESUME
from initiatives.forms.artefacts import Registers
from initiatives.queries.days import home_day
from initiatives.queries.evidence import EvidenceView
from initiatives.queries.initiatives import InitiativePage, SlotView, StageVoices, initiative_page
from initiatives.queries.notes import note_of
from initiatives.queries.opportunities import scored_words
from initiatives.queries.questions import OpenQuestions, open_beside
from initiatives.queries.rows import Initiative
from initiatives.queries.targets import target_of
from initiatives.rules.balance import Input, balance, participation
from initiatives.rules.slots import EMPTY, CleanSlot
from initiatives.rules.success import Measure, measures_of
from initiatives.views.answering import answering
from initiatives.views.codes import of_initiative
from initiatives.views.contents import Shown, lead, shown
from initiatives.views.histories import CEREMONY, lines
from initiatives.views.rails import next_gate, rail
from initiatives.views.registers import currency
from initiatives.views.stops import stopping
from journal.clock import now
from journal.queries import history, opened
from kernel.numbers import whole_number
from kernel.pages import page
from kernel.refusals import NotVisibleError
from people.choices import Side
from people.http import Request
from people.queries import Seat, nameable, seat_holders
from playbook.editions import current
from playbook.playbooks import Playbook

RECENT, ON_A_PAGE = 6, 100


@dataclass(frozen=True)
class Brought:
    """A slot as a leaf shows it: what says most, and how much more there is."""

    view: SlotView
    lead: Shown | None
    more: int
    asked: int


@of_initiative
@require_safe
def initiative_detail(request: Request, initiative: Initiative) -> HttpResponse:
    at, book = now(), current()
    found = initiative_page(initiative, authority=request.authority, playbook=book, on=home_day(at))
    steps, gate = gate_steps(initiative), RESUME if initiative.is_paused else str(initiative.stage)
    verdicts = page_verdicts(found, gate, book)
    seats = seat_holders(at)
    shown_stage = found.stages[_stage(request, initiative) - 1]
    asked = open_beside(initiative)
    return page(
        request,
        "initiatives/initiatives/detail.html",
        {
            "initiative": initiative,
            "found": found,
            "steps": rail(initiative, steps, book),
            "next": next_gate(initiative, steps, verdicts, found.part, playbook=book, at=at),
            "owed": _owed(found, verdicts, seats, book),
            "unled": (unled := _unled(found)),
            "nameable": nameable(seats) if unled else [],
            "seats": [seats[side] for side in Side if side in seats],
            "success": _success(found, book),
            "stages": book.stages,
            "stage": book.stage(shown_stage.stage),
            "voices": _voices(shown_stage, asked),
            "resume": _brought(found.resume, asked) if initiative.is_paused else [],
            "asked": asked.total,
            "note": note_of(initiative),
            "evidence": _evidence(found, book),
            **answering(found, seats, request.authority),
            **_beside(found, book, at),
            **stopping(found, request.authority, at),
            "happened": lines(
                opened(history(initiative).exclude(kind__in=CEREMONY)[:RECENT]),
                book,
                known=_known(found, seats),
            ),
        },
        parts=("voices",),
    )


@of_initiative
@require_safe
def initiative_history(request: Request, initiative: Initiative) -> HttpResponse:
    rows = history(initiative)
    if (before := whole_number(request.GET.get("before", ""))) is not None:
        rows = rows.filter(seq__lt=before)
    entries = opened(rows[: ON_A_PAGE + 1])
    shown_entries = entries[:ON_A_PAGE]
    return page(
        request,
        "initiatives/initiatives/history.html",
        {
            "initiative": initiative,
            "lines": lines(shown_entries, current()),
            "next": f"?before={shown_entries[-1].seq}" if len(entries) > ON_A_PAGE else "",
        },
    )


def _beside(found: InitiativePage, playbook: Playbook, at: datetime) -> dict[str, object]:
    """Return what stands beside the two voices: who took part, scores, days, details."""
    initiative, inputs, names = found.initiative, _inputs(found), playbook.operating_models
    model = next((one.name for one in names if one.key == initiative.operating_model), "")
    return {
        "model": model or initiative.operating_model,
        "balance": balance(inputs, stage=initiative.stage),
        "participation": participation(inputs),
        "days": _days(found),
        "scored": scored_words(initiative, playbook, on=home_day(at)),
    }


def _voices(stage: StageVoices, asked: OpenQuestions) -> dict[str, list[Brought]]:
    return {
        "technology": _brought(stage.technology, asked),
        "people": _brought(stage.people, asked),
        "joint": _brought(stage.joint, asked),
    }


def _unled(found: InitiativePage) -> list[Side]:
    """Return the sides without a lead, for whoever may name one."""
    may_name = found.part.leads_side and not found.initiative.is_over
    return [side for side in Side if side not in found.leads] if may_name else []


def _owed(
    found: InitiativePage, verdicts: list[Verdict], seats: dict[Side, Seat], playbook: Playbook
) -> tuple[Owed, ...]:
    """Return what each half still owes the next gate; nothing of what has ended."""
    if found.initiative.is_over:
        return ()
    views = [*(view for stage in found.stages for view in stage.slots), *found.resume]
    missing = {view.slot.key: view.missing for view in views}
    return owed(
        lacking(playbook, verdicts, lambda key: missing.get(key, ())),
        mine=found.part.own_sides,
        leads={side: lead.user.name for side, lead in found.leads.items()},
        keys={side: seat.name for side, seat in seats.items()},
    )


def _stage(request: Request, initiative: Initiative) -> int:
    word = request.GET.get("stage", "")
    return int(word) if word in {"1", "2", "3", "4"} else initiative.stage


def _brought(views: tuple[SlotView, ...], asked: OpenQuestions) -> list[Brought]:
    return [_one_brought(view, asked.beside.get(view.slot.key, 0)) for view in views]


def _one_brought(view: SlotView, asked: int) -> Brought:
    clean = view.text.clean if view.text else None
    fields = shown(view.slot, clean, Registers()) if clean else []
    filled = sum(not one.is_empty for one in fields)
    return Brought(view, lead(fields), max(filled - 1, 0), asked)


def _inputs(found: InitiativePage) -> list[Input]:
    return [
        Input(
            side=view.slot.side,
            stage=int(stage.stage),
            author_side=view.text.side if view.text else None,
            is_complete=view.is_complete and view.text is not None,
        )
        for stage in found.stages
        for view in stage.slots
    ]


def _success(found: InitiativePage, playbook: Playbook) -> dict[str, object]:
    """Return the shared success statement: its texts and its measures."""
    views = [view for stage in found.stages for view in stage.slots]
    view = next((one for one in views if one.slot.key == playbook.success.slot), None)
    clean: CleanSlot = (view and view.text and view.text.clean) or EMPTY
    measures = measures_of(playbook, clean.rows(playbook.success.table))
    fields = shown(view.slot, clean, Registers()) if view else []
    return {
        "view": view,
        "texts": [one for one in fields if one.text],
        "measures": [_in_our_money(one) for one in measures],
    }


def _in_our_money(measure: Measure) -> Measure:
    """Return a measure whose unit, where the catalogue says only “currency”, is the currency."""
    return replace(measure, unit=currency()) if measure.unit == "currency" else measure


def _evidence(found: InitiativePage, playbook: Playbook) -> list[tuple[EvidenceView, bool]]:
    """Return the evidence, each with whether this person may take it back."""
    return [(one, found.part.may_edit(_side_of(one, playbook))) for one in found.evidence]


def _side_of(one: EvidenceView, playbook: Playbook) -> str:
    """Return whose evidence it is; nobody's once the playbook no longer asks for it."""
    try:
        return target_of(playbook, slot=one.slot, criterion=one.criterion).side
    except NotVisibleError:
        return ""


def _known(found: InitiativePage, seats: dict[Side, Seat]) -> dict[UUID, str]:
    """Return the names of those whom the page has met already."""
    views = [view for stage in found.stages for view in stage.slots]
    people = [
        found.initiative.proposed_by,
        *(one.user for one in found.members),
        *(seat.user for seat in seats.values()),
        *(view.text.author for view in views if view.text),
        *(one.added_by for one in found.evidence),
        *(fact.recorded_by for fact in found.facts if fact.recorded_by),
    ]
    return {person.person_key: person.name for person in people}


def _days(found: InitiativePage) -> list[tuple[int, str]]:
    """Return the marks of the line of days: people, facts and breaches."""
    begun = found.involvement.proposed_on
    marks = [
        ((fact.happened_on - begun).days, "breach" if fact.breach else "fact")
        for fact in found.facts
    ]
    if found.involvement.day is not None:
        marks.append((found.involvement.day, "people"))
    return marks
