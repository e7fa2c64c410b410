"""The sponsor decides in the same second as a side changes its mind: one wins, never half."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest

from governance.models import Passage, Resolution, Round, Signature
from governance.operations.refusals import take_back_decline
from governance.operations.resolutions import resolve_round
from governance.operations.signatures import withdraw_signature
from governance.queries.escalations import case_of, sponsor_facts
from governance.queries.rounds import get_round
from governance.queries.standing import signing_facts
from governance.rules.escalations import blockers_to_resolve
from journal.acts import act, record
from journal.kinds import Kind
from journal.verification import verify
from tests.gates import make_ready, make_world, pass_gate, sign
from tests.governance.operations.test_races import NOON, broken, race, sent
from tests.governance.stalemates import MOMENT, decline, sponsor_presence

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.untraced]
LATER = timedelta(days=6)
APART = timedelta(days=110)
TRIALS = 10


@pytest.fixture
def world():
    """An initiative in measurement: its last gate opens again each quarter."""
    world = make_world(NOON)
    for gate in ("1", "2", "3"):
        pass_gate(world, gate, at=NOON)
    make_ready(world, "4", at=NOON)
    return world


def disputed(world, at):
    """Return a round that Technology signed and People declined, six days before `at`."""
    round_ = sent(world, at)
    first = sign(world.cast.ivo, round_.pk, at=at)
    return round_, first, decline(world.cast.hana, round_, at=at)


def letting_pass(world, round_, at) -> Callable[[], object]:
    presence = sponsor_presence(world.cast.cleo, round_.pk, "go", at=at)
    return partial(resolve_round, presence=presence, actor=world.cast.cleo, at=at + MOMENT)


def overruled_wrongly(round_: Round) -> list[str]:
    """Say which promise of T16 the round breaks."""
    found = broken(round_)
    if Passage.objects.filter(round=round_).exists():
        live = Signature.objects.filter(round=round_, side="technology", void=None)
        if live.count() != 1:
            found.append("passed on a signature that was taken back")
        if not Resolution.objects.filter(round=round_, way="go").exists():
            found.append("passed though the sponsor decided nothing")
    return found


def test_the_sponsor_lets_it_pass_while_a_side_changes_its_mind(world) -> None:
    for number in range(1, TRIALS + 1):
        at = NOON + number * APART
        round_, first, declined = disputed(world, at)
        later = at + LATER
        acts = (
            partial(
                withdraw_signature,
                signature_id=first.pk,
                reason="Wait.",
                actor=world.cast.ivo,
                at=later,
            ),
            partial(
                take_back_decline,
                decline_id=declined.pk,
                reason="Agreed.",
                actor=world.cast.hana,
                at=later,
            ),
        )

        race(letting_pass(world, round_, later), acts[number % 2])

        assert overruled_wrongly(round_) == []
        if not Passage.objects.filter(round=round_).exists():
            end(world, round_, later)
    assert not [*verify()]


def end(world, round_, at) -> None:
    """Close what the race left open, so that the next quarter begins anew."""
    resolve_or_pass = Round.objects.get(pk=round_.pk)
    if resolve_or_pass.state == "escalated":
        presence = sponsor_presence(world.cast.cleo, round_.pk, "recycle", at=at + MOMENT)
        resolve_round(presence=presence, actor=world.cast.cleo, at=at + 2 * MOMENT)
    else:
        sign(world.cast.hana, round_.pk, at=at + MOMENT)


def test_without_the_lock_it_passes_on_a_signature_that_was_taken_back(world) -> None:
    """The negative control: judged before, written after."""
    at = NOON + APART
    round_, first, _ = disputed(world, at)
    later, judged, withdrawn = at + LATER, Barrier(2), Barrier(2)

    def withdraw_between() -> None:
        judged.wait(timeout=20)
        withdraw_signature(signature_id=first.pk, reason="Wait.", actor=world.cast.ivo, at=later)
        withdrawn.wait(timeout=20)

    @act
    def unlocked() -> None:
        found = get_round(round_.pk)
        assert not [
            *blockers_to_resolve(
                "go",
                sponsor=sponsor_facts(world.cast.cleo, found, later),
                case=case_of(found),
                facts=signing_facts(found, later),
                at=later,
            )
        ]
        judged.wait(timeout=20)
        withdrawn.wait(timeout=20)
        Round.objects.filter(pk=round_.pk).update(state="passed", reason="")
        passage = Passage.objects.create(round=round_, body=b"", digest="0" * 64, passed_at=later)
        record(
            Kind.GATE_PASSED,
            actor=world.cast.cleo,
            subject=passage,
            thread=round_.initiative,
            at=later,
        )

    race(unlocked, withdraw_between)

    assert "passed on a signature that was taken back" in overruled_wrongly(round_)
