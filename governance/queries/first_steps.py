"""What has happened so far, for the first steps: one query, however much has happened since."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from governance.choices import OPEN_STATES
from governance.models import Passage, Round, Signature
from governance.rules.first_steps import FirstFacts
from initiatives.models import Initiative, Membership, Reveal
from journal.models import Installation
from people.choices import KEY_OFFICE, Side
from people.models import Invitation, OfficeTerm
from people.rules import Authority

FIRST = "1"


@dataclass(frozen=True)
class FirstTime:
    """The facts, and the initiative and open gate that the steps lead to.

    What both have scored goes before the first of a list, and has leads rather than none.
    """

    facts: FirstFacts
    code: str
    round_id: int | None


def first_time(who: Authority, at: datetime) -> FirstTime | None:
    """Return how far this organisation and this person have come; None before the founding."""
    rounds = Round.objects.filter(gate=FIRST)
    led = Membership.objects.leads().filter(side=who.key_side or "")
    initiatives = Initiative.objects.order_by("pk")
    asked = {
        "is_proposed": Exists(initiatives),
        "is_scored": Exists(Reveal.objects.all()),
        "is_submitted": Exists(rounds.filter(submitted_at__isnull=False)),
        "is_passed": Exists(Passage.objects.filter(round__gate=FIRST)),
        "has_app": Exists(
            Authenticator.objects.filter(user=who.user_id, type=Authenticator.Type.TOTP)
        ),
        "is_led": Exists(led),
        "has_signed": Exists(Signature.objects.filter(signer=who.user_id)),
    }
    rows = Installation.objects.annotate(
        **asked,
        **{f"held_{side}": Exists(_terms(side, at)) for side in Side},
        **{f"invited_{side}": Exists(_invitations(side, at)) for side in Side},
        first_number=Coalesce(Subquery(_scored()), Subquery(initiatives.values("number")[:1])),
        round_id=Subquery(rounds.filter(state__in=OPEN_STATES).order_by("pk").values("pk")[:1]),
    )
    row: dict[str, Any] | None = rows.values().first()  # type: ignore[assignment]  # as annotated
    if row is None:
        return None
    facts = FirstFacts(
        can_invite=who.is_administrator,
        held=frozenset(side for side in Side if row[f"held_{side}"]),
        invited=frozenset(side for side in Side if row[f"invited_{side}"]),
        **{name: row[name] for name in asked},
    )
    number = row["first_number"]
    return FirstTime(facts, Initiative(number=number).code if number else "", row["round_id"])


def _scored() -> QuerySet[Any]:
    led = Membership.objects.leads().filter(initiative=OuterRef("scoring__initiative"))
    rows = Reveal.objects.order_by(Exists(led).desc(), "pk")
    return rows.values("scoring__initiative__number")[:1]


def _terms(side: Side, at: datetime) -> QuerySet[OfficeTerm]:
    return OfficeTerm.objects.held_at(at).filter(office=KEY_OFFICE[side])


def _invitations(side: Side, at: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.standing().filter(office=KEY_OFFICE[side], expires_at__gt=at)
