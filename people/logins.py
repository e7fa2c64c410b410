"""A login as a request reads it: in one query, with its terms of office and delegations."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from kernel.compiled import compiled
from people import rules
from people.choices import Office
from people.models import OfficeTerm, User
from people.queries import authority_of, term_facts
from people.rules import Authority, TermFacts
from people.warrants import beside_login, warrants_known


def get_login(user_id: int) -> User | None:
    """Return a login with its terms of office beside it, for `authority_known`."""
    return next(iter(_login(user_id)), None)


@compiled
def _login(user_id: int) -> QuerySet[User, User]:
    terms = OfficeTerm.objects.filter(user=OuterRef("pk")).values(
        term=JSONObject(
            id="pk", key="person_key", office="office", starts="starts_at", ends="ends_at"
        )
    )
    known = {"known_terms": ArraySubquery(terms), **beside_login()}
    return User.objects.annotate(**known).filter(pk=user_id)


def authority_known(user: User, at: datetime) -> Authority:
    """Return what the login may do by the terms that were read with it.

    For showing a page. An act asks `authority_of`, which reads what stands at its moment.
    """
    terms = getattr(user, "known_terms", None)
    if terms is None or not user.is_active:
        return authority_of(user, at)
    held = rules.authority(
        user_id=user.pk, person_key=user.person_key, terms=map(_known_facts, terms), at=at
    )
    return replace(held, warrants=warrants_known(user, at))


def closed_since(user: User, at: datetime) -> datetime | None:
    """Return when the login of an auditor was closed, whose term is over; None for who may come in.

    By the terms that were read with the login, if they were.
    """
    known = getattr(user, "known_terms", None)
    if known is None:
        held = map(term_facts, OfficeTerm.objects.filter(user=user))
        return rules.audit_ended_at(held, at)
    return rules.audit_ended_at(map(_known_facts, known), at)


def _known_facts(term: dict[str, Any]) -> TermFacts:
    return TermFacts(
        term_id=term["id"],
        person_key=UUID(term["key"]),
        office=Office(term["office"]),
        starts_at=datetime.fromisoformat(term["starts"]),
        ends_at=datetime.fromisoformat(term["ends"]) if term["ends"] else None,
    )
