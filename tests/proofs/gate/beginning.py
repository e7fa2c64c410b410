"""How a way begins: anywhere that a gate can stand, reached by the acts themselves."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.proofs.gate.lending import FIRST, LendingActs
from tests.proofs.gate.model import OPEN, OTHER, REVIEW, SIDES
from tests.proofs.gate.recusing import RecusingActs
from tests.proofs.gate.signing import SigningActs
from tests.proofs.gate.steering import ITS_HOLDER, SteeringActs

# Each step is a method below, by its first word; what follows is handed over to it.
SCENES = {
    "as it is": (),
    "sent": ("send",),
    "misread": ("send", "misread another text", "misread other terms"),
    "half signed": ("send", "sign"),
    "other terms": ("send", "sign", "offer odd", "offer"),
    "declined": ("send", "decline"),
    "contested": ("send", "decline", "contest", "sponsor go"),
    "declined for good": ("send", "decline odd"),
    "both say no": ("send", "confirm decline", "decline", "act"),
    "another mind": ("send", "confirm decline", "sign", "act"),
    "disputed": ("send", "sign", "decline", "dissent", "dissent"),
    "disputed and stopped": ("send", "sign", "decline", "stop", "sponsor hold", "sponsor go"),
    "held": ("send", "sign", "decline", "sponsor hold"),
    "let pass": ("send", "sign", "decline", "sponsor go"),
    "left": ("send", "sign", "leave", "name kim", "sign kim"),
    "left by who signed": ("send", "sign", "leave signed", "leave signed", "ask"),
    "left by who confirmed": ("send", "confirm", "leave signed", "act"),
    "left after a no": ("send", "sign", "decline", "leave"),
    "left to nobody": ("send", "sign", "wait 22", "leave", "sponsor go"),
    "left to the wrong ones": ("send", "leave", "names", "name kim silently", "name kim"),
    "left by both": ("send", "leave", "leave signed", "names"),
    "left and refused": ("send", "sign", "leave", "name kim", "refuse kim", "name max"),
    "left and agreed to": ("send", "leave", "name kim", "sign kim", "refuse", "sponsor go"),
    "left to two": ("send", "leave", "name kim", "name kim"),
    "silent": ("send", "sign", "wait 22", "dissent"),
    "asked twice": ("send", "ask", "send", "ask", "send"),
    "out of date": ("word met for days", "wait 5", "send"),
    "out of date meanwhile": ("word met for days", "send", "wait 5"),
    "waived too long ago": ("word waived", "wait 6", "send"),
    "overtaken": ("send", "confirm", "offer", "act", "confirm", "act other"),
    "stolen meanwhile": ("send", "confirm", "steal", "act"),
    "stopped": ("stop", "send"),
    "half let go": ("stop", "send", "sign"),
    "drilled": ("drill",),
    "drilled and stopped": ("drill", "stop", "send"),
    "stood in for": ("lend kim", "send", "sign kim"),
    "stood in for in vain": ("lend kim", "send", "sign kim", "withdraw"),
    "stood in for no longer": ("lend kim", "send", "sign kim", "revoke"),
    "wrote it": ("lend kim", "write", "send", "sign", "offer too"),
    "stood in by another side": ("lend max", "send", "sign max"),
    "stood in by who wrote it": ("lend max", "write max", "send", "sign max"),
}
# Whose risk is high, so that who wrote or sent it does not sign.
STRICT = ("wrote it", "stood in by who wrote it")


class BeginningActs(SigningActs, SteeringActs, LendingActs, RecusingActs):
    """What leads on, and what leads to one of the scenes."""

    def bring_to(self, scene: str, side: str) -> None:
        """Let one side begin, and the other follow."""
        for step in SCENES[scene]:
            name, _, word = step.partition(" ")
            getattr(self, f"first_{name}")(side, word)
            self.agree()

    def first_send(self, side: str, _: str) -> None:
        for _try in range(4):
            if not self.model.rounds_in(*REVIEW):
                self.go_forward(side)
                self.number_rounds()

    def first_sign(self, side: str, who: str) -> None:
        self.on_review("T4", who or self.model.holders[side])

    def first_offer(self, side: str, how: str) -> None:
        side = side if how == "too" else OTHER[side]
        self.on_review("T5", self.model.holders[side], is_odd=how == "odd")

    def first_decline(self, side: str, odd: str) -> None:
        self.on_review("T7", self.model.holders[OTHER[side]], is_odd=bool(odd))

    def first_refuse(self, side: str, who: str) -> None:
        self.on_review("T7", who or self.model.holders[side])

    def first_confirm(self, side: str, word: str) -> None:
        self.on_review("T7" if word else "T4", self.model.holders[side], keeps=True)

    def first_misread(self, side: str, seen: str) -> None:
        self.on_review("T4", self.model.holders[side], seen=seen)

    def on_review(self, act: str, who: str, **how: bool | str) -> None:
        """Sign what waits, where anything could be sent."""
        if self.model.rounds:
            self.sign_it(act, who, 0, **how)

    def first_act(self, side: str, other: str) -> None:
        for held in [one for one in self.held if not one.is_used][:1]:
            self.finish(held, self.model.holders[OTHER[side]] if other else held.who)

    def first_steal(self, side: str, _: str) -> None:
        self.somebody_may_know_a_password(self.model.holders[side])

    def first_wait(self, _: str, days: str) -> None:
        self.time_passes(24 * int(days))
        self.the_clock_strikes()

    def first_ask(self, side: str, _: str) -> None:
        if waits := self.model.rounds_in("in_review"):
            self.ask_it(waits[-1], self.model.holders[side], is_empty=False)

    def first_contest(self, _: str, __: str) -> None:
        if any(one.declines for one in self.model.rounds):
            self.answer_a_decline("who may", 0, contests=True)

    def first_dissent(self, side: str, _: str) -> None:
        if self.model.rounds:
            self.dissent(self.model.holders[OTHER[side]], 0)

    def first_withdraw(self, _: str, __: str) -> None:
        if any(one.signed for one in self.model.rounds):
            self.withdraw_a_signature(ITS_HOLDER, 0)

    def first_sponsor(self, _: str, way: str) -> None:
        if self.model.rounds:
            self.decide_as_sponsor("cleo", way, 0, jump=4)

    def first_word(self, _: str, word: str) -> None:
        self.give_word("now", word, accepts=True, is_other=False)

    def first_write(self, _: str, who: str) -> None:
        self.write(who or self.model.holders["technology"], accepts=True, is_old=False)

    def first_leave(self, side: str, signed: str) -> None:
        if self.model.rounds:
            self.step_it(self.model.holders[side if signed else OTHER[side]], 0)

    def first_name(self, _: str, whom: str) -> None:
        to, _, silently = whom.partition(" ")
        if any(one.left for one in self.model.rounds_in(*REVIEW)):
            self.name_it("cleo", to, takes_on=not silently, signs=False)

    def first_names(self, side: str, _: str) -> None:
        for to in ("petra", "cleo", "max", *self.model.holders.values()):
            self.first_name(side, f"{to} silently")

    def first_stop(self, side: str, _: str) -> None:
        self.pause(self.model.holders[side], is_drill=False)
        if not any(one.gate == "resume" for one in self.model.rounds_in(*REVIEW)):
            self.prepare_to_go_on()

    def first_drill(self, side: str, _: str) -> None:
        self.pause(self.model.holders[side], is_drill=True)

    def first_lend(self, side: str, to: str) -> None:
        who = self.model.holders[side]
        self.lend(who, to, begins=0, days=13, gates=(), takes_on=True)

    def first_revoke(self, _: str, __: str) -> None:
        if self.model.lent:
            self.revoke("its side", 0)

    @precondition(lambda self: self.model.rounds_in("escalated"))
    @rule(
        way=st.sampled_from(["recycle", "hold", "kill", "go", "go"]),
        days=st.sampled_from([0, 1, 4]),
    )
    def the_sponsor_answers(self, way, days):
        """Decide, rather than wait for the rarer turn of `decide_as_sponsor`."""
        self.decide_as_sponsor("cleo", way, 0, jump=days)

    def go_forward(self, side: str) -> None:
        """Do what leads on: fill a key, owe nothing, open, send, sign for one side, or both."""
        m = self.model
        gate = "resume" if m.is_paused else str(m.stage)
        if gate not in m.ready or m.is_over:
            return
        if empty := [one for one in SIDES if one not in m.holders]:
            first = FIRST[empty[0]]
            self.fill(empty[0], "kim" if m.key_of(first) else first)
        elif any(one.kind == "hard" and not one.is_closed for one in m.owed):
            place = next(n for n, one in enumerate(reversed(m.owed)) if not one.is_closed)
            self.close_it("hana", place)
        elif not m.rounds_in(*OPEN):
            self.open_it(gate, "petra")
        elif m.rounds_in("draft"):
            self.send_it(m.rounds_in("draft")[-1], "petra", "go_on" if gate == "resume" else "")
        else:
            self.sign_some(side)

    def sign_some(self, side: str) -> None:
        m = self.model
        live = m.rounds_in(*REVIEW)[-1].live
        if not live or self.turn % 4 == 0:
            side = OTHER[side] if side in live else side
            self.sign_it("T4", m.holders.get(side, "kim"), 0)
