"""Who may sign: somebody stands in for a while, offices change hands."""

from datetime import datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from governance.operations.delegations import (
    answer_delegation,
    revoke_delegation,
    write_delegation,
)
from governance.rules.delegations import Scope
from people.choices import Office
from people.models import OfficeTerm
from tests.changes import appoint, end_term
from tests.make import proof_of
from tests.proofs.gate import effects
from tests.proofs.gate.acting import Acting
from tests.proofs.gate.model import OTHER, SIDES, Lent
from tests.proofs.gate.signing import numbers
from tests.proofs.gate.working import ZONE

OFFICE = {"technology": Office.CIO, "people": Office.CHRO}
WHY = "Away on leave, without a telephone."
FIRST = {"technology": "ivo", "people": "hana"}


class LendingActs(Acting):
    """Delegations are written, taken on and revoked; terms end and begin."""

    @rule(
        who=st.sampled_from(["ivo", "ivo", "hana", "hana", "kim", "petra"]),
        to=st.sampled_from(["max", "kim", "max", "kim", "ivo", "hana", "cleo", "petra"]),
        begins=st.sampled_from([0, 0, 0, 1, -1]),
        days=st.sampled_from([1, 13, 13, 90, -1]),
        gates=st.sampled_from([(), (), ("1",), ("2", "resume")]),
        takes_on=st.booleans(),
    )
    def lend(self, who, to, begins, days, gates, takes_on):
        """D-1."""
        self.later()
        m = self.model
        first = m.home_day + timedelta(days=begins)
        last = first + timedelta(days=days)
        side = m.key_of(who)
        starts = m.at if begins == 0 else self.midnight(first)
        ends = self.midnight(last + timedelta(days=1))
        wish = Lent(side, who, to, m.terms_of_office.get(side, 0), starts, ends, gates)
        at = m.at
        bars = m.lend_bars(who, to, (first, last), wish) or self.bars_of_twins(wish)

        def then(row: Any) -> None:
            wish.pk = row.pk
            m.lent.append(wish)
            if takes_on:
                self.answer_it(wish, to, accepts=True)

        self.attempt(
            "D-1",
            bars,
            lambda: write_delegation(
                to=self.user(to),
                first=first,
                last=last,
                scope=Scope(gates=frozenset(gates)),
                reason=WHY,
                proof=proof_of(self.user(who), at),
                actor=self.user(who),
                at=at,
            ),
            then,
        )

    def bars_of_twins(self, wish: Lent) -> set[str]:
        """It was asked before, and stands."""
        standing = [
            one for one in self.model.lent if one.answer is not False and not one.is_revoked
        ]
        return {"written"} if any(_asked(one) == _asked(wish) for one in standing) else set()

    def midnight(self, day) -> datetime:
        return datetime.combine(day, time(), ZONE)

    @precondition(lambda self: self.model.lent)
    @rule(number=numbers, accepts=st.booleans(), is_other=st.booleans())
    def answer(self, number, accepts, is_other):
        """D-1: taken on, or not."""
        one = self.model.lent[-1 - number % len(self.model.lent)]
        self.answer_it(one, "petra" if is_other and number > 5 else one.to, accepts=accepts)

    def answer_it(self, one: Lent, who: str, *, accepts: bool) -> None:
        self.later()
        m = self.model
        bars = set() if who == one.to else {"not_yours"}
        if one.answer is not None or one.is_revoked:
            bars |= {"state"}
        if m.terms_of_office.get(one.side) != one.term or m.at >= one.ends or one.is_done:
            bars |= {"over"}
        if accepts and not bars:
            bars = m.delegate_bars(one.by, one.to, one.side, one)
        at = m.at
        self.attempt(
            "D-1 answered",
            bars,
            lambda: answer_delegation(
                delegation_id=one.pk, accepts=accepts, actor=self.user(who), at=at
            ),
            lambda _: self.answered(one, at, accepts=accepts),
        )

    def answered(self, one: Lent, at: datetime, *, accepts: bool) -> None:
        one.answer, one.taken_on = accepts, at if accepts else None

    @precondition(lambda self: self.model.lent)
    @rule(who=st.sampled_from(["its side"] * 3 + ["cleo", "petra"]), number=numbers)
    def revoke(self, who, number):
        """D-4, V7."""
        self.later()
        m = self.model
        one = m.lent[-1 - number % len(m.lent)]
        who = m.holders.get(one.side, "cleo") if who == "its side" else who
        is_theirs = m.key_of(who) == one.side and one.round is None
        bars = set() if who == "cleo" or is_theirs else {"not_yours"}
        if one.is_revoked or m.at >= one.ends or one.answer is False or one.is_done:
            bars |= {"over"}
        at = m.at

        def then(_: Any) -> None:
            if effects.revoke(m, one):
                self.count("V7 by revocation")

        self.attempt(
            "D-4",
            bars,
            lambda: revoke_delegation(
                delegation_id=one.pk, reason=WHY, actor=self.user(who), at=at
            ),
            then,
        )

    @rule(
        side=st.sampled_from(SIDES), to=st.sampled_from(["kim", "its first"]), stays=st.booleans()
    )
    def change_a_seat(self, side, to, stays):
        """T10, V7, I18: the term ends, or somebody takes the office up."""
        self.later()
        if side in self.model.holders:
            self.vacate(side)
            if stays:
                self.later()
                self.fill(side, FIRST[side] if to == "its first" else to)
        else:
            self.fill(side, FIRST[side] if to == "its first" else to)

    def vacate(self, side: str) -> None:
        m = self.model
        term = OfficeTerm.objects.get(pk=m.terms_of_office[side])
        was_signed = bool(self.signed_now())
        at = m.at

        def then(_: Any) -> None:
            effects.change_seat(m, side, None, 0)
            if was_signed:
                self.count("V7 by office")

        self.attempt(
            "seat left",
            set(),
            lambda: end_term(actor=self.made.cast.ada, term=term, at=at),
            then,
        )

    def signed_now(self) -> list:
        return [one for one in self.model.rounds_in("in_review", "escalated") if one.live]

    def fill(self, side: str, who: str) -> None:
        self.later()
        m = self.model
        bars = {"two_keys"} if m.key_of(who) else set()
        if not bars and any(
            one.to == who
            and one.side == OTHER[side]
            and m.is_bound(one)
            and one.ends > m.at
            and not one.is_done
            for one in m.lent
        ):
            bars = {"stands_in"}
        at, person = m.at, self.user(who)
        self.attempt(
            "seat taken",
            bars,
            lambda: appoint(
                actor=self.made.cast.ada, user=person, office=OFFICE[side], title="Chief", at=at
            ),
            lambda term: effects.change_seat(m, side, who, term.pk),
        )


def _asked(one: Lent) -> tuple[Any, ...]:
    return one.term, one.to, one.starts.astimezone(ZONE).date(), one.ends, one.gates
