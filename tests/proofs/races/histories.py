"""The journal read again by the rules of docs/gates.md, one entry after the other.

Whatever was done at once must read as if one thing had come after the other: each entry must be
allowed by how everything stood after the entry before it. The product's own code judges nothing
here; what its rows say in the end is compared with what the journal tells.
"""

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field

from governance.models import Decline, GateSide, Passage, Recusal, Round, Signature
from governance.queries.standing import terms_in_force
from initiatives.choices import ENDED
from initiatives.models import Initiative
from journal.kinds import Kind
from journal.models import Entry
from people.choices import SIDE_OF_KEY
from people.models import OfficeTerm
from playbook.editions import current_digest

REVIEW = ("in_review", "escalated")
OPEN = ("draft", *REVIEW)
RESUME = "resume"
BODIES = ("round__snapshot__body", "intent__statement", "intent__terms_body", "server_signature")
CONTENT = {Kind.SLOT_SAVED, Kind.CRITERION_WAIVED, Kind.CRITERION_ATTESTED, Kind.EVIDENCE_ADDED}


@dataclass(frozen=True)
class Told:
    """One entry."""

    seq: int
    kind: str
    subject: int
    initiative: int
    data: dict


@dataclass
class Stand:
    """How everything stands, by what was told so far."""

    state: dict[int, str]
    gate: dict[int, str]
    of: dict[int, int]
    live: dict[int, dict[str, int]]
    terms: dict[int, str]
    standing: dict[int, str]
    held: dict[int, str]
    edition: str
    revoked: set[int] = field(default_factory=set)
    stolen: set[str] = field(default_factory=set)
    moved: set[int] = field(default_factory=set)  # rounds that must go back before anything else
    doomed: set[int] = field(default_factory=set)  # signatures that must be void before it
    let_pass: set[int] = field(default_factory=set)
    left: dict[int, set[str]] = field(default_factory=dict)  # who stepped back from which round
    named: dict[int, set[int]] = field(default_factory=dict)  # of which recusal, by delegation


def stand_now(at) -> Stand:
    """Return how everything stands, as its rows say."""
    rounds = [*Round.objects.all()]
    left: dict[int, set[str]] = {one.pk: set() for one in rounds}
    for one in Recusal.objects.all():
        left[one.round_id].add(str(one.person_key))
    live: dict[int, dict[str, int]] = {one.pk: {} for one in rounds}
    for side in GateSide.objects.exclude(live_signature=None):
        live[side.round_id][side.side] = side.live_signature_id
    terms = OfficeTerm.objects.held_at(at).filter(office__in=SIDE_OF_KEY)
    return Stand(
        state={one.pk: one.state for one in rounds},
        gate={one.pk: one.gate for one in rounds},
        of={one.pk: one.initiative_id for one in rounds},
        live=live,
        terms={one.pk: terms_in_force(one).digest for one in rounds if one.terms.exists()},
        standing=dict(Initiative.objects.values_list("pk", "standing")),
        held={one.pk: str(one.person_key) for one in terms},
        edition=current_digest(),
        left=left,
    )


@dataclass
class History:
    """A stretch of the journal, and what in it could not have been."""

    stand: Stand
    signatures: dict[int, Signature]
    declines: dict[int, int]  # which signature each is
    faults: list[str] = field(default_factory=list)

    def read(self, since: int) -> list[str]:
        """Read what was entered since, and hold the rows to it; return every fault."""
        for told in entries(since):
            READERS.get(told.kind, _ignore)(self, told)
        for round_ in sorted(self.stand.moved):
            if self.stand.state[round_] in REVIEW:
                self.say(f"I4 round {round_} is in review over what has changed")
        still = {pk for sides in self.stand.live.values() for pk in sides.values()}
        for pk in sorted(self.stand.doomed & still):
            self.say(f"I13 signature {pk} stands though its ground is gone")
        self._compare()
        return self.faults

    def say(self, fault: str) -> None:
        self.faults.append(fault)

    def must(self, fault: str, holds: bool) -> None:  # noqa: FBT001  # reads as a sentence
        if not holds:
            self.say(fault)

    def _compare(self) -> None:
        """Hold rounds, sides, standings and decisions to what was told of them."""
        rows = dict(Round.objects.values_list("pk", "state"))
        if rows != self.stand.state:
            self.say(f"I21 rounds stand {differing(rows, self.stand.state)}")
        live = {pk: {} for pk in rows}
        for side in GateSide.objects.exclude(live_signature=None):
            live[side.round_id][side.side] = side.live_signature_id
        if live != self.stand.live:
            self.say(f"I8 live signatures are {differing(live, self.stand.live)}")
        standing = dict(Initiative.objects.values_list("pk", "standing"))
        if standing != self.stand.standing:
            self.say(f"I16 initiatives stand {differing(standing, self.stand.standing)}")
        decided = set(Passage.objects.values_list("round_id", flat=True))
        passed = {pk for pk, state in self.stand.state.items() if state == "passed"}
        if decided != passed:
            self.say(f"I8 decided {decided}, but told to have passed {passed}")


def differing(found: dict, wanted: dict) -> str:
    keys = [key for key in {**found, **wanted} if found.get(key) != wanted.get(key)]
    return ", ".join(f"{key}: {found.get(key)}, not {wanted.get(key)}" for key in keys)


def entries(since: int) -> list[Told]:
    rows = Entry.objects.filter(seq__gt=since).order_by("seq")
    found = []
    for seq, kind, subject, thread, body in rows.values_list(
        "seq", "kind", "subject_id", "thread", "body"
    ):
        said = json.loads(bytes(body))["data"]
        initiative = int(thread.partition(":")[2] or 0)
        found.append(Told(seq, kind, int(subject) if subject.isdigit() else 0, initiative, said))
    return found


def history(stand: Stand) -> History:
    """Begin to read from how it stood."""
    rows = Signature.objects.select_related("intent", "round__snapshot", "delegation").defer(
        *BODIES
    )
    declines = Decline.objects.values_list("pk", "signature_id")
    return History(deepcopy(stand), {one.pk: one for one in rows}, dict(declines))


# --- what each kind of entry needs and does ------------------------------------------------
def _ignore(_history: History, _told: Told) -> None:
    """Nothing at a gate depends on it."""


def _opened(here: History, told: Told) -> None:
    stand, gate = here.stand, told.data["gate"]
    others = [pk for pk, of in stand.of.items() if of == told.initiative and stand.gate[pk] == gate]
    here.must(
        "I8 two rounds of one gate are open", not any(stand.state[pk] in OPEN for pk in others)
    )
    stand.state[told.subject], stand.gate[told.subject] = "draft", gate
    stand.of[told.subject], stand.live[told.subject] = told.initiative, {}
    stand.left[told.subject] = set()


def _submitted(here: History, told: Told) -> None:
    stand, round_ = here.stand, told.subject
    here.must(f"I9 round {round_} is sent", _is_moving(stand, round_))
    here.must(f"T3 round {round_} is sent twice", stand.state[round_] == "draft")
    stand.state[round_] = "in_review"
    stand.terms[round_] = Round.objects.get(pk=round_).terms.get(n=1).digest


def _is_moving(stand: Stand, round_: int) -> bool:
    """Tell whether anything may be signed there at all."""
    wanted = "paused" if stand.gate[round_] == RESUME else "active"
    return stand.standing[stand.of[round_]] == wanted


def _ground(here: History, pk: int, what: str) -> Signature:
    """Hold a signed act to everything it says it rests on."""
    stand, one = here.stand, here.signatures[pk]
    round_ = one.round_id
    here.must(f"I9 {what} while it does not move", _is_moving(stand, round_))
    here.must(f"I13 {what} on a round that is over", stand.state[round_] in REVIEW)
    here.must(f"I4 {what} over what has changed", round_ not in stand.moved)
    here.must(f"I3 {what} over another text", one.snapshot_digest == one.round.snapshot.digest)
    here.must(f"I3 {what} by another playbook", one.edition == stand.edition)
    here.must(f"I5 {what} by a revoked delegation", one.delegation_id not in stand.revoked)
    _judges(here, one, what)
    here.must(f"V9 {what} with what was stolen", str(one.person_key) not in stand.stolen)
    here.must(f"I7 {what} without presence", one.step_up["at"] > one.intent.made_at.isoformat())
    if one.side:
        here.must(f"I5 {what} without the office", one.term_id in stand.held)
        here.must(f"I3 {what} under other terms", one.terms_digest == stand.terms[round_])
    return one


def _judges(here: History, one: Signature, what: str) -> None:
    """Hold it to A1: not by who stepped back, and not by whom that person chose."""
    left, given = here.stand.left.get(one.round_id, set()), one.delegation
    here.must(f"A1 {what} by who stepped back", str(one.person_key) not in left)
    is_chosen = given is not None and given.recusal_id is None and str(given.by_key) in left
    here.must(f"A1 {what} by whom who stepped back had chosen", not is_chosen)


def _recused(here: History, told: Told) -> None:
    """Whoever stepped back leaves the round alone, and what their side signed is over."""
    row = Recusal.objects.get(pk=told.subject)
    round_, side = told.data["round"], told.data["side"]
    here.must("A1 somebody steps back twice", str(row.person_key) not in here.stand.left[round_])
    here.must("A1 somebody steps back too late", here.stand.state[round_] in REVIEW)
    here.stand.left[round_].add(str(row.person_key))
    here.stand.doomed |= {pk for at, pk in here.stand.live[round_].items() if at == side}


def _written(here: History, told: Told) -> None:
    if "recusal" in told.data:
        named = here.stand.named.setdefault(told.data["recusal"], set())
        here.must("A1 two are named in one place", not named)
        named.add(told.subject)


def _signed(here: History, told: Told) -> None:
    one = _ground(here, told.subject, f"signature {told.subject} is given")
    live = here.stand.live[one.round_id]
    here.must(f"I8 {one.side} signs twice", one.side not in live)
    people = {here.signatures[pk].person_key for pk in live.values()}
    here.must("I2 one person signs for both", one.person_key not in people)
    here.must("I13 a void signature signs", not here.stand.doomed & set(live.values()))
    live[one.side] = one.pk


def _offered(here: History, told: Told) -> None:
    round_ = told.data["round"]
    here.stand.terms[round_] = told.data["terms"]
    here.stand.doomed |= set(here.stand.live[round_].values())


def _voided(here: History, told: Told) -> None:
    pk = told.data["signature"]
    live = here.stand.live[told.data["round"]]
    if here.signatures[pk].act != "decline":
        here.must(f"I13 signature {pk} is void twice", live.get(told.data["side"]) == pk)
        live.pop(told.data["side"], None)
    here.stand.doomed.discard(pk)
    declined = here.signatures[pk].act == "decline"
    if declined and here.stand.state[told.data["round"]] == "escalated":
        here.stand.state[told.data["round"]] = "in_review"


def _closed(state: str, *starts: str) -> Callable[[History, Told], None]:
    def closed(here: History, told: Told) -> None:
        round_ = told.subject
        before = here.stand.state[round_]
        here.must(f"I14 round {round_} is {state} after it was {before}", before in starts)
        here.must(f"I13 round {round_} ends with a signature on it", not here.stand.live[round_])
        here.stand.state[round_] = state
        here.stand.moved.discard(round_)

    return closed


def _declined(here: History, told: Told) -> None:
    round_ = told.data["round"]
    one = _ground(here, here.declines[told.subject], "a decline is given")
    here.must("T7 a side declines what it signed", one.side not in here.stand.live[round_])
    here.stand.state[round_] = told.data["state"]
    wanted = "escalated" if here.stand.live[round_] else "declined"
    here.must(f"T7 a decline leads to {told.data['state']}", told.data["state"] == wanted)


def _moves(state: str, *starts: str) -> Callable[[History, Told], None]:
    def moved(here: History, told: Told) -> None:
        round_ = told.data["round"]
        before = here.stand.state[round_]
        here.must(f"round {round_} becomes {state} after it was {before}", before in starts)
        here.stand.state[round_] = state

    return moved


def _resolved(here: History, told: Told) -> None:
    stand, round_ = here.stand, told.data["round"]
    here.must("T15 the sponsor decides too late", stand.state[round_] == "escalated")
    if told.data["way"] == "go":
        stand.let_pass.add(round_)
    elif told.data["way"] == "kill":
        stand.state[round_] = "declined"
    stand.doomed |= set() if told.data["way"] == "go" else set(stand.live[round_].values())


def _passed(here: History, told: Told) -> None:
    stand, round_ = here.stand, told.data["round"]
    live = stand.live[round_]
    sides = 1 if round_ in stand.let_pass else 2
    here.must(f"I1 a gate passes on {sorted(live)}", len(live) == sides)
    here.must("I13 a gate passes on a void signature", not stand.doomed & set(live.values()))
    for pk in live.values():
        _ground(here, pk, f"a gate passes on signature {pk}")
    people = {here.signatures[pk].person_key for pk in live.values()}
    here.must("I2 a gate passes on one person", len(people) == len(live))
    here.must("I8 a gate passes twice", stand.state[round_] in REVIEW)
    stand.state[round_] = "passed"


def _changed(here: History, told: Told) -> None:
    before, after = told.data.get("changed", {}).get("standing", ("", ""))
    if after:
        standing = here.stand.standing[told.initiative]
        here.must(f"I16 it was {standing}, and told to be {before}", standing == before)
        here.must("it goes on after its end", standing not in ENDED or standing == "declined")
        here.stand.standing[told.initiative] = after


def _paused(here: History, told: Told) -> None:
    """A drill may become a stop in earnest: what was to end the drill is over then."""
    ours = [pk for pk, of in here.stand.of.items() if of == told.initiative]
    out = [pk for pk in ours if here.stand.gate[pk] == RESUME and here.stand.state[pk] in OPEN]
    here.must(f"K1 {out} would end a pause that was to end a drill", not out)


def _edited(here: History, told: Told) -> None:
    """Move the gates that the slot belongs to: those of the way out of a pause are its own."""
    ours = [pk for pk, of in here.stand.of.items() if of == told.initiative]
    is_out = told.data.get("slot", "").startswith(RESUME)
    _move(here, [pk for pk in ours if (here.stand.gate[pk] == RESUME) == is_out])


def _move(here: History, rounds: list[int]) -> None:
    here.stand.moved |= {pk for pk in rounds if here.stand.state[pk] in REVIEW}


def _office(here: History, told: Told) -> None:
    if told.data["office"] in SIDE_OF_KEY:
        _move(here, [*here.stand.state])
        if told.kind == Kind.OFFICE_LEFT:
            here.stand.held.pop(told.subject, None)
        else:
            here.stand.held[told.subject] = told.data["person"]
        people = [*here.stand.held.values()]
        here.must("I18 one person holds both keys", len(set(people)) == len(people))


def _adopted(here: History, told: Told) -> None:
    here.stand.edition = told.data["digest"]
    _move(here, [*here.stand.state])


def _doom(here: History, which: Callable[[Signature], bool]) -> None:
    """Let no signature of these stand any longer where nothing is decided yet."""
    undecided = [of for of, state in here.stand.state.items() if state in REVIEW]
    live = [pk for of in undecided for pk in here.stand.live[of].values()]
    here.stand.doomed |= {pk for pk in live if which(here.signatures[pk])}


def _revoked(here: History, told: Told) -> None:
    here.stand.revoked.add(told.data["delegation"])
    for named in here.stand.named.values():
        named.discard(told.data["delegation"])
    _doom(here, lambda one: one.delegation_id == told.data["delegation"])


def _stolen(here: History, told: Told) -> None:
    here.stand.stolen.add(told.data["person"])
    _doom(here, lambda one: str(one.person_key) == told.data["person"])


READERS: dict[str, Callable[[History, Told], None]] = {
    Kind.ROUND_OPENED: _opened,
    Kind.ROUND_SUBMITTED: _submitted,
    Kind.GATE_SIGNED: _signed,
    Kind.TERMS_PROPOSED: _offered,
    Kind.SIGNATURE_VOIDED: _voided,
    Kind.ROUND_RETURNED: _closed("returned", *REVIEW),
    Kind.ROUND_WITHDRAWN: _closed("withdrawn", *OPEN),
    Kind.ROUND_EXPIRED: _closed("expired", *REVIEW),
    Kind.GATE_DECLINED: _declined,
    Kind.DECLINE_TAKEN_BACK: _moves("in_review", "escalated", "in_review"),
    Kind.DECLINE_CONTESTED: _moves("escalated", "declined"),
    Kind.ROUND_ESCALATED: _moves("escalated", "in_review"),
    Kind.STALEMATE_RESOLVED: _resolved,
    Kind.GATE_PASSED: _passed,
    Kind.INITIATIVE_CHANGED: _changed,
    Kind.INITIATIVE_CLOSED: _changed,
    Kind.INITIATIVE_PAUSED: _paused,
    Kind.OFFICE_TAKEN: _office,
    Kind.OFFICE_LEFT: _office,
    Kind.EDITION_ADOPTED: _adopted,
    Kind.DELEGATION_REVOKED: _revoked,
    Kind.DELEGATION_WRITTEN: _written,
    Kind.RECUSED: _recused,
    Kind.MEANS_REPORTED: _stolen,
    **dict.fromkeys(CONTENT, _edited),
}
