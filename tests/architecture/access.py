"""How a row of the permission table is written.

One row per URL and method, in `access_<app>.py`:

    Row("people:office-list", "GET", "sign 404 404 404 404 200 200 200 200 200 200"),

The answers stand in the order of ROLES. `sign` means: sent to the sign-in page. A POST is sent
empty unless `data` says otherwise, so who may post a form gets 422. `args` makes the URL's
arguments, and `data` what is posted, from the world that `prepare(world)` of all files has made.

Whoever holds a key acting or as a counter-signer gets what its holder gets. Whoever stands in for
one gets what an employee gets, or somebody who reads everything and does nothing, where
`stand_ins.py` says nothing else. What depends on the state of a gate stands in `gate_states.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from people.choices import Holding
from people.models import User
from tests.architecture import stand_ins
from tests.cast import Cast

ROLES = {
    "anonymous": None,
    "employee": "erin",
    "outsider lead": "otto",
    "lead": "tariq",
    "contributor": "max",
    "CHRO": "hana",
    "CIO": "ivo",
    "sponsor": "cleo",
    "committee": "kim",
    "auditor": "audrey",
    "administrator": "ada",
}
# Who stands in for the two, and the two themselves where they hold their keys otherwise.
BESIDES = {
    "for the CIO": "nils",
    "for the CHRO": "lena",
    "acting CIO": "ivo",
    "counter-signer": "hana",
}
EVERY_ROLE = ROLES | BESIDES
# How a key is held by whom the last two are.
HELD = {"acting CIO": Holding.ACTING, "counter-signer": Holding.COUNTER_SIGNER}
# For rows where everybody gets the same answer, and for pages that only ask who you are.
EVERYBODY = "{0} {0} {0} {0} {0} {0} {0} {0} {0} {0} {0}"
SIGNED_IN = "sign {0} {0} {0} {0} {0} {0} {0} {0} {0} {0}"


@dataclass
class World:
    """What stands while the table is tried: the cast, and whatever `prepare` puts there."""

    cast: Cast
    things: dict[str, Any] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)

    def person(self, role: str) -> User | None:
        name = EVERY_ROLE[role]
        return (getattr(self.cast, name, None) or self.things[name]) if name else None


def nothing(_: World) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Row:
    """What each role gets from one URL with one method."""

    name: str
    method: str
    answers: str
    args: Callable[[World], dict[str, Any]] = nothing
    data: Callable[[World], dict[str, Any]] = nothing

    def expected(self) -> dict[str, str]:
        place = (self.name, self.method)
        lent = "404 404" if place in stand_ins.NOT_THERE else stand_ins.ANSWERS.get(place, "")
        return expected(self.answers, lent.split())

    def to_try(self) -> dict[str, str]:
        """Leave out how a key is held, where holding one changes nothing."""
        got = self.expected()
        is_of_keys = {got["CIO"], got["CHRO"]} != {got["committee"]}
        return {role: one for role, one in got.items() if role not in HELD or is_of_keys}


def expected(answers: str, lent: list[str]) -> dict[str, str]:
    """Return what each role gets: holding a key otherwise changes nothing, standing in may."""
    one = dict(zip(ROLES, answers.split(), strict=True))
    is_own = one["employee"] == "404" != one["lead"]
    reads = one["committee"] if is_own else one["employee"]
    return one | dict(
        zip(BESIDES, [*(lent or [reads, reads]), one["CIO"], one["CHRO"]], strict=True)
    )
