"""What has happened to an initiative, as lines that a person can read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from initiatives.choices import EvidenceKind, FactKind, MemberRole
from initiatives.queries.questions import target_label
from journal.kinds import Kind
from journal.queries import Happened
from people.choices import Side
from people.queries import people_by_key
from playbook.playbooks import Playbook

VERBS: Mapping[Kind, str] = {
    Kind.INITIATIVE_PROPOSED: "proposed it",
    Kind.COPY_REQUESTED: "asked for a copy of a link",
    Kind.COPY_KEPT: "kept a copy of a link",
    Kind.COPY_MISSED: "could make no copy of a link",
    Kind.DECISIONS_BROUGHT: "brought a log of decisions that the AI took part in",
    Kind.DECISIONS_WITHDRAWN: "took back a log of decisions that the AI took part in",
    Kind.DECISIONS_EXPORTED: "exported the decisions that the AI took part in",
    Kind.NOTE_USED: "began it with early thinking",
    Kind.RAPID_READ_USED: "began it with a rapid read",
    Kind.ROW_IMPORTED: "brought it in from a list",
    Kind.INITIATIVE_CHANGED: "changed the details",
    Kind.INITIATIVE_CLOSED: "closed it",
    Kind.INITIATIVE_PAUSED: "paused it",
    Kind.INITIATIVE_RESUMED: "let it go on",
    Kind.STAGE_RETURNED: "sent it back",
    Kind.PAUSE_RULED: "decided as sponsor how the pause ends",
    Kind.INITIATIVE_ROLLED_BACK: "rolled it back",
    Kind.STANDSTILL_NOTED: "said that everything stands still",
    Kind.CRITERION_WAIVED: "put it to both sides to waive a point",
    Kind.CRITERION_ATTESTED: "confirmed what the gate asks for",
    Kind.ROUND_OPENED: "began to prepare",
    Kind.ROUND_SUBMITTED: "sent it for signature",
    Kind.ROUND_RETURNED: "caused it to go back",
    Kind.ROUND_WITHDRAWN: "took it back from signature",
    Kind.TERMS_PROPOSED: "proposed conditions",
    Kind.SIGNING_BEGUN: "began to sign",
    Kind.ANSWER_REMINDED: "reminded of an answer",
    Kind.ROUND_ESCALATED: "put it before the sponsor",
    Kind.DISSENT_STATED: "stated a dissent",
    Kind.STALEMATE_RESOLVED: "decided where the sides did not agree",
    Kind.GATE_SIGNED: "signed",
    Kind.GATE_PASSED: "completed the second signature: passed",
    Kind.CHANGES_REQUESTED: "asked for changes",
    Kind.GATE_DECLINED: "declined",
    Kind.DECLINE_TAKEN_BACK: "took the decline back",
    Kind.DECLINE_CONTESTED: "contested the decline",
    Kind.RECUSED: "stepped back from judging it",
    Kind.SIGNATURE_WITHDRAWN: "withdrew a signature",
    Kind.SIGNATURE_VOIDED: "caused a signature to end",
    Kind.COMMITMENT_MADE: "made a commitment",
    Kind.COMMITMENT_CLOSED: "closed a commitment",
    Kind.COMMITMENT_BREACHED: "noted a condition that was not met in time",
    Kind.DISAGREEMENT_RAISED: "raised a disagreement",
    Kind.POSITION_STATED: "stated a position",
    Kind.DEADLINE_NAMED: "named a day to settle a disagreement by",
    Kind.DEADLINE_AGREED: "agreed to a day to settle a disagreement by",
    Kind.SETTLEMENT_OFFERED: "wrote down how a disagreement was settled",
    Kind.DISAGREEMENT_SETTLED: "settled a disagreement",
    Kind.DISAGREEMENT_TAKEN_BACK: "took a disagreement back",
    Kind.SCORES_REVEALED: "completed the scores: both sides shown",
    Kind.SCORING_OPENED: "let both sides score again",
    Kind.DIFFERENCE_DISCUSSED: "wrote down a talk about a wide difference",
    Kind.IDENTITY_PROVED: "confirmed who they are",
    Kind.IDENTITY_REFUSED: "could not confirm who they are",
    Kind.ACT_REFUSED: "was refused an act",
}
CEREMONY = (Kind.SIGNING_BEGUN, Kind.IDENTITY_PROVED)
"""The steps to a signature: in the whole history, and not among the latest news."""
SAYS: Mapping[Kind, str] = {
    Kind.QUESTION_ASKED: "asked about",
    Kind.QUESTION_ANSWERED: "answered about",
    Kind.QUESTION_CLOSED: "closed a question about",
    Kind.QUESTION_REOPENED: "opened a question again about",
    Kind.CALL_LEFT: "left to the other side",
    Kind.CALL_TAKEN_BACK: "took back for both sides",
}


@dataclass(frozen=True)
class Line:
    """One entry: when, who, for which side, what."""

    seq: int
    at: datetime
    name: str
    side: str
    title: str
    fingerprint: str


def lines(
    happenings: Sequence[Happened], playbook: Playbook, *, known: Mapping[UUID, str] | None = None
) -> list[Line]:
    """Return entries as lines, with the names of those who acted; `known` spares a query."""
    names = dict(known or {})
    keys = {one.actor_key for one in happenings if one.actor_key}
    keys |= {key for one in happenings if (key := _person(one.data))}
    if missing := keys - names.keys():
        names |= {key: person.name for key, person in people_by_key(missing).items()}
    return [_line(one, names, playbook) for one in happenings]


def _line(one: Happened, names: Mapping[UUID, str], playbook: Playbook) -> Line:
    name = names.get(one.actor_key, "") if one.actor_key else ""
    side = str(one.data.get("side", ""))
    return Line(
        seq=one.seq,
        at=one.at,
        name=name or ("Somebody" if one.actor_key else "The clock"),
        side=side if side in Side.values else "",
        title=_title(one, names, playbook),
        fingerprint=one.fingerprint,
    )


def _title(one: Happened, names: Mapping[UUID, str], playbook: Playbook) -> str:
    data = one.data
    match one.kind:
        case Kind.SLOT_SAVED:
            title = f"saved “{_slot(data, playbook)}”, version {data.get('n')}"
        case Kind.EVIDENCE_ADDED | Kind.EVIDENCE_WITHDRAWN:
            verb = "added" if one.kind == Kind.EVIDENCE_ADDED else "took back"
            title = f"{verb} evidence ({_label(EvidenceKind, data.get('kind')).lower()})"
        case Kind.FACT_RECORDED:
            breach = ", out of order" if data.get("breach") else ""
            title = f"recorded: {_label(FactKind, data.get('kind')).lower()}{breach}"
        case Kind.MEMBER_JOINED | Kind.MEMBER_LEFT:
            title = _member(one, names)
        case kind if kind in SAYS:
            title = f"{SAYS[kind]} {_place(data, playbook)}"
        case Kind.SCORES_GIVEN | Kind.PLACE_CHANGED:
            title = _ranked(one)
        case Kind.STAGE_ADVANCED:
            title = f"stage {data.get('to')} begins"
        case _:
            verb = VERBS.get(one.kind) or f"{one.title[:1].lower()}{one.title[1:]}"
            title = f"{verb}{_more(data)}"
    return title


def _ranked(one: Happened) -> str:
    if one.kind == Kind.SCORES_GIVEN:
        return f"scored: {one.data.get('given')} of {one.data.get('of')}"
    place = one.data.get("place")
    put = f"at place {place}" if place else "back where the scores put it"
    return f"put it {put} in the joint order"


def _member(one: Happened, names: Mapping[UUID, str]) -> str:
    key = _person(one.data)
    who = names.get(key, "somebody") if key else "somebody"
    role = _label(MemberRole, one.data.get("role")).lower()
    if key == one.actor_key:
        return f"joined as {role}" if one.kind == Kind.MEMBER_JOINED else "left"
    if one.kind == Kind.MEMBER_JOINED:
        return f"gave {who} the part of {role}"
    return f"ended the part of {who}"


def _more(data: Mapping[str, Any]) -> str:
    if data.get("exercise"):
        return " for a drill"
    if "drill" in data:
        return " in earnest, which ends the drill"
    if data.get("to") and not data.get("gate"):
        return f" to stage {data['to']}"
    gate = str(data.get("gate", ""))
    return f", gate {gate}" if gate.isdecimal() else ""


def _slot(data: Mapping[str, Any], playbook: Playbook) -> str:
    key = str(data.get("slot", ""))
    return playbook.slot(key).label if playbook.has_slot(key) else key


def _place(data: Mapping[str, Any], playbook: Playbook) -> str:
    slot, criterion = str(data.get("slot", "")), str(data.get("criterion", ""))
    return f"“{target_label(playbook, slot=slot, criterion=criterion)}”"


def _label(choices: Any, value: object) -> str:  # noqa: ANN401  any of the closed lists
    return str(choices(value).label) if value in choices.values else str(value or "")


def _person(data: Mapping[str, Any]) -> UUID | None:
    word = data.get("person")
    try:
        return UUID(word) if isinstance(word, str) else None
    except ValueError:
        return None
