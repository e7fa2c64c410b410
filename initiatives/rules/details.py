"""Operating model, risk, planned month and budget: the fields beside the artefacts."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from initiatives.rules.facts import blockers_to_price
from initiatives.rules.risk import blockers_to_rate
from kernel.refusals import Blocker

FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, kw_only=True)
class Details:
    """What a person can set beside the artefacts, all of it at once; None or "" is not yet."""

    operating_model: str = ""
    risk: Mapping[str, bool] | None = None
    planned_month: date | None = None
    budget_ask: Decimal | None = None


@dataclass(frozen=True)
class DetailFacts:
    """What decides whether the details may become `wanted`."""

    wanted: Details
    model_now: str
    models: Collection[str]
    rated: bool
    is_over: bool = False


def blockers_to_set_details(facts: DetailFacts) -> Iterator[Blocker]:
    """Yield every reason why the details cannot be set so."""
    wanted = facts.wanted
    if facts.is_over:
        yield Blocker("over", "This initiative is closed. Nothing changes on it any more.")
    yield from _blockers_to_model(facts)
    if wanted.risk is not None:
        yield from blockers_to_rate(wanted.risk)
    elif facts.rated:
        yield Blocker("risk_missing", "The risk questions stay answered.", "risk")
    month = wanted.planned_month
    if month is not None and not FIRST_YEAR <= month.year <= LAST_YEAR:
        yield Blocker("month_out_of_range", "That year is out of range.", "planned_month")
    if wanted.budget_ask is not None:
        yield from blockers_to_price(wanted.budget_ask, "budget_ask")


def _blockers_to_model(facts: DetailFacts) -> Iterator[Blocker]:
    model = facts.wanted.operating_model
    if model == facts.model_now:
        return
    if model and model not in facts.models:
        yield Blocker("model_unknown", "Choose one of the operating models.", "operating_model")
