"""Two browsers in the same second: one wins, the other is told; never two, never half.

Real threads on real connections, each trial from one barrier. The same trial run on an unlocked
variant must break (negative control), else these tests could not see what they look for.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from governance.choices import RoundState
from governance.models import GateSide, Passage, Round, Signature, Snapshot
from governance.operations.halves import Half, Source, fill_half
from governance.operations.rounds import open_round, submit_round, withdraw_round
from governance.operations.signatures import attempt_of, sign_gate, withdraw_signature
from governance.operations.stops import pause_initiative
from governance.queries.rounds import get_round
from governance.queries.snapshots import snapshot_body
from governance.queries.standing import signing_facts
from governance.rules.signing import blockers_to_sign
from initiatives.choices import Standing
from initiatives.models import ArtefactVersion, Evidence
from initiatives.operations.contributions import Contribution, StaleContributionsError
from initiatives.operations.stages import change_standing
from journal.acts import act, record
from journal.kinds import Kind
from journal.models import Entry
from journal.verification import verify
from kernel.canonical import digest
from kernel.refusals import RefusedError
from playbook.editions import current
from tests.gates import World, fill, make_ready, make_world, pass_gate, presence_of, sign

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.untraced]
NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)
QUARTER = timedelta(days=91)
SOON = timedelta(seconds=30)
SLOT = "retire_or_scale"
"""A joint slot of stage 4, edited in the races against signing."""


@pytest.fixture
def world() -> World:
    """An initiative in measurement: its last gate opens again each quarter."""
    world = make_world(NOON)
    for gate in ("1", "2", "3"):
        pass_gate(world, gate, at=NOON)
    make_ready(world, "4", at=NOON)
    return world


def quarters(trials: int) -> list[datetime]:
    """Return one moment for each trial, far enough apart for the last gate to open again."""
    return [NOON + QUARTER * number for number in range(1, trials + 1)]


def drafted(world: World, at: datetime) -> Round:
    """Return a round of the last gate in preparation, opened if none is."""
    draft = Round.objects.filter(initiative=world.initiative, state=RoundState.DRAFT).first()
    return draft or open_round(initiative=world.initiative, gate="4", actor=world.cast.ivo, at=at)


def sent(world: World, at: datetime) -> Round:
    """Return a round of the last gate that waits for signatures."""
    return submit_round(round_id=drafted(world, at).pk, actor=world.cast.ivo, at=at, verdict="fix")


def race(*acts: Callable[[], object]) -> list[object]:
    """Run all acts at once; return what each gave, a refusal in place of a result."""
    barrier = Barrier(len(acts))

    def run(one: Callable[[], object]) -> object:
        try:
            barrier.wait(timeout=20)
            return one()
        except RefusedError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def refusals(results: list[object]) -> list[RefusedError]:
    return [one for one in results if isinstance(one, RefusedError)]


def broken(round_: Round) -> list[str]:
    """Say which promise the round breaks: what was signed, how often, and over what."""
    round_.refresh_from_db()
    found = []
    for side in ("technology", "people"):
        live = Signature.objects.filter(round=round_, side=side, act="approve", void=None).count()
        if live > 1:
            found.append(f"{live} signatures of {side}")
    passages = Passage.objects.filter(round=round_).count()
    if passages > 1 or (passages == 1) != (round_.state == RoundState.PASSED):
        found.append(f"{passages} passages, state {round_.state}")
    if round_.state == RoundState.PASSED and edited_before_passing(round_):
        found.append("passed over content that nobody signed")
    return found


def edited_before_passing(round_: Round) -> bool:
    """Tell whether signed content changed after the freeze and before the passage."""
    thread = f"initiatives.initiative:{round_.initiative_id}"
    entries = Entry.objects.filter(thread=thread)
    frozen = entries.filter(kind=Kind.ROUND_SUBMITTED, subject_id=str(round_.pk)).get().seq
    passed = entries.filter(kind=Kind.GATE_PASSED, seq__gt=frozen).order_by("seq")[0].seq
    return entries.filter(kind=Kind.SLOT_SAVED, seq__gt=frozen, seq__lt=passed).exists()


def edit(world: World, at: datetime, accepts_voids: list[int]) -> Callable[[], object]:
    slot = current().slot(SLOT)
    salt = f"edited at {at.isoformat()}"
    return lambda: fill(world, slot, at=at, salt=salt, accepts_voids=accepts_voids)


def signing(person, round_: Round, at: datetime) -> Callable[[], object]:
    """Go through the ceremony now, and return the signing itself for the race."""
    presence = presence_of(person, round_.pk, at=at)
    return partial(sign_gate, presence=presence, actor=person, at=at + SOON)


def withdrawing(person, signature: Signature, at: datetime) -> Callable[[], object]:
    return partial(
        withdraw_signature, signature_id=signature.pk, reason="Wait.", actor=person, at=at + SOON
    )


def test_both_sides_sign_in_the_same_second(world) -> None:
    for at in quarters(60):
        round_ = sent(world, at)

        results = race(signing(world.cast.ivo, round_, at), signing(world.cast.hana, round_, at))

        assert not refusals(results)
        assert broken(round_) == []
        assert round_.state == RoundState.PASSED
    assert [*verify()] == []


def test_one_side_signs_twice_in_the_same_second(world) -> None:
    [at] = quarters(1)
    round_ = sent(world, at)
    for _ in range(60):
        results = race(signing(world.cast.ivo, round_, at), signing(world.cast.ivo, round_, at))

        [refused] = refusals(results)
        assert refused.codes == ("signed",)
        assert broken(round_) == []
        [made] = [one for one in results if isinstance(one, Signature)]
        withdrawing(world.cast.ivo, made, at)()


def test_one_request_comes_twice_in_the_same_second(world) -> None:
    [at] = quarters(1)
    round_ = sent(world, at)
    for _ in range(40):
        request = signing(world.cast.ivo, round_, at)

        first, second = race(request, request)

        assert first == second
        assert Signature.objects.filter(intent=first.intent).count() == 1
        withdrawing(world.cast.ivo, first, at)()


def test_the_second_signature_meets_an_edit(world) -> None:
    for at in quarters(60):
        round_ = sent(world, at)
        first = sign(world.cast.ivo, round_.pk, at=at)

        race(signing(world.cast.hana, round_, at), edit(world, at + SOON, [first.pk]))

        assert broken(round_) == []
        assert round_.state in (RoundState.PASSED, RoundState.RETURNED)
    assert [*verify()] == []


def test_one_half_is_saved_twice_in_the_same_second() -> None:
    """Who comes second is shown both texts, and nothing of theirs is half kept."""
    world, trials = make_world(NOON), 20

    def saving(person, number: int) -> Callable[[], object]:
        raw = {"fill_with_ai": f"Trial {number}, {person.name}", "grow_people": "Talking"}
        half = Half(
            contributions=[Contribution(slot="gaps_to_fill", raw=raw, expected_version=number)],
            sources=[
                Source(name="source", slot="problem_statement", text=f"{number}: {person.name}")
            ],
        )
        return partial(fill_half, actor=person, initiative=world.initiative, half=half, at=NOON)

    for number in range(trials):
        results = race(saving(world.cast.petra, number), saving(world.cast.hana, number))

        [told] = refusals(results)
        assert isinstance(told, StaleContributionsError)
        [clash] = told.clashes
        version = ArtefactVersion.objects.get(slot="gaps_to_fill", n=number + 1)
        [source] = Evidence.objects.order_by("pk")[number:]
        assert source.added_by == version.author
        assert version.author.name not in clash.mine.texts["fill_with_ai"]
    assert [*verify()] == []


def test_the_second_signature_meets_a_withdrawal(world) -> None:
    for at in quarters(40):
        round_ = sent(world, at)
        first = sign(world.cast.ivo, round_.pk, at=at)

        results = race(signing(world.cast.hana, round_, at), withdrawing(world.cast.ivo, first, at))

        assert broken(round_) == []
        assert len(refusals(results)) == (1 if round_.state == RoundState.PASSED else 0)
        if round_.state != RoundState.PASSED:
            withdraw_round(round_id=round_.pk, actor=world.cast.ivo, at=at + SOON)


def test_a_round_is_sent_twice_in_the_same_second(world) -> None:
    [at] = quarters(1)
    for _ in range(40):
        draft = drafted(world, at)
        sending = partial(submit_round, round_id=draft.pk, at=at, verdict="fix")

        results = race(
            partial(sending, actor=world.cast.ivo), partial(sending, actor=world.cast.hana)
        )

        assert len(refusals(results)) == 1
        assert Snapshot.objects.filter(round=draft).count() == 1
        assert GateSide.objects.filter(round=draft).count() == 2
        withdraw_round(round_id=draft.pk, actor=world.cast.ivo, at=at)


def test_the_second_signature_meets_a_stop(world) -> None:
    for at in quarters(40):
        round_ = sent(world, at)
        sign(world.cast.ivo, round_.pk, at=at)
        stop = partial(
            pause_initiative,
            initiative=world.initiative,
            reason="Wrong answers",
            actor=world.cast.ivo,
            at=at + SOON,
        )

        results = race(signing(world.cast.hana, round_, at), stop)

        assert broken(round_) == []
        assert len(refusals(results)) == (0 if round_.state == RoundState.PASSED else 1)
        go_on(world, round_, at + SOON)


@act
def go_on(world: World, round_: Round, at: datetime) -> None:
    """Set the trial back by a short cut that the product has not: no pause ends so."""
    world.initiative.refresh_from_db()
    change_standing(
        initiative=world.initiative, standing=Standing.ACTIVE, actor=world.cast.ivo, at=at
    )
    if round_.state == RoundState.IN_REVIEW:
        withdraw_round(round_id=round_.pk, actor=world.cast.ivo, at=at)


def test_without_the_lock_the_same_race_breaks(world) -> None:
    """Negative control: sign/edit with a signing that judges first and writes later."""
    runs, failures = 20, 0
    for at in quarters(runs):
        round_ = sent(world, at)
        first = sign(world.cast.ivo, round_.pk, at=at)
        later = at + timedelta(seconds=30)
        judged, edited = Barrier(2), Barrier(2)

        race(
            unlocked_signing(world, round_, later, judged, edited),
            partial(edit_between, edit(world, later, [first.pk]), judged, edited),
        )

        failures += bool(broken(round_))
    assert failures >= 0.8 * runs


def edit_between(editing: Callable[[], object], judged: Barrier, edited: Barrier) -> None:
    """Edit after the other has judged, and before it writes."""
    judged.wait(timeout=20)
    editing()
    edited.wait(timeout=20)


def unlocked_signing(
    world: World, round_: Round, at: datetime, judged: Barrier, edited: Barrier
) -> Callable[[], object]:
    """Return signing as one would write it without a lock: read, judge, then write."""
    key = presence_of(world.cast.hana, round_.pk, at=at - timedelta(seconds=30))

    @act
    def unlocked() -> None:
        facts = signing_facts(get_round(round_.pk), at)
        assert digest(snapshot_body(get_round(round_.pk), at)) == facts.now.snapshot
        attempt = attempt_of(key, world.cast.hana, at)
        assert not [*blockers_to_sign(attempt, facts)]
        judged.wait(timeout=20)
        edited.wait(timeout=20)
        Round.objects.filter(pk=round_.pk).update(state=RoundState.PASSED, reason="")
        passage = Passage.objects.create(round=round_, body=b"", digest="0" * 64, passed_at=at)
        record(
            Kind.GATE_PASSED,
            actor=world.cast.hana,
            subject=passage,
            thread=round_.initiative,
            at=at,
        )

    return unlocked
