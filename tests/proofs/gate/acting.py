"""What every act of the machine goes through: tried, judged by the model, counted."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, ClassVar

from django.db import transaction
from hypothesis.stateful import RuleBasedStateMachine

from governance.models import Commitment, GateSide, Passage, Reminder
from governance.models import Round as Row
from governance.queries.delegations import side_of
from initiatives.models import Initiative
from journal.verification import verify
from kernel.refusals import NotVisibleError, RefusedError
from people.models import User
from tests.cast import PASSWORD
from tests.proofs.gate.company import Company
from tests.proofs.gate.model import REVIEW, Model, Round

PEOPLE = ("hana", "ivo", "petra", "max", "kim", "cleo")
MINUTE = timedelta(minutes=1)
OF_CRITERIA = ("criterion.", "ready.", "stop.")


def now_and_then(every: int, *, rather: Callable[[Any], Any]) -> Callable[[Any], bool]:
    """Let an act be tried where it may be possible, and else each so many turns."""
    return lambda machine: bool(
        machine.model.rounds and (rather(machine.model) or machine.turn % every == 0)
    )


@contextmanager
def undone() -> Iterator[Any]:
    """Begin a transaction in which acts begin theirs, as in a test of Django's."""
    block = transaction.atomic()
    block._from_testcase = True  # noqa: SLF001  # there is no other way to say so
    with block:
        yield


class Acting(RuleBasedStateMachine):
    """One initiative, in the database and in the model, and what was reached so far."""

    made: ClassVar[Company]
    reached: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        """Begin a transaction that is never committed."""
        super().__init__()
        self.undone = undone()
        self.undone.__enter__()
        self.initiative: Initiative
        self.model: Model
        self.turn = 0
        self.passwords = dict.fromkeys(PEOPLE, PASSWORD)

    def teardown(self) -> None:
        """Let the journal be checked whole, and leave nothing behind."""
        try:
            assert [*verify()] == []
        finally:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

    # --- one act ----------------------------------------------------------------------------
    def attempt(
        self, name: str, bars: set[str], call: Callable[[], Any], then: Callable[[Any], None]
    ) -> None:
        """Do it; it must be refused for what the model says, and done where it says nothing."""
        try:
            with undone():
                done = call()
        except (RefusedError, NotVisibleError) as refused:
            codes = self.known(refused, bars)
            assert codes, f"{name}: a refusal without a reason"
            assert codes <= bars, f"{name} was refused for {codes}, expected {bars or 'nothing'}"
            self.count(*(f"{name} refused: {code}" for code in codes))
            return
        assert not bars, f"{name} was done, expected a refusal for {bars}"
        self.count(name)
        then(done)

    def known(self, refused: Exception, bars: set[str]) -> set[str]:
        """Return the reasons as the model calls them: what it does not follow is `unready`."""
        codes = set(getattr(refused, "codes", ("not_visible",)))
        return {
            "unready" if one.startswith(OF_CRITERIA) and one not in bars else one for one in codes
        }

    def count(self, *names: str) -> None:
        type(self).reached.update(names)

    def later(self, by: timedelta = MINUTE) -> None:
        self.model.at += by

    def user(self, who: str) -> User:
        return getattr(self.made.cast, who)

    def fresh(self) -> Initiative:
        return Initiative.objects.get(pk=self.initiative.pk)

    def pick(self, number: int, *states: str) -> Round | None:
        """Return the newest round, rather in these states; now and then any."""
        rounds = self.model.rounds
        if not rounds:
            return None
        wanted = self.model.rounds_in(*states) or rounds
        return wanted[-1] if number < 7 else rounds[number % len(rounds)]

    # --- compared ---------------------------------------------------------------------------
    def number_rounds(self) -> None:
        """Learn the keys of rounds that acts began by themselves."""
        if any(not one.pk for one in self.model.rounds):
            rows = Row.objects.filter(initiative=self.initiative)
            keys = {(gate, n): pk for gate, n, pk in rows.values_list("gate", "n", "pk")}
            for one in self.model.rounds:
                one.pk = keys.get((one.gate, one.n), 0)

    def agree(self) -> None:
        """Hold what stands in the rows to the model."""
        m = self.model
        self.number_rounds()
        rows = Row.objects.filter(initiative=self.initiative)
        stored = {
            (gate, n): (state, reason)
            for gate, n, state, reason in rows.values_list("gate", "n", "state", "reason")
        }
        assert stored == {(one.gate, one.n): (one.state, one.reason) for one in m.rounds}
        held = GateSide.objects.filter(round__initiative=self.initiative)
        live = {
            (pk, side, email.partition("@")[0])
            for pk, side, email in held.exclude(live_signature=None).values_list(
                "round", "side", "live_signature__signer__email"
            )
        }
        assert live == {
            (one.pk, side, sign.by) for one in m.rounds for side, sign in one.live.items()
        }
        row = self.fresh()
        assert (row.stage, row.standing) == (m.stage, m.standing)
        passed = Passage.objects.filter(round__initiative=row, supersession=None)
        gates = {gate for gate in passed.values_list("round__gate", flat=True) if gate != "resume"}
        assert gates == m.passed
        owed = Commitment.objects.owed().filter(passage__round__initiative=row)
        assert sorted(owed.values_list("kind", "due_on", "asked_by")) == sorted(
            (one.kind, one.due, one.asked_by) for one in m.owed if not one.is_closed
        )
        told = Reminder.objects.filter(round__initiative=row)
        assert {*told.values_list("round", "side", "step")} == {
            (one.pk, side, step) for one in m.rounds for side, step in one.reminded
        }
        self.agree_who_may_sign(row)

    def agree_who_may_sign(self, row: Initiative) -> None:
        """Ask of one person a turn as what they may act, where a round waits."""
        self.turn += 1
        who = PEOPLE[self.turn % len(PEOPLE)]
        for one in self.model.rounds_in(*REVIEW):
            round_ = Row.objects.select_related("initiative").get(pk=one.pk)
            said = side_of(self.user(who), round_, self.model.at)
            assert str(said or "") == self.model.side_of(who, one), f"{who} signs for {said}"
