"""What follows from an act that was allowed, as docs/gates.md tells it."""

from datetime import timedelta

from tests.proofs.gate.model import (
    BACK,
    OPEN,
    OTHER,
    REVIEW,
    Decline,
    Lent,
    Model,
    Owed,
    Round,
    Signed,
)
from tests.proofs.gate.pauses import Stop

STAGES = {"1": 2, "2": 3, "3": 4}


def open_round(m: Model, gate: str) -> Round:
    n = 1 + max((one.n for one in m.rounds if one.gate == gate), default=0)
    m.rounds.append(Round(gate=gate, n=n))
    return m.rounds[-1]


def close(round_: Round, state: str, reason: str = "") -> None:
    """V5: what was signed on it counts no more, unless it passed."""
    round_.state, round_.reason = state, reason
    if state != "passed":
        void(round_)


def void(round_: Round) -> None:
    for one in round_.signed:
        one.is_live = False


def send_back(m: Model, round_: Round, reason: str) -> None:
    close(round_, "returned", reason)
    open_round(m, round_.gate)


def send(m: Model, round_: Round, who: str, verdict: str) -> None:
    round_.state, round_.sent_at, round_.sender = "in_review", m.at, who
    round_.frozen, round_.terms, round_.verdict = m.content(round_.gate), 1, verdict
    if round_.gate == "resume":
        round_.sent_in_pause = m.stops[-1].since


def edit(m: Model, who: str, *, writes: bool = True) -> None:
    """T2, T10."""
    m.edits += 1
    if writes:
        m.writers.add(who)
    for one in m.rounds_in(*REVIEW):
        if one.gate != "resume":
            send_back(m, one, "content_changed")


def give_word(m: Model, gate: str) -> None:
    """C2, V4: another word for the point of one gate."""
    m.words[gate] = m.words.get(gate, 0) + 1
    for one in m.rounds_in(*REVIEW):
        if one.gate == gate:
            send_back(m, one, "content_changed")


def change_seat(m: Model, side: str, holder: str | None, term: int) -> None:
    """V7, and T10: the new name comes into the text."""
    if holder is None:
        del m.holders[side], m.terms_of_office[side]
    else:
        m.holders[side], m.terms_of_office[side] = holder, term
    for one in m.rounds_in(*REVIEW):
        send_back(m, one, "content_changed")


def sign(m: Model, round_: Round, signed: Signed) -> bool:
    """T4; True where it decides (T9)."""
    round_.signed.append(signed)
    if len(round_.live) < 2:
        return False
    passes(m, round_)
    return True


def offer(round_: Round, condition: Owed) -> None:
    """T5, V2."""
    void(round_)
    round_.terms += 1
    round_.conditions = [condition]


def passes(m: Model, round_: Round, *, against: str = "") -> None:
    """T9, T16."""
    close(round_, "passed")
    new = list(round_.conditions)
    point = m.points[round_.gate]
    if point.word == "waived":
        asked_by = "people" if point.side == "joint" else point.side
        new.append(Owed(round_.gate, "hard", point.until, "escalate", asked_by))
    if against:
        due = m.home_day + timedelta(days=30)
        new.append(Owed(round_.gate, "dated", due, "escalate", against))
    if round_.gate == "resume":
        leave(m, round_.verdict)
    else:
        m.signed_off[round_.gate] = m.signed_off.get(round_.gate, set()) | m.writers
        m.writers = set()
        m.passed.add(round_.gate)
        m.stage = STAGES[round_.gate]
        m.edits += 1  # the text of the next gate names this decision
    m.owed += new


def leave(m: Model, way: str) -> None:
    """K2, K3: the pause is over."""
    m.stops[-1].until = m.at
    if way == "go_on":
        m.standing = "active"
    elif way in BACK:
        roll_back(m, BACK[way])
    else:
        end(m, way)


def roll_back(m: Model, stage: int) -> None:
    end_rounds(m)
    m.standing, m.stage = "active", stage
    gone = {gate for gate in m.passed if int(gate) >= stage}
    m.passed -= gone
    m.writers = m.writers.union(*(m.signed_off.pop(gate) for gate in gone))
    for one in m.owed:
        one.is_closed |= one.gate in gone


def end(m: Model, standing: str) -> None:
    end_rounds(m)
    for one in m.owed:
        one.is_closed = True
    m.standing = standing


def end_rounds(m: Model) -> None:
    for one in m.rounds_in(*OPEN):
        close(one, "withdrawn")


def pause(m: Model, *, is_drill: bool = False) -> None:
    """K1, K3: in earnest it takes the place of a drill, and what was to end that is over."""
    if m.is_drill:
        m.stops[-1].until = m.at
        for one in m.rounds_in(*OPEN):
            if one.gate == "resume":
                close(one, "withdrawn")
    m.stops.append(Stop(m.at, is_drill))
    m.standing = "paused"


def decline(m: Model, round_: Round, no: Decline) -> None:
    """T7."""
    round_.declines.append(no)
    if round_.live:
        round_.state = "escalated"
        return
    close(round_, "declined")
    if no.is_final:
        end_rounds(m)
        m.standing = "declined"


def take_back(round_: Round, no: Decline) -> None:
    no.signed.is_live = False
    round_.state = "in_review"


def contest(m: Model, round_: Round, no: Decline) -> None:
    no.contested_at = m.at
    round_.state = "escalated"
    if m.standing == "declined":
        m.standing = "paused" if m.stops and not m.stops[-1].until else "active"
        if round_.frozen != m.content(round_.gate):  # T10: it changed while all was over
            send_back(m, round_, "content_changed")


def ask(m: Model, round_: Round, side: str) -> bool:
    """T6; True where it is the third time, and the sponsor is asked (T12)."""
    round_.asked_by = side
    before = 0
    for one in m.rounds:
        if one.gate != round_.gate or one.n >= round_.n:
            continue
        if one.state == "passed" or one.reason == "recycled":
            before = 0
        else:
            before += one.asked_by == side
    if before < 2:
        send_back(m, round_, "changes_requested")
        return False
    round_.state, round_.asked_of_sponsor = "escalated", (side, m.at)
    return True


def resolve(m: Model, round_: Round, way: str) -> None:
    """T15, T16."""
    round_.is_resolved = True
    if way == "go":
        against, _ = round_.dispute() or ("", None)
        passes(m, round_, against=against)
    elif way == "kill":
        close(round_, "declined")
        end(m, "closed")
    else:
        send_back(m, round_, "recycled")
        if way == "hold":
            pause(m)


def report_theft(m: Model, who: str) -> bool:
    """V9; True where it voids something."""
    found = False
    m.stolen[who] = m.at
    for round_ in m.rounds_in(*REVIEW):
        for one in round_.signed:
            found |= one.is_live and one.by == who
            one.is_live &= one.by != who
        no = round_.decline
        if no and no.signed.by == who:
            found = True
            take_back(round_, no)
    return found


def strike(m: Model) -> set[str]:
    """What the clock does: T13, T11, T12, N2. Returns which of them came."""
    return expire(m) | remind(m) | breach(m)


def expire(m: Model) -> set[str]:
    came = set()
    for one in m.rounds_in(*REVIEW):
        if m.has_run_out(one) or m.stale(one):
            came.add("T13 by age" if m.has_run_out(one) else "T13 out of date")
            close(one, "expired")
    return came


def remind(m: Model) -> set[str]:
    came = set()
    for one in m.rounds_in("in_review"):
        for side, percent in [*m.percents(one)]:
            due = {(side, step) for step in (50, 80, 100) if percent >= step} - one.reminded
            one.reminded |= due
            came |= {"T11"} if due else set()
            if percent >= 150 and OTHER[side] in one.live:
                one.state, one.asked_of_sponsor = "escalated", (side, m.at)
                came.add("T12 by silence")
    return came


def breach(m: Model) -> set[str]:
    came = set()
    for owed in m.owed:
        if owed.is_closed or owed.is_breached or owed.due >= m.home_day:
            continue
        owed.is_breached = True
        came.add("N2 broken")
        if owed.on_breach == "pause" and (m.standing == "active" or m.is_drill):
            pause(m)
            came.add("N2 pauses")
    return came


def revoke(m: Model, lent: Lent) -> bool:
    """D-4; True where it voids something."""
    lent.is_revoked = True
    found = False
    for round_ in m.rounds_in(*REVIEW):
        for one in round_.signed:
            found |= one.is_live and one.lent is lent
            one.is_live &= one.lent is not lent
    return found
