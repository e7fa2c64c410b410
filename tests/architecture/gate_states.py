"""Who may do what at a gate in which state: the pages and acts that depend on it.

Each state is a gate of its own, which `access_governance.py` prepares. Whoever has not signed in
is asked to in every state; the table of all addresses says so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.architecture.access import EVERY_ROLE, World

STATES = {
    "draft": "Draft",
    "waiting": "Waiting",
    "half signed": "Half",
    "escalated": "Split",
    "passed": "Passed",
    "paused": "Paused",
    "closed": "Closed",
}
SIGNED_IN = [role for role in EVERY_ROLE if role != "anonymous"]
STRANGERS = {"employee", "outsider lead"}
KEYS = {"CHRO", "CIO", "acting CIO", "counter-signer"}
PEOPLE, TECHNOLOGY = {"CHRO", "counter-signer"}, {"CIO", "acting CIO"}
STAND_INS = {"for the CIO", "for the CHRO"}
DRIVERS = {"lead"} | KEYS
SIDES = {"contributor"} | DRIVERS
STOPPERS = {"sponsor"} | KEYS
STANDERS = SIDES | STOPPERS
EVERYBODY = frozenset(SIGNED_IN)

# Tried once by everybody; at the other states by one of those whom no rule of a gate tells apart.
TRIED_BY_ALL = "half signed"
ALIKE = {"outsider lead", "committee", "auditor", "acting CIO", "counter-signer"}

Answers = dict[str, str]


def only(roles: set[str] | frozenset[str], status: str, otherwise: str = "403") -> Answers:
    """Return that these roles get a status, other readers another, and strangers find nothing."""
    got = {role: status if role in roles else otherwise for role in SIGNED_IN}
    return got | dict.fromkeys(STRANGERS, "404")


READ, NOT_THERE = only(EVERYBODY, "200"), only(EVERYBODY, "404")
# There is nothing sealed to see: back to the gate.
BACK = only(EVERYBODY, "302")


@dataclass(frozen=True)
class StateRow:
    """What each role gets from one URL with one method, by the state of the gate it is about."""

    name: str
    method: str
    args: Callable[[World, str], dict[str, Any]]
    answers: Mapping[str, Answers]

    def expected(self, state: str) -> Answers:
        return self.answers.get(state, self.answers["else"])

    def to_try(self, state: str) -> Answers:
        """Leave out whom nothing tells from another, but at the one state where all are tried."""
        got = self.expected(state)
        return got if state == TRIED_BY_ALL else {who: got[who] for who in got if who not in ALIKE}


def at(world: World, state: str) -> dict[str, Any]:
    return {"pk": world.things[STATES[state]].pk}


def _point(world: World, state: str) -> dict[str, Any]:
    return {**at(world, state), "criterion": "g1_change_load"}


def _code(world: World, state: str) -> dict[str, Any]:
    return {"code": world.things[STATES[state]].initiative.code}


def _gate(world: World, state: str) -> dict[str, Any]:
    return {**_code(world, state), "gate": "1"}


def _signature(world: World, state: str) -> dict[str, Any]:
    """Name Hana's signature there; where she gave none, one of another gate."""
    own = world.things[STATES[state]].signatures.filter(side="people").order_by("pk").first()
    return {**at(world, state), "signature": (own or world.things["Half signature"]).pk}


def _recusal(world: World, state: str) -> dict[str, Any]:
    return {**at(world, state), "recusal": world.things["recusal"].pk}


def _decline(world: World, state: str) -> dict[str, Any]:
    own = world.things.get(f"{STATES[state]} decline") or world.things["Split decline"]
    return {**at(world, state), "decline": own.pk}


ROWS = (
    StateRow("governance:gate-detail", "GET", at, {"else": READ}),
    StateRow("governance:gate-text", "GET", at, {"else": READ, "draft": NOT_THERE}),
    StateRow("governance:gate-signed", "GET", at, {"else": BACK, "passed": READ}),
    StateRow("governance:receipt-detail", "GET", at, {"else": NOT_THERE, "passed": READ}),
    StateRow("governance:gate-submit", "POST", at, {"else": only(DRIVERS, "422")}),
    # What is decided, or before the sponsor, nobody takes back.
    StateRow(
        "governance:gate-withdraw",
        "POST",
        at,
        {"else": only(DRIVERS, "302")}
        | dict.fromkeys(("escalated", "passed", "closed"), only(DRIVERS, "422")),
    ),
    # A point of the people side.
    StateRow(
        "governance:gate-attest",
        "POST",
        _point,
        {"else": only(PEOPLE | {"contributor"}, "409")}
        | {"draft": only(PEOPLE | {"contributor"}, "422")},
    ),
    StateRow(
        "governance:gate-waive",
        "POST",
        _point,
        {"else": only(DRIVERS, "409"), "draft": only(DRIVERS, "422")},
    ),
    StateRow(
        "governance:gate-decide",
        "POST",
        at,
        {"else": only(KEYS | STAND_INS, "422")}
        | dict.fromkeys(("draft", "passed", "closed"), only(KEYS | STAND_INS, "409")),
    ),
    StateRow(
        "governance:gate-recuse",
        "POST",
        at,
        {"else": only(KEYS, "422")}
        | dict.fromkeys(("draft", "passed", "closed"), only(KEYS, "409")),
    ),
    # Nobody stepped back at these gates.
    StateRow("governance:gate-substitute", "POST", _recusal, {"else": NOT_THERE}),
    StateRow("governance:gate-dissent", "POST", at, {"else": only(KEYS | STAND_INS, "422")}),
    StateRow("governance:gate-resolve", "POST", at, {"else": only({"sponsor"}, "422")}),
    StateRow(
        "governance:signature-withdraw",
        "POST",
        _signature,
        {"else": only(PEOPLE, "422"), "draft": NOT_THERE, "waiting": NOT_THERE},
    ),
    StateRow(
        "governance:decline-take-back",
        "POST",
        _decline,
        {"else": NOT_THERE}
        | dict.fromkeys(("escalated", "closed"), only(PEOPLE | {"for the CHRO"}, "422")),
    ),
    StateRow(
        "governance:decline-contest",
        "POST",
        _decline,
        {"else": NOT_THERE}
        | dict.fromkeys(("escalated", "closed"), only(TECHNOLOGY | {"for the CIO"}, "422")),
    ),
    StateRow("governance:round-open", "POST", _gate, {"else": only(DRIVERS, "422")}),
    StateRow("governance:disagreement-form", "POST", at, {"else": only(SIDES, "422")}),
    StateRow("governance:initiative-pause", "POST", _code, {"else": only(STOPPERS, "422")}),
    StateRow("governance:pause-decide", "POST", _code, {"else": only({"sponsor"}, "422")}),
    StateRow(
        "governance:initiative-standstill",
        "POST",
        _code,
        {"else": only(STANDERS, "422"), "paused": only(STANDERS, "302")},
    ),
)
