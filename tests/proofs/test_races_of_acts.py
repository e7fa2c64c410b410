"""Whatever can be done at a gate, done in the same moment by two people, and by eight.

A world with a gate in each state is made once and put back after each trial. Two acts begin from
one barrier, on real connections, each with a small wait of its own; then the journal is read again
by the rules, and every row is held to it (`races.histories`). The short form takes the acts that
race for a signature, each with each; `./dev prove races` takes all there are, 10,000 trials.
"""

import time
from collections import Counter
from dataclasses import replace
from random import Random
from threading import Barrier, Event

import pytest
from django.db import transaction
from django.db.models import QuerySet

from governance.models import GateSide, Round
from governance.operations import resolutions
from governance.rules import signing
from initiatives.models import Initiative
from kernel.compiled import Compiled
from tests.proofs.races.grounds import MOST, ground, held
from tests.proofs.races.judging import deadlocks
from tests.proofs.races.scenes import (
    EDIT,
    GO,
    NAMED,
    OFFICE,
    OTHER_EDIT,
    PAUSE,
    PEOPLE,
    PEOPLE_AGAIN,
    PEOPLE_BACK,
    PLAYBOOK,
    REVOKE,
    TECHNOLOGY,
    TECHNOLOGY_AGAIN,
    TERMS,
    WITHDRAW,
)
from tests.proofs.reporting import is_long, report, trials

__all__ = ["ground", "held"]  # the world that all trials here begin with

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.untraced]
SEED = 20261122
EACH, ALL = 10, 10_000  # trials: of each pair, and in the long form of all of them together
LONGEST_WAIT = 0.03
PATIENCE = 20
SHORT_PATIENCE = 0.15
CLICKS = (PEOPLE, PEOPLE, PEOPLE_AGAIN, TECHNOLOGY, TECHNOLOGY, TECHNOLOGY_AGAIN, EDIT, OTHER_EDIT)


def test_whatever_two_people_do_at_once_reads_as_one_after_the_other(ground) -> None:
    begun, before = time.monotonic(), deadlocks()
    everything = sorted({name for scene in ground.scenes for name in scene.acts})
    pairs = ground.pairs(everything if is_long() else NAMED)
    chance, each = Random(SEED), Counter()
    chance.shuffle(pairs)

    for trial in trials(short=EACH * len(pairs), long=max(ALL, EACH * len(pairs))):
        one, other, both = pairs[trial % len(pairs)]
        scene = both[trial // len(pairs) % len(both)]
        waits = chance.sample([0, chance.uniform(0, LONGEST_WAIT)], 2)
        acts = [(name, scene.acts[name]) for name in (one, other)]
        outcomes = ground.trial(f"trial {trial}, {scene.name}, {one} / {other}", acts, waits)
        each[one, other] += 1
        if (scene.name, {one, other}) == ("open", {TECHNOLOGY, PEOPLE}):
            assert all(done.is_done for done in outcomes), "the two sides keep each other out"

    report(
        f"Race trials of two acts, each with each, seed {SEED}",
        [
            ("kinds of acts", len(everything), ""),
            ("pairs of acts", len(pairs), "all"),
            ("trials", f"{each.total():,}", f"{ALL:,}"),
            ("fewest trials of a pair", min(each.values()), f"{EACH}"),
            ("acts done", f"{ground.told['done']:,}", ""),
            ("acts refused", f"{ground.told['refused']:,}", ""),
            ("trials that broke a promise", ground.told["broken"], "0"),
            ("deadlocks", deadlocks() - before, "0"),
            ("seconds", round(time.monotonic() - begun), ""),
        ],
    )
    assert ground.faults == []
    assert deadlocks() == before
    assert is_long() or min(each.values()) == EACH


def test_six_clicks_and_two_editors_at_once(ground) -> None:
    """Each side clicks three times, twice on the same confirmation; two edit meanwhile."""
    scene, chance = ground.scene("open"), Random(SEED)

    for trial in trials(short=6, long=200):
        waits = [chance.uniform(0, LONGEST_WAIT) for _ in CLICKS]
        acts = [(name, scene.acts[name]) for name in CLICKS]
        outcomes = ground.trial(f"trial {trial}", acts, waits)
        for name in (PEOPLE, TECHNOLOGY):
            made = {one.result.pk for one in outcomes if one.name == name and one.is_done}
            assert len(made) <= 1, f"trial {trial}: one confirmation made {made}"

    report(
        f"Three clicks of each side and two editors at once, seed {SEED}",
        [
            ("trials", ground.told["trials"], ""),
            ("trials that broke a promise", ground.told["broken"], "0"),
        ],
    )
    assert ground.faults == []


def test_everything_at_once_waits_for_nobody_for_ever(ground) -> None:
    """Eight acts drawn from all there are, on any of the gates: no lock waits for its own."""
    begun, before, chance = time.monotonic(), deadlocks(), Random(SEED)
    everything = [(name, act) for scene in ground.scenes for name, act in scene.acts.items()]

    for trial in trials(short=6, long=200):
        acts = chance.sample(everything, MOST)
        ground.trial(f"trial {trial}, {', '.join(name for name, _ in acts)}", acts)

    report(
        f"Eight of all acts at once, on any of the gates, seed {SEED}",
        [
            ("trials", ground.told["trials"], ""),
            ("acts done", f"{ground.told['done']:,}", ""),
            ("trials that broke a promise", ground.told["broken"], "0"),
            ("deadlocks", deadlocks() - before, "0"),
            ("seconds", round(time.monotonic() - begun), ""),
        ],
    )
    assert ground.faults == []
    assert deadlocks() == before


# --- the negative controls: without the locks these trials would see it --------------------
SIGN = (signing, "blockers_to_sign")
RESOLVE = (resolutions, "blockers_to_confirm_resolution")
CONTESTED = [
    *((SIGN, PEOPLE, other, "half") for other in (EDIT, TERMS, WITHDRAW, OFFICE, PAUSE)),
    *((SIGN, PEOPLE, other, "half") for other in (PLAYBOOK, REVOKE, PEOPLE_BACK)),
    *((RESOLVE, GO, other, "late") for other in (EDIT, WITHDRAW, PAUSE, REVOKE)),
]


def between(judge, act, patience, monkeypatch):
    """Return an act that comes when the other has been judged and is not yet written."""
    place, name = judge
    rule, judged, done = getattr(place, name), Event(), Event()

    def judging(*args, **options):
        found = [*rule(*args, **options)]
        judged.set()
        done.wait(patience)
        return found

    def meanwhile():
        judged.wait(PATIENCE)
        try:
            return act()
        finally:
            done.set()

    monkeypatch.setattr(place, name, judging)
    return meanwhile


def contested(ground, patience, rounds) -> None:
    for number in trials(short=len(CONTESTED), long=rounds * len(CONTESTED)):
        judge, one, other, name = CONTESTED[number % len(CONTESTED)]
        scene = ground.scene(name)
        with pytest.MonkeyPatch.context() as patched:
            later = between(judge, scene.acts[other], patience, patched)
            ground.trial(f"{one} / {other}", [(one, scene.acts[one]), (other, later)])


def without_locks(monkeypatch) -> None:
    """Take every lock away but that of the journal's head."""
    held, asked, free = QuerySet.select_for_update, Compiled.ask, (Initiative, Round, GateSide)

    def unheld(rows, *args, **options):
        return rows.all() if rows.model in free else held(rows, *args, **options)

    def ask(query, values):
        sql = query.sql.partition(" FOR UPDATE")[0] if query.rows.model in free else query.sql
        return asked(replace(query, sql=sql), values)

    monkeypatch.setattr("journal.acts._advisory", lambda function: None)
    monkeypatch.setattr(QuerySet, "select_for_update", unheld)
    monkeypatch.setattr(Compiled, "ask", ask)


def test_what_comes_between_judging_and_writing_waits_and_without_locks_it_breaks(
    ground, monkeypatch
) -> None:
    contested(ground, SHORT_PATIENCE, 10)
    assert ground.faults == []

    ground.told.clear()
    without_locks(monkeypatch)
    contested(ground, PATIENCE, 10)

    broken = ground.told["broken"] / ground.told["trials"]
    report(
        "The same with the locks taken away, the other act between judging and writing",
        [
            ("trials", ground.told["trials"], ""),
            ("trials that broke a promise", f"{broken:.0%}", "at least 80 %"),
        ],
    )
    assert broken >= 0.8


def test_locks_in_another_order_are_seen_as_a_deadlock(ground) -> None:
    before, scene, both = deadlocks(), ground.scene("open"), Barrier(2)

    def held(rows) -> None:
        rows.select_for_update().get()

    def taking(first, second):
        def take():
            with transaction.atomic():
                held(first)
                both.wait(PATIENCE)
                held(second)

        return take

    initiative = Initiative.objects.filter(pk=scene.round.initiative_id)
    round_ = Round.objects.filter(pk=scene.round.pk)
    outcomes = ground.racers.race(
        [("down", taking(initiative, round_)), ("up", taking(round_, initiative))]
    )

    assert any("deadlock detected" in one.crash for one in outcomes)
    assert deadlocks() == before + 1
