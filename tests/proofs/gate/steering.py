"""The acts that are not signed: rounds, text, stops, who may sign, and time."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from governance.choices import Excuse
from governance.models import Commitment
from governance.operations.breaches import breach_commitments
from governance.operations.commitments import close_commitment
from governance.operations.escalations import state_dissent, watch_reviews
from governance.operations.refusals import contest_decline, request_changes, take_back_decline
from governance.operations.rounds import (
    expire_rounds,
    expire_stale_rounds,
    open_round,
    submit_round,
    withdraw_round,
)
from governance.operations.rulings import rule_on_pause
from governance.operations.signatures import withdraw_signature
from governance.operations.stops import pause_initiative
from governance.operations.waivers import waive_criterion
from governance.rules.waiving import Waiver
from initiatives.operations.artefacts import save_slot
from initiatives.queries.artefacts import current_texts
from people.operations.accounts import change_password
from people.operations.identity import check_identity
from playbook.editions import current
from tests.gates import shown, whole
from tests.proofs.gate import effects
from tests.proofs.gate.acting import MINUTE, Acting, now_and_then
from tests.proofs.gate.company import POINTS, prepare_the_way_out, say
from tests.proofs.gate.model import BACK, LEADS, OTHER, REVIEW, WAYS, Point
from tests.proofs.gate.signing import REASON, numbers
from tests.proofs.gate.working import last_second

SLOT = "tech_landscape"
LONG = "Everybody agreed that it has to be looked at once more."
ASKED = "Show the second source for this."
ITS_SIGNER, ITS_HOLDER = "its signer", "its holder"
rarely = st.sampled_from([False] * 5 + [True])


class SteeringActs(Acting):
    """Rounds are opened, written, sent, sent back and taken back; work is stopped and goes on."""

    @rule(who=st.sampled_from(["petra", "petra", "hana", "ivo", "max"]), number=numbers)
    def open_a_round(self, who, number):
        """T1."""
        self.later()
        m = self.model
        gate = "resume" if m.is_paused else str(m.stage)
        if number > 7:
            gate = ["1", "2", "3", "resume"][(number + self.turn) % 4]
        self.open_it(gate, who)

    def open_it(self, gate, who):
        m, at = self.model, self.model.at
        self.attempt(
            "T1",
            m.open_bars(gate, who),
            lambda: open_round(initiative=self.fresh(), gate=gate, actor=self.user(who), at=at),
            lambda row: setattr(effects.open_round(m, gate), "pk", row.pk),
        )

    @precondition(now_and_then(5, rather=lambda m: m.rounds_in("draft")))
    @rule(
        who=st.sampled_from(["petra", "petra", "tariq", "hana", "ivo", "max"]),
        number=numbers,
        way=st.sampled_from(["go_on", *WAYS, "somewhere"]),
    )
    def send(self, who, number, way):
        """T3."""
        self.later()
        round_ = self.pick(number, "draft")
        self.send_it(round_, who, way if round_.gate == "resume" else "")

    def send_it(self, round_, who, verdict):
        m, at = self.model, self.model.at
        self.attempt(
            "T3",
            m.send_bars(round_, who, verdict),
            lambda: submit_round(round_id=round_.pk, actor=self.user(who), at=at, verdict=verdict),
            lambda _: effects.send(m, round_, who, verdict),
        )

    @rule(
        who=st.sampled_from(["tariq", "max", "ivo", "petra", "kim"]),
        accepts=st.booleans(),
        is_old=rarely,
    )
    def write(self, who, accepts, is_old):
        """T2, T10."""
        self.later()
        m = self.model
        slot, shown = current().slot(SLOT), current_texts(self.initiative).get(SLOT)
        voids = self.live_ids() if accepts else []
        bars = set() if m.may_write(who) else {"other_side"}
        if who == "ivo" and not m.key_of(who):
            bars = {"not_visible"}
        if not bars and is_old:
            bars = {"stale"}
        if not bars and m.is_over:
            bars = {"over"}
        read = [one for one in m.rounds_in(*REVIEW) if one.gate != "resume"]
        if not bars and not accepts and any(one.live for one in read):
            bars = {"voids"}
        was_read, at, person = bool(m.rounds_in(*REVIEW)), m.at, self.user(who)
        self.attempt(
            "T10" if was_read else "T2",
            bars,
            lambda: save_slot(
                actor=person,
                initiative=self.fresh(),
                slot=SLOT,
                raw=whole(slot, at, f"written {at:%d %H:%M:%S}"),
                expected_version=shown.n - is_old,
                accepts_voids=voids,
                at=at,
            ),
            lambda _: effects.edit(m, who),
        )

    def live_ids(self) -> list[int]:
        return [one.pk for round_ in self.model.rounds_in(*REVIEW) for one in round_.live.values()]

    @rule(
        gate=st.sampled_from(["now"] * 3 + [*POINTS]),
        word=st.sampled_from(["met", "met", "unmet", "waived", "met for days"]),
        accepts=st.booleans(),
        is_other=rarely,
    )
    def give_word(self, gate, word, accepts, is_other):
        """C2, C3, C4, and V4: the point of a gate is met, met until a day, unmet, or waived."""
        self.later()
        m = self.model
        if gate == "now":
            gate = "resume" if m.is_paused else str(min(m.stage, 2))
        days = {"waived": 4, "met for days": 3}.get(word)
        anew = replace(
            m.points[gate],
            word=word.partition(" ")[0],
            until=m.today + timedelta(days=days) if days else None,
        )
        who = self.whose_word(anew, is_other=is_other)
        ends = [one for one in m.rounds_in(*REVIEW) if one.gate == gate]
        bars = {"closed"} if m.is_over else set()
        if is_other and (anew.word != "waived" or who == "cleo"):
            bars |= {"not_yours"}
        if not bars and not accepts and any(one.live for one in ends):
            bars = {"voids"}
        voids = self.live_ids() if accepts else []

        def then(_: Any) -> None:
            m.points[gate] = anew
            m.writers.add(who)
            effects.give_word(m, gate)

        name = "C4" if anew.word == "waived" else "C2"
        self.attempt(name, bars, lambda: self.say_it(gate, anew, who, voids), then)

    def whose_word(self, point: Point, *, is_other: bool) -> str:
        own = {"technology": "tariq", "people": "petra"}
        other = {"technology": "petra", "people": "tariq"}
        return other.get(point.side, "cleo") if is_other else own.get(point.side, "petra")

    def say_it(self, gate: str, point: Point, who: str, voids: list[int]) -> Any:
        about, at = self.fresh(), self.model.at
        if point.word != "waived":
            word = {"is_met": point.word == "met", "valid_until": point.until}
            return say(self.made, about, gate, who, at, **word, accepts_voids=voids)
        return waive_criterion(
            initiative=about,
            criterion=point.key,
            waiver=Waiver(excuse=Excuse.WAIVED, reason=REASON, until=point.until),
            actor=self.user(who),
            at=at,
            accepts_voids=voids,
        )

    @precondition(now_and_then(5, rather=lambda m: m.rounds_in("in_review")))
    @rule(
        who=st.sampled_from(["hana", "ivo", "hana", "max", "petra"]),
        number=numbers,
        is_empty=rarely,
    )
    def ask_for_changes(self, who, number, is_empty):
        """T6, T12."""
        self.ask_it(self.pick(number, "in_review"), who, is_empty=is_empty)

    def ask_it(self, round_, who, *, is_empty):
        self.later()
        m = self.model
        side = m.side_of(who, round_)
        bars = set() if side else {"not_yours"}
        if round_.state != "in_review":
            bars |= {"state"}
        if is_empty:
            bars |= {"items"}
        if who in round_.left:
            bars = {"recused"}
        point, at = m.points.get(round_.gate), m.at
        items = {} if is_empty or point is None else {point.key: ASKED}
        seen = shown(round_.pk) if round_.state == "in_review" else {}

        def then(_: Any) -> None:
            self.count("T12 by changes" if effects.ask(m, round_, side) else "T6 returned")

        self.attempt(
            "T6",
            bars if point or who in round_.left else bars | {"items"},
            lambda: request_changes(
                round_id=round_.pk, items=items, seen=seen, actor=self.user(who), at=at
            ),
            then,
        )

    @precondition(lambda self: any(one.declines for one in self.model.rounds))
    @rule(
        who=st.sampled_from(["who may"] * 3 + ["hana", "ivo", "max"]),
        number=numbers,
        contests=st.booleans(),
    )
    def answer_a_decline(self, who, number, contests):
        """T7: taken back by the side that declined, or contested by the other."""
        self.later()
        m = self.model
        found = [(one, no) for one in m.rounds for no in one.declines]
        round_, no = found[-1] if number < 7 else found[number % len(found)]
        if who == "who may":
            side = no.signed.side
            who = m.holders.get(OTHER[side] if contests else side, "max")
        at, person = m.at, self.user(who)
        if contests:
            self.attempt(
                "T7 contested",
                m.contest_bars(no, round_, who),
                lambda: contest_decline(decline_id=no.pk, reason=REASON, actor=person, at=at),
                lambda _: effects.contest(m, round_, no),
            )
            return
        bars = set() if m.side_of(who, round_) == no.signed.side else {"not_yours"}
        if round_.state != "escalated" or not no.signed.is_live:
            bars |= {"state"}
        self.attempt(
            "T7 taken back",
            bars,
            lambda: take_back_decline(decline_id=no.pk, reason=REASON, actor=person, at=at),
            lambda _: effects.take_back(round_, no),
        )

    @precondition(lambda self: any(one.signed for one in self.model.rounds))
    @precondition(now_and_then(4, rather=lambda m: any(one.live for one in m.rounds_in(*REVIEW))))
    @rule(who=st.sampled_from([ITS_SIGNER, ITS_SIGNER, ITS_HOLDER, "ivo", "petra"]), number=numbers)
    def withdraw_a_signature(self, who, number):
        """T8, T17."""
        self.later()
        m = self.model
        found = [(one, signed) for one in m.rounds for signed in one.signed]
        round_, signed = found[-1] if number < 7 else found[number % len(found)]
        holder = signed.lent.by if signed.lent and not signed.lent.round else ""
        who = {ITS_SIGNER: signed.by, ITS_HOLDER: holder or "hana"}.get(who, who)
        is_own = who in (signed.by, holder) and who not in round_.left
        bars = set() if is_own else {"not_yours"}
        if not signed.is_live or round_.state not in REVIEW:
            bars |= {"state"}
        name, at = "T17" if round_.state == "passed" else "T8", m.at
        if bars == set() and signed.lent and who == holder:
            self.count("T8 by the holder")
        self.attempt(
            name,
            bars,
            lambda: withdraw_signature(
                signature_id=signed.pk, reason="Not yet.", actor=self.user(who), at=at
            ),
            lambda _: setattr(signed, "is_live", False),
        )

    @precondition(now_and_then(3, rather=lambda m: False))
    @rule(who=st.sampled_from(["petra", "tariq", "hana", "max", "kim"]), number=numbers)
    def take_the_round_back(self, who, number):
        """T14."""
        self.later()
        m, round_ = self.model, self.pick(number, "draft", "in_review")
        bars = set() if m.may_drive(who) or who == round_.sender else {"not_yours"}
        if round_.state not in ("draft", "in_review"):
            bars |= {"state"}
        at = m.at
        self.attempt(
            "T14",
            bars,
            lambda: withdraw_round(round_id=round_.pk, actor=self.user(who), at=at),
            lambda _: effects.close(round_, "withdrawn"),
        )

    @precondition(now_and_then(6, rather=lambda m: m.rounds_in("escalated")))
    @rule(who=st.sampled_from(["hana", "ivo", "petra", "kim"]), number=numbers)
    def dissent(self, who, number):
        """T12."""
        self.later()
        m, round_ = self.model, self.pick(number, "escalated")
        side = m.side_of(who, round_)
        bars = set() if side else {"not_yours"}
        if round_.state != "escalated":
            bars |= {"state"}
        if (side, round_.dispute()) in round_.stated:
            bars |= {"stated"}
        at = m.at
        self.attempt(
            "T12 dissent",
            bars,
            lambda: state_dissent(round_id=round_.pk, text=LONG, actor=self.user(who), at=at),
            lambda _: round_.stated.add((side, round_.dispute())),
        )

    # --- stopping ---------------------------------------------------------------------------
    @precondition(lambda self: self.turn % 2 == 0)
    @rule(who=st.sampled_from(["hana", "ivo", "cleo", "petra"]), is_drill=rarely)
    def pause(self, who, is_drill):
        """K1, K3."""
        self.later()
        m = self.model
        bars = set() if m.key_of(who) or who == "cleo" else {"not_yours"}
        if m.is_paused and (is_drill or not m.is_drill):
            bars |= {"paused"}
        if m.is_over:
            bars |= {"closed"}
        at, person, was_drill = m.at, self.user(who), m.is_drill
        self.attempt(
            "K1",
            bars,
            lambda: pause_initiative(
                initiative=self.fresh(), reason=LONG, actor=person, at=at, is_exercise=is_drill
            ),
            lambda _: effects.pause(m, is_drill=is_drill),
        )
        if was_drill and not bars:
            self.count("K1 ends a drill")

    @precondition(
        lambda self: (
            self.model.is_paused
            and "resume" not in self.model.ready
            and not any(one.gate == "resume" for one in self.model.rounds_in(*REVIEW))
        )
    )
    @rule()
    def prepare_to_go_on(self):
        """Say what the cause was, and what is different now."""
        self.later()
        prepare_the_way_out(self.made, self.fresh(), self.model.at)
        self.model.ready.add("resume")
        self.model.writers |= set(LEADS)
        say(self.made, self.fresh(), "resume", "tariq", self.model.at, is_met=True)
        now = replace(self.model.points["resume"], word="met", until=None)
        self.model.points["resume"] = now

    @precondition(lambda self: self.model.stops and (self.model.is_paused or self.turn % 6 == 0))
    @rule(
        who=st.sampled_from(["cleo"] * 4 + ["hana"]),
        way=st.sampled_from(WAYS),
        jump=st.sampled_from([0, 4, 8]),
    )
    def rule_on_the_pause(self, who, way, jump):
        """K2: the sponsor alone, after both had their time."""
        self.later(timedelta(days=jump) + MINUTE)
        m, stop = self.model, self.model.stops[-1]
        bars = set() if who == "cleo" else {"not_yours"}
        if stop.until:
            bars |= {"not_paused"}
        elif m.at < last_second(stop.since, 5):
            bars |= {"early"}
        if way == "go_on" or not m.is_way(way):
            bars |= {"way"}
        at, person = m.at, self.user(who)

        def call() -> Any:
            proof = check_identity(user=person, password=self.passwords[who], at=at)
            return rule_on_pause(
                initiative=self.fresh(), way=way, reason=REASON, proof=proof, actor=person, at=at
            )

        def then(_: Any) -> None:
            effects.leave(m, way)
            self.count("K2 back" if way in BACK else "K2 closed")

        self.attempt("K2", bars, call, then)

    @precondition(lambda self: self.model.owed)
    @rule(who=st.sampled_from(["hana", "hana", "ivo"]), number=numbers)
    def close_a_commitment(self, who, number):
        """N2."""
        self.close_it(who, number)

    def close_it(self, who, number):
        self.later()
        m = self.model
        one = m.owed[-1 - number % len(m.owed)]
        rows = Commitment.objects.filter(passage__round__initiative=self.initiative).order_by("pk")
        found = rows[m.owed.index(one)]
        bars = set() if m.key_of(who) == one.asked_by else {"not_yours"}
        if one.is_closed:
            bars |= {"closed"}
        at = m.at
        self.attempt(
            "N2",
            bars,
            lambda: close_commitment(
                commitment_id=found.pk, note=LONG, actor=self.user(who), at=at
            ),
            lambda _: setattr(one, "is_closed", True),
        )

    # --- time, and theft ----------------------------------------------------------------------
    @rule(jump=st.sampled_from([2, 20, 24, 48, 96, 130, 24 * 12, 24 * 31]))
    def time_passes(self, jump):
        """Nothing happens, and no silence approves (I11)."""
        self.later(timedelta(hours=jump))

    @rule()
    def the_clock_strikes(self):
        """T11, T12, T13, N2."""
        m = self.model
        self.later()
        expire_rounds(at=m.at)
        expire_stale_rounds(at=m.at)
        watch_reviews(at=m.at)
        breach_commitments(at=m.at)
        self.count(*effects.strike(m))

    @precondition(lambda self: self.turn % 3 == 0)
    @rule(who=st.sampled_from(["hana", "ivo", "max"]))
    def somebody_may_know_a_password(self, who):
        """V9."""
        self.later()
        m, person = self.model, self.user(who)
        proof = check_identity(user=person, password=self.passwords[who], at=m.at)
        self.passwords[who] = f"a-tally-of-{self.turn}-and-{len(self.passwords[who])}-parts"
        change_password(user=person, new=self.passwords[who], proof=proof, at=m.at, is_stolen=True)
        if effects.report_theft(m, who):
            self.count("V9")
