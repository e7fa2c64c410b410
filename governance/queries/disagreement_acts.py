"""What the reader of a disagreement may do in it, by the rules that refuse the acts themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from governance.queries.disagreement_views import DisagreementView
from governance.rules.disagreements import (
    DayFacts,
    OfferFacts,
    SpeakerFacts,
    blockers_to_confirm,
    blockers_to_decide,
    blockers_to_speak,
    blockers_to_take_back,
)
from initiatives.models import Initiative
from initiatives.queries.days import home_day, working_days
from initiatives.queries.memberships import part_of
from initiatives.rules.memberships import Part
from kernel.refusals import Blocker
from people.choices import Side
from people.rules import Authority

ENOUGH = "Written down."
"""Stands in for words that nobody has typed yet: only what else is in the way matters then."""


@dataclass(frozen=True, kw_only=True)
class DisagreementActs:
    """Doors that are open to the reader; `waits` says why one is not yet."""

    side: Side | None
    may_state: bool = False
    may_settle: bool = False
    may_confirm: bool = False
    may_decide: bool = False
    may_take_back: bool = False
    agrees_to: date | None = None
    waits: str = ""

    @property
    def has_door(self) -> bool:
        """Tell whether anything is left for the reader to do here."""
        return self.may_state or self.may_decide or self.may_take_back


def acts_in(found: DisagreementView, authority: Authority) -> DisagreementActs:
    """Return what the person may do in a disagreement."""
    part = part_of(found.initiative, authority)
    facts = speaker_facts(found, part.side, authority)
    if part.side is None:
        return _sponsored(found, facts) if authority.is_sponsor else DisagreementActs(side=None)
    if stopped := next(blockers_to_speak(facts), None):
        return DisagreementActs(side=part.side, waits=stopped.message if found.is_open else "")
    confirms = blockers_to_confirm(facts, offer_facts(found), authority.person_key)
    backs = blockers_to_take_back(
        facts, raised_by=found.side, may_settle=may_take_back(found, part, authority), reason=ENOUGH
    )
    return DisagreementActs(
        side=part.side,
        may_state=True,
        may_settle=part.leads_side,
        may_confirm=part.leads_side and _is_clear(confirms),
        may_take_back=_is_clear(backs),
        agrees_to=_agrees_to(found, part.side) if part.leads_side else None,
    )


def may_disagree(initiative: Initiative, authority: Authority) -> bool:
    """Tell whether the person may raise one: whoever speaks for a side, while it goes on."""
    return not initiative.is_over and part_of(initiative, authority).side is not None


def speaker_facts(found: DisagreementView, side: Side | None, authority: Authority) -> SpeakerFacts:
    """Return what decides whether the person has a word in it."""
    return SpeakerFacts(
        side=side, spoke_for=found.spoke_for(authority.person_key), is_open=found.is_open
    )


def day_facts(at: datetime, named: dict[Side, date] | None = None) -> DayFacts:
    """Return what decides which day may be named, where the organisation is."""
    return DayFacts(today=home_day(at), working_days=working_days(), named=named or {})


def offer_facts(found: DisagreementView) -> OfferFacts | None:
    """Return whose words wait to be confirmed."""
    return OfferFacts(found.offer.side, found.offer.by_key) if found.offer else None


def may_take_back(found: DisagreementView, part: Part, authority: Authority) -> bool:
    """Tell whether the person raised it, or settles things for their side."""
    return part.leads_side or found.raised_by_id == authority.user_id


def _sponsored(found: DisagreementView, facts: SpeakerFacts) -> DisagreementActs:
    blockers = [*blockers_to_decide(facts, due_on=found.due_on, today=found.today, reason=ENOUGH)]
    waits = blockers[0].message if blockers and found.is_open else ""
    return DisagreementActs(side=None, may_decide=not blockers, waits=waits)


def _agrees_to(found: DisagreementView, side: Side) -> date | None:
    """Return the day of the other side that this side has not named itself, if it can still be."""
    other = next((day for one, day in found.named.items() if one != side), None)
    if other is None or other <= found.today or found.named.get(side) == other:
        return None
    return other


def _is_clear(blockers: Iterable[Blocker]) -> bool:
    return next(iter(blockers), None) is None
