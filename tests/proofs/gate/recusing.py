"""Whoever should not judge steps back from a round, and the sponsor names who signs there (A1)."""

from datetime import datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from governance.operations.recusals import name_substitute, recuse
from tests.make import proof_of
from tests.proofs.gate.acting import Acting, now_and_then
from tests.proofs.gate.model import MEMBERS, REVIEW, Lent, Round
from tests.proofs.gate.signing import numbers
from tests.proofs.gate.working import ZONE

WHY = "My sister works for the company that sells this."
DAYS = timedelta(days=13)


class RecusingActs(Acting):
    """A holder steps back; the sponsor names somebody, who takes it on like any delegate."""

    def __init__(self) -> None:
        """Begin with nobody who stepped back."""
        super().__init__()
        self.recusals: list[tuple[int, Round, str]] = []

    @precondition(now_and_then(5, rather=lambda m: m.rounds_in("escalated")))
    @rule(who=st.sampled_from(["hana", "ivo", "hana", "ivo", "kim", "max"]), number=numbers)
    def step_back(self, who, number):
        """A1."""
        self.step_it(who, number)

    def step_it(self, who, number):
        self.later()
        m, round_ = self.model, self.pick(number, *REVIEW)
        side, no, at = m.key_of(who), round_.decline, m.at
        bars = set() if round_.state in REVIEW else {"state"}
        if who in round_.left:
            bars |= {"recused"}
        elif not side:
            bars |= {"not_yours"}
        if no and no.signed.side == side:
            bars |= {"declined"}

        def then(row: Any) -> None:
            round_.left[who] = side
            self.recusals.append((row.pk, round_, who))
            if side in round_.live:
                round_.live[side].is_live = False
                self.count("A1 voids")

        self.attempt(
            "A1",
            bars,
            lambda: recuse(round_id=round_.pk, reason=WHY, actor=self.user(who), at=at),
            then,
        )

    @precondition(lambda self: any(one.left for one in self.model.rounds_in(*REVIEW)))
    @rule(
        who=st.sampled_from(["cleo"] * 6 + ["hana", "ivo"]),
        to=st.sampled_from(["kim", "kim", "max", "max", "hana", "ivo", "petra", "cleo"]),
        takes_on=st.booleans(),
        signs=st.booleans(),
    )
    def name(self, who, to, takes_on, signs):
        """A1: in the place of whoever stepped back last from a round that is still open."""
        self.name_it(who, to, takes_on=takes_on, signs=signs)

    def name_it(self, who, to, *, takes_on, signs):
        self.later()
        m = self.model
        pk, round_, by = [one for one in self.recusals if one[1].state in REVIEW][-1]
        side, at, last = round_.left[by], m.at, m.home_day + DAYS
        ends = datetime.combine(last + timedelta(days=1), time(), ZONE)
        wish = Lent(side, by, to, m.terms_of_office[side], at, ends, (round_.gate,), round=round_)

        def then(row: Any) -> None:
            wish.pk = row.pk
            m.lent.append(wish)
            if takes_on:
                self.answer_it(wish, to, accepts=True)
            if takes_on and signs:
                self.sign_it("T4", to, 0)

        self.attempt(
            "A1 named",
            self.naming_bars(who, to, wish),
            lambda: name_substitute(
                recusal_id=pk,
                to=self.user(to),
                last=last,
                reason=WHY,
                proof=proof_of(self.user(who), at),
                actor=self.user(who),
                at=at,
            ),
            then,
        )

    def naming_bars(self, who: str, to: str, wish: Lent) -> set[str]:
        m, round_ = self.model, wish.round
        bars = set() if who == "cleo" else {"not_yours"}
        if round_.decline and round_.decline.signed.side == wish.side:
            bars |= {"declined"}
        if round_.sender == to or to in m.writers:
            bars |= {"own_work"}
        if to in round_.left and to != wish.by:
            bars |= {"recused"}
        if MEMBERS.get(to, wish.side) != wish.side:
            bars |= {"other_side"}
        if any(
            one.round is round_
            and one.side == wish.side
            and one.answer is None
            and not one.is_revoked
            and one.ends > m.at
            for one in m.lent
        ):
            bars |= {"asked"}
        return bars | m.delegate_bars(wish.by, to, wish.side, wish)
