"""How one initiative stands, and what may be done: written from docs/gates.md, not from the code.

Each `…_bars` names what forbids an act, by the word that a refusal is known by. Nothing here calls
a rule of the product.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.proofs.gate.pauses import Point, Stop
from tests.proofs.gate.working import HOURS, ZONE, after, last_second, worked

SIDES = ("technology", "people")
OTHER = {"technology": "people", "people": "technology"}
LEADS = {"petra": "people", "tariq": "technology"}
MEMBERS = {**LEADS, "max": "technology"}
REVIEW = ("in_review", "escalated")
OPEN = ("draft", *REVIEW)
OVER = ("closed", "declined", "completed", "ended_early")
BACK = {"back_to_stage_1": 1, "back_to_stage_2": 2, "back_to_stage_3": 3}
WAYS = ("go_on", *BACK, "completed", "ended_early")
ANSWER_DAYS = {"1": 5, "2": 10, "3": 5, "4": 10}
FIVE_MINUTES, TWENTY_SECONDS = timedelta(minutes=5), timedelta(seconds=20)


@dataclass
class Lent:
    """Somebody may sign in a holder's place; by the sponsor for one round, if `round` says so."""

    side: str
    by: str
    to: str
    term: int
    starts: datetime
    ends: datetime
    gates: tuple[str, ...]
    pk: int = 0
    answer: bool | None = None
    is_revoked: bool = False
    round: "Round | None" = None
    taken_on: datetime | None = None

    @property
    def is_done(self) -> bool:
        """Whether the one round it was for waits for no signature any more."""
        return self.round is not None and self.round.state not in (*REVIEW, "declined")


@dataclass
class Signed:
    """An approval, or a decline."""

    pk: int
    side: str
    by: str
    term: int
    lent: Lent | None
    is_live: bool = True


@dataclass
class Decline:
    """A side said no."""

    pk: int
    signed: Signed
    at: datetime
    is_final: bool
    contested_at: datetime | None = None


@dataclass
class Owed:
    """A condition that both signed."""

    gate: str
    kind: str
    due: date
    on_breach: str
    asked_by: str
    is_closed: bool = False
    is_breached: bool = False


@dataclass
class Round:
    """One attempt at one gate."""

    gate: str
    n: int
    pk: int = 0
    state: str = "draft"
    reason: str = ""
    sent_at: datetime | None = None
    sender: str = ""
    frozen: tuple = ()
    terms: int = 0
    conditions: list[Owed] = field(default_factory=list)
    verdict: str = ""
    signed: list[Signed] = field(default_factory=list)
    declines: list[Decline] = field(default_factory=list)
    asked_by: str = ""
    asked_of_sponsor: tuple[str, datetime] | None = None
    stated: set[tuple] = field(default_factory=set)
    reminded: set[tuple[str, int]] = field(default_factory=set)
    is_resolved: bool = False
    sent_in_pause: datetime | None = None
    left: dict[str, str] = field(default_factory=dict)  # who stepped back, of which side

    @property
    def live(self) -> dict[str, Signed]:
        return {one.side: one for one in self.signed if one.is_live}

    @property
    def decline(self) -> Decline | None:
        """The no that stands."""
        return next((one for one in reversed(self.declines) if one.signed.is_live), None)

    def dispute(self) -> tuple[str, datetime] | None:
        """Who does not agree, since when: what the sponsor is asked about."""
        no = self.decline
        return (no.signed.side, no.contested_at or no.at) if no else self.asked_of_sponsor


@dataclass
class Model:
    """The initiative, its rounds, and who holds the keys."""

    at: datetime
    stage: int = 1
    standing: str = "active"
    is_strict: bool = False
    is_fast: bool = False
    edits: int = 0
    words: dict[str, int] = field(default_factory=dict)
    writers: set[str] = field(default_factory=set)
    signed_off: dict[str, set[str]] = field(default_factory=dict)
    holders: dict[str, str] = field(default_factory=dict)
    terms_of_office: dict[str, int] = field(default_factory=dict)
    rounds: list[Round] = field(default_factory=list)
    passed: set[str] = field(default_factory=set)
    stops: list[Stop] = field(default_factory=list)
    lent: list[Lent] = field(default_factory=list)
    owed: list[Owed] = field(default_factory=list)
    points: dict[str, Point] = field(default_factory=dict)
    ready: set[str] = field(default_factory=set)
    stolen: dict[str, datetime] = field(default_factory=dict)

    # --- how things stand -----------------------------------------------------------------
    @property
    def is_over(self) -> bool:
        return self.standing in OVER

    @property
    def is_paused(self) -> bool:
        return self.standing == "paused"

    @property
    def is_drill(self) -> bool:
        return self.is_paused and self.stops[-1].is_drill

    @property
    def today(self) -> date:
        return self.at.astimezone(ZoneInfo("UTC")).date()

    @property
    def home_day(self) -> date:
        return self.at.astimezone(ZONE).date()

    def content(self, gate: str) -> tuple:
        """What a round of `gate` would freeze now."""
        seats = ((side, self.holders[side], self.terms_of_office[side]) for side in self.holders)
        edits, words = self.edits if gate != "resume" else 0, self.words.get(gate, 0)
        return edits, words, self.round_before(gate), *sorted(seats)

    def round_before(self, gate: str) -> int:
        """Return which round the gate before was passed by; 0 for none that still counts."""
        before = "" if gate == "resume" else str(int(gate) - 1)
        found = [one.n for one in self.rounds_in("passed") if one.gate == before]
        return max(found) if before in self.passed else 0

    def rounds_in(self, *states: str) -> list[Round]:
        return [one for one in self.rounds if one.state in states]

    def key_of(self, who: str) -> str:
        return next((side for side, holder in self.holders.items() if holder == who), "")

    def may_drive(self, who: str) -> bool:
        return who in LEADS or bool(self.key_of(who))

    def may_write(self, who: str) -> bool:
        """Tell whether somebody writes for Technology here, whose slot is edited."""
        side = MEMBERS.get(who) or self.key_of(who)
        return side == "technology"

    def is_bound(self, one: Lent) -> bool:
        """Tell whether a delegation was taken on and still rests on the office."""
        holds = self.terms_of_office.get(one.side) == one.term and one.side in self.holders
        return one.answer is True and not one.is_revoked and holds

    def is_in_force(self, one: Lent) -> bool:
        return self.is_bound(one) and one.starts <= self.at < one.ends

    def stands_in(self, who: str, round_: Round) -> Lent | None:
        """Return by what somebody would sign in a holder's place; as a substitute first."""
        found = [
            one
            for one in self.lent
            if one.to == who and self.is_in_force(one) and self.reaches(one, round_)
        ]
        return min(found, key=lambda one: one.round is None, default=None)

    def reaches(self, one: Lent, round_: Round) -> bool:
        return one.round in (None, round_) and (not one.gates or round_.gate in one.gates)

    def stand_in_bars(self, one: Lent, round_: Round) -> set[str]:
        bars = set()
        if not self.is_in_force(one) or not self.reaches(one, round_):
            bars |= {"authority"}
        elif one.round is None and one.by in round_.left:
            bars |= {"recused"}
        if one.to == "cleo":
            bars |= {"sponsor"}
        if MEMBERS.get(one.to, one.side) != one.side:
            bars |= {"other_side"}
        if round_.sender == one.to or one.to in self.writers:
            bars |= {"own_work"}
        return bars

    def speaks(self, who: str, round_: Round) -> tuple[str, Lent | None, set[str]]:
        """Return the side somebody acts for, by what delegation, and what bars it."""
        left = {"recused"} if who in round_.left else set()
        if side := self.key_of(who):
            return side, None, left
        lent = self.stands_in(who, round_)
        if lent is None:
            return "", None, set()
        return lent.side, lent, left | self.stand_in_bars(lent, round_)

    def side_of(self, who: str, round_: Round) -> str:
        side, _, bars = self.speaks(who, round_)
        return "" if bars else side

    def is_barred_by_work(self, who: str, sender: str) -> bool:
        return self.is_strict and (who == sender or who in self.writers)

    def stale(self, round_: Round) -> set[str]:
        point = self.points.get(round_.gate)
        return point.stale(self.home_day) if point else set()

    def has_run_out(self, round_: Round) -> bool:
        return round_.sent_at is not None and self.at >= round_.sent_at + timedelta(days=30)

    # --- what forbids an act --------------------------------------------------------------
    def open_bars(self, gate: str, who: str) -> set[str]:
        """T1."""
        bars = set() if self.may_drive(who) else {"not_yours"}
        if self.is_over:
            bars |= {"closed"}
        if any(one.gate == gate for one in self.rounds_in(*OPEN)):
            bars |= {"open_round"}
        if self.is_declined_for_good(gate):
            bars |= {"declined"}
        if gate == "resume":
            return bars if self.is_paused else bars | {"not_paused"}
        return bars | self.order_bars(gate)

    def order_bars(self, gate: str) -> set[str]:
        """I9, I10."""
        bars = {"paused"} if self.is_paused else set()
        if gate != str(self.stage):
            bars |= {"stage"}
        if gate != "1" and str(int(gate) - 1) not in self.passed:
            bars |= {"previous"}
        if gate in self.passed:
            bars |= {"passed"}
        return bars

    def is_declined_for_good(self, gate: str) -> bool:
        closed = [one for one in self.rounds_in("declined") if one.gate == gate]
        return any(one.decline and one.decline.is_final for one in closed)

    def send_bars(self, round_: Round, who: str, verdict: str) -> set[str]:
        """T3."""
        bars = set() if round_.state == "draft" else {"state"}
        if not self.may_drive(who):
            bars |= {"not_yours"}
        if self.is_paused and round_.gate != "resume":
            bars |= {"paused"}
        bars |= {f"vacant.{side}" for side in SIDES if side not in self.holders}
        for sent in {who, round_.sender or who}:
            bars |= self.strict_bars(round_, sent)
        ends = round_.gate == "resume" and verdict != "go_on"
        if not ends and any(one.kind == "hard" and not one.is_closed for one in self.owed):
            bars |= {"hard_commitments"}
        if round_.gate == "resume" and not self.is_way(verdict):
            bars |= {"verdict"}
        if round_.gate not in self.ready:
            bars |= {"unready"}
        point = self.points.get(round_.gate)
        return bars | (point.bars(self.home_day) if point else set())

    def strict_bars(self, round_: Round, sender: str) -> set[str]:
        barred = [one for one in self.holders if self.is_barred_by_work(self.holders[one], sender)]
        return {f"strict.{one}" for one in barred if not self.has_other_signer(one, round_, sender)}

    def has_other_signer(self, side: str, round_: Round, sender: str) -> bool:
        return any(
            one.side == side
            and self.stands_in(one.to, round_) is not None
            and not self.stand_in_bars(one, round_)
            and not self.is_barred_by_work(one.to, sender)
            for one in self.lent
        )

    def is_way(self, way: str) -> bool:
        return way in WAYS and BACK.get(way, 0) < self.stage

    def round_bars(self, round_: Round) -> set[str]:
        """What keeps everybody from signing anything here (T4, T13, I9)."""
        bars = set() if round_.state in REVIEW and not self.has_run_out(round_) else {"state"}
        if self.is_paused and round_.gate != "resume":
            bars |= {"paused"}
        return bars | self.stale(round_)

    def approve_bars(self, round_: Round, side: str, who: str) -> set[str]:
        """T4."""
        bars = {"own_work"} if self.is_barred_by_work(who, round_.sender) else set()
        if side in round_.live:
            bars |= {"signed"}
        if any(one.by == who for name, one in round_.live.items() if name != side):
            bars |= {"same_person"}
        return bars

    def contest_bars(self, no: Decline, round_: Round, who: str) -> set[str]:
        """T7, and T1: no round of a gate that does not stand before it any more."""
        side = self.side_of(who, round_)
        bars = set() if side == OTHER[no.signed.side] else {"not_yours"}
        if round_.state != "declined":
            bars |= {"state"}
        if round_.is_resolved:
            bars |= {"resolved"}
        later = [one for one in self.rounds if one.gate == round_.gate and one.n > round_.n]
        if any(one.state in (*OPEN, "passed") for one in later):
            bars |= {"newer"}
        if self.at > last_second(no.at, 5):
            bars |= {"late"}
        if not self.is_before(round_):
            bars |= {"moved_on"}
        return bars

    def is_before(self, round_: Round) -> bool:
        """Tell whether the initiative still stands before the gate of a round that was declined."""
        no = round_.decline
        is_over = self.is_over and not (no and no.is_final and self.standing == "declined")
        if round_.gate != "resume":
            return not is_over and round_.gate == str(self.stage)
        lasting = self.stops[-1].since if self.stops and not self.stops[-1].until else None
        return not is_over and lasting is not None and lasting == round_.sent_in_pause

    def resolve_bars(self, round_: Round, way: str) -> set[str]:
        """T15, T16."""
        dispute = round_.dispute()
        if round_.state != "escalated" or dispute is None:
            return {"state"}
        if way == "hold":
            return {"paused"} if self.is_paused and not self.is_drill else set()
        return self.go_bars(round_, *dispute) if way == "go" else set()

    def go_bars(self, round_: Round, against: str, since: datetime) -> set[str]:
        """T16."""
        bars = self.stale(round_)
        if set(round_.live) - {"sponsor"} != {OTHER[against]}:
            bars |= {"one_side"}
        if any(one.lent and one.lent.round is round_ for one in round_.live.values()):
            bars |= {"named"}
        if self.is_paused:
            bars |= {"paused"}
        if self.is_empty(round_, against):
            bars |= {"empty"}
        if self.at < after(max(since, self.taken_on(round_, against) or since), 2):
            bars |= {"reply"}
        if self.at < since + timedelta(hours=24):
            bars |= {"cooling"}
        return bars

    def is_empty(self, round_: Round, side: str) -> bool:
        """A1: the holder stepped back, and nobody has taken on to sign there."""
        return self.holders.get(side) in round_.left and not any(
            one.round is round_ and one.side == side and not self.stand_in_bars(one, round_)
            for one in self.lent
        )

    def taken_on(self, round_: Round, side: str) -> datetime | None:
        found = [one for one in self.lent if one.round is round_ and one.side == side]
        return max((one.taken_on for one in found if one.taken_on), default=None)

    def lend_bars(self, who: str, to: str, days: tuple[date, date], wish: Lent) -> set[str]:
        """D-1, D-2."""
        first, last = days
        bars = {"past"} if first < self.home_day else set()
        if last < first:
            bars |= {"past" if first == self.home_day else "order"}
        if (last - first).days >= 90:
            bars |= {"long"}
        if bars:
            return bars
        side = self.key_of(who)
        if not side:
            bars |= {"not_yours"}
        return bars | self.delegate_bars(who, to, side, wish)

    def delegate_bars(self, who: str, to: str, side: str, wish: Lent) -> set[str]:
        bars = {"own"} if to == who else set()
        if to != who and self.key_of(to):
            bars |= {"other_key"}
        if to == "cleo":
            bars |= {"sponsor"}
        for one in self.lent:
            if not self.is_bound(one) or one.ends <= self.at or one.is_done:
                continue
            if not (one.starts < wish.ends and wish.starts < one.ends):
                continue
            meets = not one.gates or not wish.gates or set(one.gates) & set(wish.gates)
            if one.side == side and meets and one.round is wish.round:
                bars |= {"taken"}
            if one.side != side and one.to == to:
                bars |= {"other_side"}
        return bars

    # --- time -----------------------------------------------------------------------------
    def rests(self) -> list[tuple[datetime, datetime]]:
        return [(one.since, one.until or self.at) for one in self.stops if one.since < self.at]

    def percents(self, round_: Round) -> Iterator[tuple[str, int]]:
        """Yield how much of its time each side that has not signed has had (E1)."""
        days = ANSWER_DAYS.get(round_.gate, 0)
        allowed = (days // 2 if self.is_fast else days) * HOURS
        if self.is_paused or not allowed or round_.sent_at is None:
            return
        for side in self.holders:
            if side not in round_.live:
                yield side, worked(round_.sent_at, self.at, self.rests()) * 100 // allowed
