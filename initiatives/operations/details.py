"""Setting operating model, risk, planned month and budget ask."""

from collections.abc import Collection
from datetime import datetime

from initiatives.models import Initiative
from initiatives.queries.initiatives import details_of, locked
from initiatives.queries.memberships import side_to_write_for
from initiatives.rules.details import DetailFacts, Details, blockers_to_set_details
from initiatives.rules.memberships import JOINT
from initiatives.rules.risk import QUESTIONS, risk_tier
from journal.acts import act, record
from journal.kinds import Kind
from journal.queries import installation
from kernel.refusals import Blocker, RefusedError, StaleError
from people.models import User
from people.queries import authority_of
from playbook.editions import current

_STALE = Blocker("stale", "Somebody changed this since you opened it. Look again, then save.")
_FIELDS = ("operating_model", "planned_month", "budget_ask", "budget_currency", "risk_tier")


class DetailsRefusedError(RefusedError):
    """The details cannot be set so."""


class StaleDetailsError(StaleError):
    """Somebody else changed the initiative first."""

    def __init__(self, initiative: Initiative) -> None:
        """Carry the initiative as it is now."""
        super().__init__(_STALE)
        self.initiative = initiative


def set_details(
    *,
    actor: User,
    initiative: Initiative,
    details: Details,
    expected_version: int,
    at: datetime,
    accepts_voids: Collection[int] = (),
) -> Initiative:
    """Set all of the details at once; what stays the same is written nowhere.

    :raises NotVisibleError, ForbiddenError: when the actor is on neither side.
    :raises DetailsRefusedError: when a value does not do.
    :raises StaleDetailsError: when somebody changed the initiative since.
    """
    side_to_write_for(initiative, authority_of(actor, at), side=JOINT)
    now_there = Initiative.objects.get(pk=initiative.pk)
    details = _tidy(details)
    if details == details_of(now_there):
        return now_there
    return _change(
        actor=actor,
        initiative=initiative,
        details=details,
        expected_version=expected_version,
        at=at,
        accepts_voids=accepts_voids,
    )


@act
def _change(
    *,
    actor: User,
    initiative: Initiative,
    details: Details,
    expected_version: int,
    at: datetime,
    accepts_voids: Collection[int],
) -> Initiative:
    initiative = locked(initiative.pk)
    side_to_write_for(initiative, authority_of(actor, at), side=JOINT)
    if initiative.version != expected_version:
        raise StaleDetailsError(initiative)
    if blockers := [*blockers_to_set_details(_facts(initiative, details))]:
        raise DetailsRefusedError(*blockers)
    before = _state(initiative)
    _apply(initiative, details)
    after = _state(initiative)
    initiative.keep(*_FIELDS, *QUESTIONS)
    changed = {key: [before[key], after[key]] for key in after if before[key] != after[key]}
    record(
        Kind.INITIATIVE_CHANGED,
        actor=actor,
        subject=initiative,
        thread=initiative,
        at=at,
        data={"changed": changed, "version": initiative.version, "signed": True},
        accepts_voids=accepts_voids,
    )
    return initiative


def _facts(initiative: Initiative, details: Details) -> DetailFacts:
    return DetailFacts(
        wanted=details,
        model_now=initiative.operating_model,
        models=tuple(model.key for model in current().operating_models),
        rated=bool(initiative.risk_tier),
        is_over=initiative.is_over,
    )


def _apply(initiative: Initiative, details: Details) -> None:
    founded = installation()
    initiative.operating_model = details.operating_model
    initiative.planned_month = details.planned_month
    initiative.budget_ask = details.budget_ask
    has_ask = details.budget_ask is not None
    initiative.budget_currency = founded.currency if founded and has_ask else ""
    if details.risk is not None:
        for question in QUESTIONS:
            setattr(initiative, question, details.risk[question])
        initiative.risk_tier = risk_tier(details.risk)


def _tidy(details: Details) -> Details:
    """Return the details with the month as its first day and a risk that is all or nothing."""
    month = details.planned_month
    return Details(
        operating_model=details.operating_model,
        risk=dict(details.risk) if details.risk else None,
        planned_month=month and month.replace(day=1),
        budget_ask=details.budget_ask,
    )


def _state(initiative: Initiative) -> dict[str, str | bool | None]:
    """Return the details as the journal keeps them: no text of anybody's."""
    month, ask = initiative.planned_month, initiative.budget_ask
    return {
        "operating_model": initiative.operating_model,
        "planned_month": month and month.isoformat(),
        "budget_ask": None if ask is None else f"{ask:.2f} {initiative.budget_currency}",
        "risk_tier": initiative.risk_tier,
        **{question: getattr(initiative, question) for question in QUESTIONS},
    }
