"""Two browsers in the same second: one wins, the other is told; never two, never half.

Real threads on real connections, from one barrier. What races for a signature is tried in all its
pairs, with its negative control, by `tests/proofs/test_races_of_acts.py`.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial, wraps
from itertools import count
from threading import Barrier

import pytest
from django.db import connection

from governance.choices import OnBreach
from governance.models import Commitment, Delegation, GateSide, Handover, Proof, Snapshot
from governance.operations.delegations import WrittenAlreadyError
from governance.operations.halves import GivenWord, Half, Source, fill_half
from governance.operations.handovers import HandoverRefusedError, Word, hand_over
from governance.operations.rounds import open_round, submit_round, withdraw_round
from governance.rules.delegations import Scope
from initiatives.choices import MemberRole
from initiatives.models import ArtefactVersion, Evidence, Import, Initiative, Note
from initiatives.operations.contributions import Contribution, StaleContributionsError
from initiatives.operations.evidence import add_evidence_attestation
from initiatives.operations.imports import BroughtAlreadyError, start_import
from initiatives.operations.initiatives import ProposedAlreadyError, propose
from initiatives.operations.memberships import set_member
from initiatives.operations.notes import SharedAlreadyError, share_note
from initiatives.operations.pieces import AddedAlreadyError
from journal.verification import verify
from kernel.refusals import RefusedError
from people.choices import Side
from tests.gates import make_ready, make_round, make_world
from tests.governance.delegating import written
from tests.governance.operations.test_breaches import passed_with

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.untraced]
NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)
TRIALS = 8


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


def test_one_half_is_saved_twice_in_the_same_second() -> None:
    """Who comes second is shown both texts, and nothing of theirs is half kept."""
    world = make_world(NOON)

    def saving(person, number: int) -> Callable[[], object]:
        raw = {"fill_with_ai": f"Trial {number}, {person.name}", "grow_people": "Talking"}
        half = Half(
            contributions=[Contribution(slot="gaps_to_fill", raw=raw, expected_version=number)],
            sources=[
                Source(name="source", slot="problem_statement", text=f"{number}: {person.name}")
            ],
        )
        return partial(fill_half, actor=person, initiative=world.initiative, half=half, at=NOON)

    for number in range(TRIALS):
        results = race(saving(world.cast.petra, number), saving(world.cast.hana, number))

        [told] = refusals(results)
        assert isinstance(told, StaleContributionsError)
        [clash] = told.clashes
        version = ArtefactVersion.objects.get(slot="gaps_to_fill", n=number + 1)
        [source] = Evidence.objects.order_by("pk")[number:]
        assert source.added_by == version.author
        assert version.author.name not in clash.mine.texts["fill_with_ai"]
    assert [*verify()] == []


def test_the_same_half_three_times_at_once_is_kept_once() -> None:
    world = make_world(NOON)
    raw = {"fill_with_ai": "Who is free", "grow_people": "Talking"}
    half = Half(
        contributions=[Contribution(slot="gaps_to_fill", raw=raw, expected_version=0)],
        sources=[Source(name="source", slot="problem_statement", text="I was there.")],
        words=[a_word("Asked the team leads.")],
    )
    by = {"actor": world.cast.petra, "initiative": world.initiative, "at": NOON}

    assert race(*[partial(fill_half, half=half, **by)] * CLICKS) == [True] * CLICKS

    made = (ArtefactVersion.objects.filter(slot="gaps_to_fill"), Evidence.objects, Proof.objects)
    assert [one.count() for one in made] == [1, 1, 1]


def test_a_round_is_sent_twice_in_the_same_second() -> None:
    world = make_world(NOON)
    make_ready(world, "1", at=NOON)
    for _ in range(TRIALS):
        draft = open_round(initiative=world.initiative, gate="1", actor=world.cast.petra, at=NOON)
        sending = partial(submit_round, round_id=draft.pk, at=NOON)

        results = race(
            partial(sending, actor=world.cast.petra), partial(sending, actor=world.cast.tariq)
        )

        assert len(refusals(results)) == 1
        assert Snapshot.objects.filter(round=draft).count() == 1
        assert GateSide.objects.filter(round=draft).count() == 2
        withdraw_round(round_id=draft.pk, actor=world.cast.petra, at=NOON)


# --- the same form three times at once, and what the lock is for ---------------------------

CLICKS = 3
PROPOSAL = {
    "problem": "Nobody on site finds the number of the part in front of them.",
    "affected": "420 technicians",
    "unit_name": "Field Service",
    "side": Side.TECHNOLOGY,
    "reason": "The one that is here is about the desk, and not about who is out.",
}
NOTE = {"text": "It may be the rota.", "side": Side.PEOPLE}
STATED = {"note": "I was there.", "slot": "problem_statement"}


def a_word(note: str) -> GivenWord:
    return GivenWord(name="word", criterion="g1_change_load", is_met=True, note=note)


def click(world, what: str, word: str) -> Callable[[], object]:
    """Return what one click of a form does; `word` tells one form from another."""
    by = {"actor": world.cast.petra, "at": NOON}
    return {
        "proposal": partial(propose, **by | {"actor": world.cast.tariq}, name=word, **PROPOSAL),
        "note": partial(share_note, **by, title=word, **NOTE),
        "evidence": partial(
            add_evidence_attestation, **by, initiative=world.initiative, title=word, **STATED
        ),
        "list": partial(
            start_import,
            **by | {"actor": world.cast.ada},
            name="list.csv",
            content=f"Name,Unit\n{word},Service\n".encode(),
        ),
        "half": partial(
            fill_half,
            **by,
            initiative=world.initiative,
            half=Half(contributions=(), words=[a_word(f"A {word} load.")]),
        ),
        "delegation": partial(written, world.cast, NOON, scope=Scope(risks=frozenset([word]))),
    }[what]


MADE = {
    "proposal": (Initiative, [ProposedAlreadyError]),
    "note": (Note, [SharedAlreadyError]),
    "evidence": (Evidence, [AddedAlreadyError]),
    "list": (Import, [BroughtAlreadyError]),
    "half": (Proof, []),  # ends like the first
    "delegation": (Delegation, [WrittenAlreadyError]),
}


# Where it is asked whether this is here already.
ASKED = {
    "proposal": "initiatives.operations.initiatives.initiative_of",
    "note": "initiatives.operations.notes.note_of_author",
    "evidence": "initiatives.operations.pieces.is_evidence_here",
    "list": "initiatives.operations.imports.open_import_of",
    "half": "governance.operations.halves.is_given",
    "delegation": "governance.operations.delegations.asked_already",
}


LOCKING = (
    "governance.operations.halves",
    "governance.operations.proofs",
    "initiatives.operations.contributions",
    "initiatives.operations.pieces",
)


@contextmanager
def unlocked(asked: str, together: int) -> Iterator[None]:
    """Take the locks away, and let all have asked before any of them writes."""
    barrier, numbers = Barrier(together), count(901)
    module, name = asked.rsplit(".", 1)
    with pytest.MonkeyPatch.context() as patched:
        found = getattr(__import__(module, fromlist=[name]), name)

        @wraps(found)
        def asking(*args, **options):
            answer = found(*args, **options)
            barrier.wait(timeout=20)
            return answer

        patched.setattr(asked, asking)
        patched.setattr("journal.acts._advisory", lambda function: None)
        patched.setattr("initiatives.queries.twins._hold", lambda lock: None)
        patched.setattr("initiatives.operations.initiatives._next_number", lambda: next(numbers))
        for place in LOCKING:
            patched.setattr(f"{place}.locked", lambda pk: Initiative.objects.get(pk=pk))
        yield


def test_a_form_sent_three_times_at_once_makes_one_and_without_the_lock_three() -> None:
    world = make_world(NOON)
    for what, (model, told) in MADE.items():
        before = model.objects.count()

        results = race(*[click(world, what, "low")] * CLICKS)

        assert model.objects.count() == before + 1, what
        assert [type(one) for one in refusals(results)] == told * (CLICKS - 1), what
    assert [*verify()] == []

    for what, (model, _) in MADE.items():
        before = model.objects.count()
        with unlocked(ASKED[what], CLICKS):
            race(*[click(world, what, "high")] * CLICKS)
        assert model.objects.count() == before + CLICKS, what


def test_two_hand_a_line_over_at_once_and_one_of_them_is_told() -> None:
    world = make_world(NOON)
    make_ready(world, "1", at=NOON)
    cast, here = world.cast, world.initiative
    part = {"user": cast.max, "side": Side.PEOPLE, "role": MemberRole.CONTRIBUTOR}
    set_member(actor=cast.petra, initiative=here, at=NOON, **part)
    passed_with(world, make_round(world, at=NOON), OnBreach.NOTIFY)
    commitment = Commitment.objects.get()

    def handing(to) -> Callable[[], object]:
        words = [Word(f"commitment-{commitment.pk}", to)]
        return partial(hand_over, actor=cast.ada, user=cast.max, words=words, at=NOON)

    [told] = refusals(race(handing(cast.erin), handing(cast.petra)))

    assert (type(told), told.codes) == (HandoverRefusedError, ("not_open",))
    assert Handover.objects.count() == 1
    assert [*verify()] == []
