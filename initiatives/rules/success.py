"""The shared success statement: few measures, of the work and of the people in it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from initiatives.rules.values import exact
from kernel.refusals import Blocker
from playbook.playbooks import Playbook
from playbook.shapes import CUSTOM_METRIC, Metric

Row = Mapping[str, str]


@dataclass(frozen=True)
class Measure:
    """One line of the statement, with what the catalogue knows about it filled in."""

    path: str
    name: str
    outcome: str
    owner: str
    unit: str
    baseline: Decimal | None
    target: Decimal | None
    direction: str
    logins: bool
    said_outcome: str
    is_own: bool


def blockers_to_agree(playbook: Playbook, rows: Sequence[Row]) -> Iterator[Blocker]:
    """Yield every reason why these measures are not a success statement both sides can sign.

    Cells that are merely empty are named by the completeness of the slot, not here.
    """
    found = measures_of(playbook, rows)
    yield from _blockers_to_number(playbook, len(found))
    for measure in found:
        yield from _blockers_to_measure(measure)
    yield from _blockers_to_repeat(found)
    yield from _blockers_to_balance(playbook.success.table, found)


def suggested_rows(playbook: Playbook) -> list[dict[str, str]]:
    """Return the rows an empty statement begins with: which measure, whose number, no figure."""
    metrics = (playbook.metric(key) for key in playbook.success.suggested)
    return [{"metric": metric.key, "owner": metric.side} for metric in metrics]


def measures_of(playbook: Playbook, rows: Sequence[Row]) -> tuple[Measure, ...]:
    """Return the measures of a statement, those of the catalogue with their own unit and kind."""
    return tuple(
        _measure(playbook, row, f"{playbook.success.table}.{number}")
        for number, row in enumerate(rows)
    )


def _measure(playbook: Playbook, row: Row, path: str) -> Measure:
    key = row.get("metric", "")
    metric = _metric(playbook, key)
    name = row.get("name", "") or (metric.name if metric else "")
    return Measure(
        path=path,
        name=name,
        outcome=metric.outcome if metric else row.get("outcome", ""),
        owner=row.get("owner", ""),
        unit=row.get("unit", "") or (metric.unit if metric else ""),
        baseline=exact(row.get("baseline", "")),
        target=exact(row.get("target", "")),
        direction=metric.direction if metric else "",
        logins=metric.logins if metric else _speaks_of_logins(playbook, name),
        said_outcome=row.get("outcome", ""),
        is_own=key == CUSTOM_METRIC,
    )


def _metric(playbook: Playbook, key: str) -> Metric | None:
    return next((metric for metric in playbook.metrics if metric.key == key), None)


def _speaks_of_logins(playbook: Playbook, name: str) -> bool:
    """Tell whether a measure of one's own counts log-ins, by the words of the playbook."""
    words = "|".join(re.escape(word) for word in playbook.success.login_words)
    return re.search(rf"(?<!\w)(?:{words})(?!\w)", name.lower()) is not None


def _blockers_to_number(playbook: Playbook, count: int) -> Iterator[Blocker]:
    success = playbook.success
    if count < success.least:
        message = f"A success statement has at least {success.least} measures; here are {count}."
        yield Blocker("too_few_measures", message, success.table)
    elif count > success.most:
        message = f"A success statement has at most {success.most} measures; here are {count}."
        yield Blocker("too_many_measures", message, success.table)


def _blockers_to_measure(measure: Measure) -> Iterator[Blocker]:
    if measure.is_own:
        yield from _blockers_to_own(measure)
    elif measure.said_outcome and measure.outcome and measure.said_outcome != measure.outcome:
        message = f"“{measure.name}” speaks of another outcome in the catalogue. Leave it empty."
        yield Blocker("other_outcome", message, f"{measure.path}.outcome")
    if measure.baseline is None or measure.target is None:
        return
    if measure.baseline == measure.target:
        message = f"“{measure.name}” starts where it should end. Agree on a change."
        yield Blocker("no_change", message, f"{measure.path}.target")
    elif measure.direction == ("lower" if measure.target > measure.baseline else "higher"):
        message = f"“{measure.name}” would get worse: {measure.direction} is better."
        yield Blocker("wrong_way", message, f"{measure.path}.target")


def _blockers_to_own(measure: Measure) -> Iterator[Blocker]:
    for key, value, wanted in (
        ("name", measure.name, "a name"),
        ("outcome", measure.said_outcome, "what it speaks of"),
        ("unit", measure.unit, "a unit"),
    ):
        if not value:
            message = f"A measure of your own needs {wanted}."
            yield Blocker("missing", message, f"{measure.path}.{key}")


def _blockers_to_repeat(measures: Sequence[Measure]) -> Iterator[Blocker]:
    seen: set[str] = set()
    for measure in measures:
        name = measure.name.casefold()
        if name and name in seen:
            message = f"“{measure.name}” stands there twice. Name two different measures."
            yield Blocker("same_measure", message, f"{measure.path}.metric")
        seen.add(name)


def _blockers_to_balance(table: str, measures: Sequence[Measure]) -> Iterator[Blocker]:
    """Yield what is missing for both voices: a technical outcome, and one for people."""
    if not any(measure.outcome == "technical" for measure in measures):
        message = "No measure shows the technical outcome. Add one."
        yield Blocker("no_technical_outcome", message, table)
    human = [measure for measure in measures if measure.outcome == "human"]
    if not human:
        message = "No measure shows what changes for people. Add one."
        yield Blocker("no_human_outcome", message, table)
    elif all(measure.logins for measure in human):
        message = (
            "Log-ins alone do not show what changes for people. Add a measure of what they can "
            "do, what it costs them, or what they think of it."
        )
        yield Blocker("only_logins", message, table)
