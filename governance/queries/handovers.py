"""Everything that somebody who leaves leaves open, as one list."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from governance.choices import REVIEW_STATES
from governance.models import Commitment, Delegation, Disagreement, Signature
from governance.queries.progress import LiveSignature, live_signatures
from initiatives.choices import MemberRole
from initiatives.models import Membership, Question
from initiatives.queries.questions import ERASED
from people.choices import Side
from people.models import User
from people.queries import terms_at

PART, COMMITMENT = "part", "commitment"
LONGEST_WORDS = 160


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing left open: what it is, where, and what becomes of it.

    Only what has a `key` waits for a word; the rest follows by itself.
    """

    what: str
    where: str
    follows: str
    code: str = ""
    key: str = ""
    may_end: bool = False


def owed_by(user: User) -> Any:  # noqa: ANN401  # a QuerySet with who owes it
    """Return what somebody owes now, by the conditions signed or by a hand-over since."""
    rows: Any = Commitment.objects.with_debtor()
    return rows.owed().filter(debtor_id=user.pk)


def parts_of(user: User) -> "QuerySet[Membership]":
    """Return the parts somebody has in initiatives that are not over."""
    rows = Membership.objects.current().filter(user=user).select_related("initiative")
    return rows.order_by("initiative__number")


def voided_by_leaving(user: User) -> list[LiveSignature]:
    """Return the signatures that another lead, or none, would void where somebody leads."""
    led = parts_of(user).filter(role=MemberRole.LEAD)
    return [one for part in led for one in live_signatures(part.initiative)]


def lines_of(user: User, at: datetime) -> list[Line]:
    """Return everything that is open under this login, what waits for a word first."""
    return [
        *_parts(user),
        *_commitments(user),
        *_offices(user, at),
        *_signatures(user),
        *_delegations(user, at),
        *_with_the_side(user),
    ]


def _parts(user: User) -> Iterator[Line]:
    for row in parts_of(user):
        role = "leads" if row.is_lead else "contributes"
        yield Line(
            key=f"{PART}-{row.pk}",
            what=f"{role.capitalize()} for {Side(row.side).label}",
            where=row.initiative.name,
            code=row.initiative.code,
            follows="",
            may_end=True,
        )


def _commitments(user: User) -> Iterator[Line]:
    rows = owed_by(user).select_related("sealed", "passage__round__initiative")
    for row in rows.order_by("due_on", "pk"):
        initiative = row.passage.round.initiative
        yield Line(
            key=f"{COMMITMENT}-{row.pk}",
            what=f"Owes a condition, due {row.due_on:%-d %B %Y}",
            where=initiative.name,
            code=initiative.code,
            follows="",
        )


def _offices(user: User, at: datetime) -> Iterator[Line]:
    for term in terms_at(at).filter(user=user):
        yield Line(
            what=f"Holds an office: {term.get_office_display()}",
            where=term.title,
            follows="It ends with the leaving. Two people fill it again.",
        )


def _signatures(user: User) -> Iterator[Line]:
    rows = Signature.objects.filter(
        signer=user, live_on__isnull=False, round__state__in=REVIEW_STATES
    )
    for row in rows.select_related("round__initiative").order_by("pk"):
        yield Line(
            what=f"Signed gate {row.round.gate}, which is not decided yet",
            where=row.round.initiative.name,
            code=row.round.initiative.code,
            follows="It counts no more once the office ends.",
        )


def _delegations(user: User, at: datetime) -> Iterator[Line]:
    rows = Delegation.objects.filter(Q(by=user) | Q(to=user), revocation=None, ends_at__gt=at)
    for row in rows.exclude(answer__is_accepted=False).select_related("by", "to").order_by("pk"):
        yield Line(
            what=f"{row.to.name} may sign for {row.by.name}",
            where=Side(row.side).label,
            follows="It counts no more once either has left.",
        )


def _with_the_side(user: User) -> Iterator[Line]:
    questions = Question.objects.filter(asked_by=user, closed_at=None).select_related("initiative")
    for question in questions.order_by("pk"):
        yield Line(
            what="Asked a question that is open",
            where=question.initiative.name,
            code=question.initiative.code,
            follows=f"It stays with {Side(question.side).label}, whose lead closes it.",
        )
    raised = Disagreement.objects.open().filter(raised_by=user)
    for one in raised.select_related("round__initiative", "subject").order_by("pk"):
        yield Line(
            what=f"Raised a disagreement: {(one.subject.text or ERASED)[:LONGEST_WORDS]}",
            where=one.round.initiative.name,
            code=one.round.initiative.code,
            follows=f"It stays with {Side(one.side).label}, who settle it.",
        )
