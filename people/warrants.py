"""What a person signs in somebody else's place: the delegations that come with the login.

Who delegates what to whom is decided above, in governance; it hands down here how its rows are
read, so that they come with the login in the one query of a request.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from people.choices import Side


@dataclass(frozen=True, kw_only=True)
class Warrant:
    """An accepted delegation: for which side, from whose term of office, how far, how long.

    An empty scope is no limit; `round_id` names the one round it may be for. A key held before the
    moment `ends_at` is held no longer.
    """

    id: int
    side: Side
    term_id: int
    starts_at: datetime
    ends_at: datetime
    gates: tuple[str, ...] = ()
    initiatives: tuple[int, ...] = ()
    risks: tuple[str, ...] = ()
    round_id: int | None = None

    def runs_at(self, at: datetime) -> bool:
        """Tell whether it is in force at that moment; the end is the first moment without."""
        return self.starts_at <= at < self.ends_at


Source = Callable[[], Any]
_sources: dict[str, Source] = {}


def read_with_login(source: Source) -> Source:
    """Let an app above say in an expression over logins which delegations come with one.

    Those that are accepted, and those that wait for an answer.
    """
    _sources["known_warrants"] = source
    return source


def beside_login() -> dict[str, Any]:
    """Return what is read together with a login, by the name it is kept under."""
    return {name: source() for name, source in _sources.items()}


def warrants_known(user: object, at: datetime) -> tuple[Warrant, ...]:
    """Return the delegations in force that were read with this login."""
    found = (_warrant(row) for row in _known(user) if row["is_accepted"])
    return tuple(sorted((one for one in found if one.runs_at(at)), key=lambda one: one.id))


def asks_known(user: object, at: datetime) -> list[int]:
    """Return the delegations that were read with this login and wait for its answer."""
    asked = (row for row in _known(user) if not row["is_accepted"])
    return sorted(row["id"] for row in asked if at < _warrant(row).ends_at)


def _known(user: object) -> Iterable[dict[str, Any]]:
    return getattr(user, "known_warrants", None) or ()


def _warrant(row: dict[str, Any]) -> Warrant:
    ends = [row[name] for name in ("ends", "term_ends") if row[name]]
    return Warrant(
        id=row["id"],
        side=Side(row["side"]),
        term_id=row["term"],
        starts_at=datetime.fromisoformat(row["starts"]),
        ends_at=min(map(datetime.fromisoformat, ends)),
        gates=tuple(row["gates"]),
        initiatives=tuple(row["initiatives"]),
        risks=tuple(row["risks"]),
        round_id=row.get("round"),
    )
