"""The acts that are signed: approve, offer, decline, and the sponsor's word."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from governance.choices import Resolved, SigningAct
from governance.models import Round as Row
from governance.models import Signature
from governance.operations.ceremony import Presence, begin_signing, prove
from governance.operations.refusals import decline_gate
from governance.operations.resolutions import begin_resolving, resolve_round
from governance.operations.signatures import sign_gate
from governance.queries.standing import terms_in_force
from governance.rules.terms import Condition
from governance.rules.wishes import Wish
from tests.gates import SESSION
from tests.proofs.gate import effects
from tests.proofs.gate.acting import MINUTE, Acting, now_and_then
from tests.proofs.gate.model import (
    FIVE_MINUTES,
    REVIEW,
    TWENTY_SECONDS,
    Decline,
    Lent,
    Owed,
    Round,
    Signed,
)

REASON = "Both positions were heard; the work has to be looked at again by both."
ACTS = {"T4": "approve", "T5": "approve_with_terms", "T7": "decline"}
ELSE = "0" * 64

numbers = st.integers(0, 9)


@dataclass
class Held:
    """A statement that somebody has confirmed, and may act on."""

    act: str
    round: Round
    who: str
    side: str
    term: int
    lent: Lent | None
    frozen: tuple
    terms: int
    made_at: datetime
    presence: Presence
    condition: Owed | None
    is_final: bool
    is_used: bool = False


class SigningActs(Acting):
    """Statements are read, confirmed, and acted on: at once, later, or by somebody else."""

    def __init__(self) -> None:
        """Begin with nothing confirmed."""
        super().__init__()
        self.held: list[Held] = []

    @precondition(now_and_then(5, rather=lambda m: m.rounds_in(*REVIEW)))
    @rule(
        act=st.sampled_from(["T4", "T4", "T4", "T5", "T7"]),
        who=st.sampled_from(["hana", "ivo", "hana", "ivo", "max", "kim", "petra", "cleo"]),
        number=numbers,
        seen=st.sampled_from(["it"] * 8 + ["another text", "other terms"]),
        waits=st.sampled_from([0] * 8 + [2, 6]),
        keeps=st.booleans(),
        is_odd=st.sampled_from([False] * 7 + [True]),
        on_breach=st.sampled_from(["escalate", "pause"]),
    )
    def sign(self, act, who, number, seen, waits, keeps, is_odd, on_breach):
        """Read and confirm; act on it at once, after some minutes, or keep it for later.

        What is odd: a condition that was due yesterday, a decline for good.
        """
        self.sign_it(
            act,
            who,
            number,
            seen=seen,
            waits=waits,
            keeps=keeps,
            is_odd=is_odd,
            on_breach=on_breach,
        )

    def sign_it(
        self,
        act,
        who,
        number,
        *,
        seen="it",
        waits=0,
        keeps=False,
        is_odd=False,
        on_breach="escalate",
    ):
        self.later()
        m, round_ = self.model, self.pick(number, *REVIEW)
        side, lent, bars = m.speaks(who, round_)
        if not side:
            bars = {"authority"}
        elif not bars:
            bars = self.reading_bars(round_, seen) or self.wish_bars(act, is_odd=is_odd)
        condition = self.condition(round_, on_breach, is_odd=is_odd) if act == "T5" else None
        is_final = act == "T7" and is_odd

        def confirm() -> Presence:
            return self.confirm(round_, who, self.wish(act, condition, is_final=is_final), seen)

        def keep(presence: Presence) -> None:
            term, content = m.terms_of_office[side], m.content(round_.gate)
            said = (side, term, lent, content, round_.terms, m.at, presence)
            self.keep(Held(act, round_, who, *said, condition, is_final))
            if not keeps or waits:
                self.later(waits * MINUTE)
                self.finish(self.held[-1], who)

        self.attempt(f"{act} read", bars, confirm, keep)

    def keep(self, held: Held) -> None:
        self.model.at += TWENTY_SECONDS
        self.held.append(held)

    def reading_bars(self, round_: Round, seen: str) -> set[str]:
        m = self.model
        if round_.state not in REVIEW or m.has_run_out(round_):
            return {"state"}
        if seen == "another text" or round_.frozen != m.content(round_.gate):
            return {"content"}
        return {"terms"} if seen == "other terms" else set()

    def wish_bars(self, act: str, *, is_odd: bool) -> set[str]:
        return {"due"} if act == "T5" and is_odd else set()

    def condition(self, round_: Round, on_breach: str, *, is_odd: bool) -> Owed:
        days = timedelta(days=-1 if is_odd else 5)
        kind = "dated" if on_breach == "pause" else "hard"
        return Owed(round_.gate, kind, self.model.today + days, on_breach, "people")

    def wish(self, act: str, condition: Owed | None, *, is_final: bool) -> Wish:
        said: dict[str, Any] = {"act": SigningAct(ACTS[act])}
        if condition:
            owner = self.made.cast.max
            said["conditions"] = (
                Condition(
                    text="Train the night shift first",
                    evidence="Attendance list",
                    owner_id=owner.pk,
                    owner_key=str(owner.person_key),
                    due_on=condition.due,
                    kind=condition.kind,
                    on_breach=condition.on_breach,
                    asked_by=condition.asked_by,
                ),
            )
        if act == "T7":
            said |= {"code": "privacy", "reason": REASON, "is_final": is_final}
            said |= {} if is_final else {"reversed_by": REASON}
        return Wish(**said)

    def shown(self, round_: Round, seen: str = "it") -> dict[str, str]:
        """Return the digests that a page would have shown."""
        row = Row.objects.get(pk=round_.pk)
        if not hasattr(row, "snapshot"):
            return {"snapshot": ELSE, "terms": ELSE}
        return {
            "snapshot": ELSE if seen == "another text" else row.snapshot.digest,
            "terms": ELSE if seen == "other terms" else terms_in_force(row).digest,
        }

    def confirm(self, round_: Round, who: str, wish: Wish, seen: str) -> Presence:
        person = self.user(who)
        intent = begin_signing(
            round_id=round_.pk,
            wish=wish,
            seen=self.shown(round_, seen),
            session_ref=SESSION,
            actor=person,
            at=self.model.at,
        )
        return self.prove(intent.nonce, who)

    def prove(self, nonce: str, who: str) -> Presence:
        return prove(
            nonce=nonce,
            session_ref=SESSION,
            password=self.passwords[who],
            code="",
            actor=self.user(who),
            at=self.model.at + TWENTY_SECONDS,
        )

    @precondition(lambda self: self.held)
    @rule(number=numbers, other=st.sampled_from([None] * 5 + ["hana", "ivo"]))
    def act_on_what_was_confirmed(self, number, other):
        """Act on an older statement: used already, too old, overtaken, or in another hand."""
        held = self.held[-1 - number % min(len(self.held), 3)]
        self.finish(held, other or held.who)

    def finish(self, held: Held, actor: str) -> None:
        m = self.model
        if held.is_used:
            self.again(held, actor)
            return
        bars = self.acting_bars(held, actor)
        call = decline_gate if held.act == "T7" else sign_gate
        person, at = self.user(actor), m.at

        def then(row: Any) -> None:
            held.is_used = True
            self.done(held, row)

        self.attempt(
            held.act, bars, lambda: call(presence=held.presence, actor=person, at=at), then
        )

    def again(self, held: Held, actor: str) -> None:
        """X3: the same statement twice leads to the one result."""
        before = Signature.objects.count()
        call = decline_gate if held.act == "T7" else sign_gate
        call(presence=held.presence, actor=self.user(actor), at=self.model.at)
        assert Signature.objects.count() == before
        self.count("X3 sent twice")

    def acting_bars(self, held: Held, actor: str) -> set[str]:
        m, round_ = self.model, held.round
        bars = m.round_bars(round_)
        if held.frozen != m.content(round_.gate):
            bars |= {"content"}
        if held.terms != round_.terms:
            bars |= {"terms"}
        bars |= self.authority_bars(held, actor) | ({"recused"} if actor in round_.left else set())
        if not held.made_at <= m.at <= held.made_at + FIVE_MINUTES:
            bars |= {"intent"}
        if actor != held.who:
            bars |= {"presence"}
        if m.stolen.get(held.who, held.made_at) > held.made_at:
            bars |= {"dead"}
        return bars | self.own_bars(held, actor)

    def own_bars(self, held: Held, actor: str) -> set[str]:
        """What bars an approval, an offer or a decline alone."""
        m, round_, bars = self.model, held.round, set()
        if held.act == "T4":
            return m.approve_bars(round_, held.side, actor)
        if held.act == "T5" and m.is_barred_by_work(actor, round_.sender):
            bars |= {"own_work"}
        if round_.state != "in_review":
            bars |= {"state"}
        if held.act == "T7" and held.side in round_.live:
            bars |= {"signed"}
        return bars

    def authority_bars(self, held: Held, actor: str) -> set[str]:
        """I5, V7."""
        m, lent = self.model, held.lent
        if m.terms_of_office.get(held.side) != held.term:
            return {"authority"}
        if lent is None:
            return set() if m.holders[held.side] == actor else {"authority"}
        if lent.to != actor or lent.is_revoked:
            return {"authority"}
        return m.stand_in_bars(lent, held.round)

    def done(self, held: Held, row: Any) -> None:
        m, round_ = self.model, held.round
        if held.act == "T7":
            signed = Signed(row.signature_id, held.side, held.who, held.term, held.lent)
            effects.decline(m, round_, Decline(row.pk, signed, m.at, held.is_final))
            self.count("T7 " + round_.state, "T7 for good" if held.is_final else "T7 not for good")
            return
        if held.condition:
            effects.offer(round_, held.condition)
        signed = Signed(row.pk, held.side, held.who, held.term, held.lent)
        if held.lent:
            self.count(f"D-3 {held.act}", *(["A1 signs"] if held.lent.round else []))
        if effects.sign(m, round_, signed):
            self.count("T9", f"T9 {round_.gate} {round_.verdict}".strip())

    # --- the sponsor --------------------------------------------------------------------------
    @precondition(now_and_then(6, rather=lambda m: m.rounds_in("escalated")))
    @rule(
        who=st.sampled_from(["cleo"] * 6 + ["hana", "petra"]),
        way=st.sampled_from(["recycle", "hold", "kill", "go", "go", "go"]),
        number=numbers,
        jump=st.sampled_from([0, 0, 1, 4]),
    )
    def decide_as_sponsor(self, who, way, number, jump):
        """T15, T16."""
        self.later(timedelta(days=jump) + MINUTE)
        m, round_ = self.model, self.pick(number, "escalated")
        if who != "cleo":
            bars = {"not_yours"}
        else:
            bars = self.reading_bars(round_, "it") or m.resolve_bars(round_, way)
        person, at = self.user(who), m.at

        def decide() -> Any:
            intent = begin_resolving(
                round_id=round_.pk,
                way=Resolved(way),
                reason=REASON,
                seen=self.shown(round_),
                session_ref=SESSION,
                actor=person,
                at=at,
            )
            presence = self.prove(intent.nonce, who)
            return resolve_round(presence=presence, actor=person, at=at + TWENTY_SECONDS)

        def then(_: Any) -> None:
            m.at += TWENTY_SECONDS
            effects.resolve(m, round_, way)
            self.count(f"T15 {way}" if way != "go" else f"T16 {round_.gate}")

        self.attempt("T16" if way == "go" else "T15", bars, decide, then)
