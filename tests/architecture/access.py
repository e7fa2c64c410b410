"""How a row of the permission table is written.

One row per URL and method, in `access_<app>.py`:

    Row("people:office-list", "GET", "sign 404 404 404 404 200 200 200 200 200 200"),

The answers stand in the order of ROLES. `sign` means: sent to the sign-in page. A POST is sent
empty unless `data` says otherwise, so who may post a form gets 422. `args` makes the URL's
arguments, and `data` what is posted, from the world that `prepare(world)` of all files has made.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from people.models import User
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
        name = ROLES[role]
        return getattr(self.cast, name) if name else None


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
        return dict(zip(ROLES, self.answers.split(), strict=True))
