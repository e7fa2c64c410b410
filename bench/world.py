"""A register made by the product's own operations: twenty initiatives in every state there is."""

import json
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from governance.operations.rounds import open_round
from governance.operations.stops import pause_initiative
from journal.models import Entry
from people.operations.persons import add_person
from tests.cast import PASSWORD
from tests.gates import World, company, make_ready, make_round, make_world, pass_gate, sign

# How many gates are passed, and how it stands now.
PLAN = (
    *[(0, "bare")] * 4,
    *[(0, "draft"), (0, "review"), (0, "half"), (0, "ready")],
    *[(1, "bare")] * 3,
    *[(1, "draft"), (1, "half"), (1, "paused")],
    *[(2, "bare"), (2, "bare"), (2, "draft")],
    *[(3, "bare"), (3, "bare"), (3, "review")],
)
AGE = timedelta(days=60)
STEP = timedelta(days=7)
REVIEW_AGE = timedelta(days=3)
COLLEAGUES = 40
NOTES = settings.FOLDER / "world.json"


def main() -> None:
    """Make the register as of now."""
    make_prototypes(timezone.now())


def make_prototypes(now: datetime) -> None:
    """Found the company and bring each initiative of the plan to where it stands."""
    cast = company(now - AGE - timedelta(days=1))
    for number in range(COLLEAGUES):
        add_person(
            actor=cast.ada,
            email=f"colleague{number}@example.com",
            name=f"Colleague {number}",
            title="Specialist",
            zone="Europe/Berlin",
            at=now - AGE,
        )
    rounds = [
        bring(
            make_world(now - AGE, cast=cast, name=f"{words(number)} {number}"), passed, state, now
        )
        for number, (passed, state) in enumerate(PLAN, start=1)
    ]
    note(rounds)


def bring(world: World, passed: int, state: str, now: datetime) -> int:
    """Bring a new initiative to where it shall stand; return its open round, 0 if it has none."""
    for gate in range(1, passed + 1):
        pass_gate(world, str(gate), at=world.at + gate * STEP)
    return leave(world, str(passed + 1), state, now - REVIEW_AGE)


def leave(world: World, gate: str, state: str, at: datetime) -> int:
    """Leave an initiative at its next gate as the plan says."""
    if state == "paused":
        pause_initiative(
            initiative=world.initiative, reason="An incident.", actor=world.cast.hana, at=at
        )
    if state == "draft":
        return open_round(initiative=world.initiative, gate=gate, actor=world.cast.petra, at=at).pk
    if state not in ("review", "half", "ready"):
        return 0
    make_ready(world, gate, at=at)
    if state == "ready":
        return 0
    verdict = "scale" if gate == "4" else ""
    round_ = make_round(world, gate, at=at, verdict=verdict)
    if state == "half":
        sign(world.cast.ivo, round_.pk, at=at)
    return round_.pk


def note(rounds: list[int]) -> None:
    """Write down what the other steps must know of this world."""
    numbers = {f"{passed}-{state}": n for n, (passed, state) in enumerate(PLAN, start=1)}
    NOTES.write_text(
        json.dumps(
            {
                "password": PASSWORD,
                "prototypes": len(PLAN),
                "rounds": {
                    f"{passed}-{state}": pk
                    for (passed, state), pk in zip(PLAN, rounds, strict=True)
                },
                "numbers": numbers,
                "last_entry": Entry.objects.order_by("-seq").values_list("seq", flat=True)[0],
            }
        )
    )


def words(number: int) -> str:
    """Return a name unlike the others."""
    things = ("Shift planner", "Invoice reader", "Ticket router", "Policy finder", "Parts forecast")
    places = ("for the depot", "at the desk", "in payroll", "on the road")
    return f"{things[number % 5]} {places[number % 4]}"
