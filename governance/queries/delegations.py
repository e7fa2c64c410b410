"""As what somebody acts at a gate: in office, or in the place of who is, by a delegation."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import JSONObject

from governance.choices import Capacity
from governance.models import Delegation, Round
from governance.queries.recused import is_of_recused, recused_of
from governance.rules.delegations import Scope, StandInFacts, blockers_to_stand_in
from governance.rules.recusals import blockers_of_recused
from governance.rules.rounds import GATES
from governance.rules.signing import StandIn
from initiatives.models import Initiative, Membership
from initiatives.rules.questions import other_side
from journal.kinds import Kind
from journal.models import Entry
from journal.queries import Happened
from journal.rows import label
from kernel.refusals import Blocker
from people.choices import KEY_OFFICE, Office, Side
from people.models import OfficeTerm, User
from people.queries import Seat, seat_holders
from people.rules import Authority
from people.warrants import Warrant, read_with_login

# What counts as writing part of what is signed (P2): whoever typed it last is not the point.
WRITTEN = (
    Kind.INITIATIVE_PROPOSED,
    Kind.INITIATIVE_CHANGED,
    Kind.SLOT_SAVED,
    Kind.EVIDENCE_ADDED,
    Kind.CRITERION_ATTESTED,
    Kind.CRITERION_WAIVED,
)
# What an entry says of a change of something that nobody signs, as of whether work goes on.
UNSIGNED = '"signed":false'


@dataclass(frozen=True, kw_only=True)
class Signatory:
    """Who acts for a side, as what, and by which term of office. `blockers` say why not."""

    user: User
    side: Side
    person_key: UUID
    name: str
    title: str
    term_id: int
    capacity: Capacity
    delegation_id: int | None = None
    instead_of: Seat | None = None
    blockers: tuple[Blocker, ...] = ()


@read_with_login
def known_warrants() -> ArraySubquery:
    """Return what comes with a login: the delegations to it that are accepted or unanswered."""
    rows = Delegation.objects.standing().undecided().filter(to=OuterRef("pk")).order_by("pk")
    return ArraySubquery(
        rows.values(
            warrant=JSONObject(
                id="pk",
                side="side",
                term="term_id",
                term_ends="term__ends_at",
                starts="starts_at",
                ends="ends_at",
                gates="gates",
                initiatives="initiatives",
                risks="risks",
                round="recusal__round_id",
                is_accepted="answer__is_accepted",
            )
        )
    )


def warrant_for(authority: Authority, round_: Round) -> Warrant | None:
    """Return the delegation by which this login may be asked to sign the round, if any."""
    found = [one for one in authority.warrants if covers(one, round_)]
    return min(found, key=lambda one: one.round_id is None, default=None)


def signatory(actor: User, round_: Round, at: datetime) -> Signatory | None:
    """Return as what `actor` acts at the round; None for whoever signs for nobody here."""
    seats = seat_holders(at)
    for seat in seats.values():
        if seat.user.pk == actor.pk:
            return _in_office(seat, round_)
    rows = Delegation.objects.accepted().filter(to=actor, starts_at__lte=at, ends_at__gt=at)
    for row in rows.order_by("recusal_id", "pk"):  # whom the sponsor named comes first
        holder = seats.get(Side(row.side))
        if holder is not None and holder.term_id == row.term_id and covers(row, round_):
            return _in_place_of(holder, row, round_, at)
    return None


def side_of(actor: User, round_: Round, at: datetime) -> Side | None:
    """Return the side that `actor` may speak for at the round, in office or in its place."""
    found = signatory(actor, round_, at)
    return found.side if found is not None and not found.blockers else None


def stand_ins(ids: Collection[int], round_: Round, at: datetime) -> dict[int, StandIn]:
    """Return how the delegations of these numbers stand to the round now. None asked, no query."""
    if not ids:
        return {}
    kept = ("to", "answer", "revocation", "recusal")
    rows = Delegation.objects.filter(pk__in=ids).select_related(*kept)
    return {row.pk: _stand_in(row, round_, at) for row in rows}


def writers_since_passing(round_: Round) -> frozenset[str]:
    """Return the person keys of all who wrote since the last passage that counts (P2)."""
    return _writers(Entry.objects.all(), round_)


def writers_before(round_: Round, number: int) -> frozenset[str]:
    """Return the same as it was when the entry of that number was written."""
    return _writers(Entry.objects.filter(seq__lt=number), round_)


def _writers(known: QuerySet[Entry], round_: Round) -> frozenset[str]:
    entries = known.filter(thread=f"{label(Initiative)}:{round_.initiative_id}")
    rows = entries.filter(kind__in=WRITTEN, seq__gt=_last_passing(entries))
    said = Func("body", Value("UTF8"), function="convert_from", output_field=TextField())
    rows = rows.annotate(said=said).exclude(kind=Kind.INITIATIVE_CHANGED, said__contains=UNSIGNED)
    keys = rows.exclude(actor_key=None).values_list("actor_key", flat=True).distinct()
    return frozenset(map(str, keys))


def _last_passing(entries: QuerySet[Entry]) -> int:
    """Return the number of the latest passage that counts; 0 where none does.

    The way out of a pause signs off no work, and what was sent back must be passed again.
    """
    superseded: set[int] = set()
    told = entries.filter(kind__in=(Kind.GATE_PASSED, Kind.INITIATIVE_ROLLED_BACK))
    for one in map(Happened, told.order_by("-seq")):
        if one.kind == Kind.INITIATIVE_ROLLED_BACK:
            superseded.update(one.data["passages"])
        elif one.data["gate"] in GATES and int(one.entry.subject_id) not in superseded:
            return one.seq
    return 0


def scope_of(row: Delegation) -> Scope:
    """Return how far a delegation reaches, as the rules see it."""
    return Scope(
        gates=frozenset(row.gates),
        initiatives=frozenset(row.initiatives),
        risks=frozenset(row.risks),
    )


def covers(row: Delegation | Warrant, round_: Round) -> bool:
    """Tell whether the round lies within the scope of a delegation.

    One for who stepped back is for that round alone: the next begins anew.
    """
    wanted: Mapping[str, Any] = {
        "gates": round_.gate,
        "initiatives": round_.initiative_id,
        "risks": round_.initiative.risk_tier,
    }
    return row.round_id in (None, round_.pk) and all(
        not getattr(row, name) or one in getattr(row, name) for name, one in wanted.items()
    )


def offices_of_person(person_key: UUID, at: datetime) -> frozenset[str]:
    """Return every office that the person holds at that moment, by whatever login."""
    terms = OfficeTerm.objects.held_at(at).filter(person_key=person_key)
    return frozenset(terms.values_list("office", flat=True))


def speaks_for(side: Side, person_key: UUID, initiatives: Collection[int]) -> list[Initiative]:
    """Return which of these initiatives the person works on for that side; of all, if none."""
    rows = Membership.objects.current().of_person(person_key).filter(side=side)
    if initiatives:
        rows = rows.filter(initiative__in=initiatives)
    return list(Initiative.objects.filter(pk__in=rows.values("initiative")).order_by("number"))


def _in_office(seat: Seat, round_: Round) -> Signatory:
    return Signatory(
        user=seat.user,
        side=seat.side,
        person_key=seat.person_key,
        name=seat.name,
        title=seat.title,
        term_id=seat.term_id,
        capacity=Capacity(seat.capacity),
        blockers=tuple(blockers_of_recused(recused_of(round_), str(seat.person_key))),
    )


def _in_place_of(seat: Seat, row: Delegation, round_: Round, at: datetime) -> Signatory:
    return Signatory(
        user=row.to,
        side=seat.side,
        person_key=row.to_key,
        name=row.to.name,
        title=row.to.title,
        term_id=seat.term_id,
        capacity=Capacity.DELEGATE,
        delegation_id=row.pk,
        instead_of=seat,
        blockers=(
            *blockers_of_recused(recused_of(round_), str(row.to_key)),
            *_stand_in(row, round_, at).blockers,
        ),
    )


def _stand_in(row: Delegation, round_: Round, at: datetime) -> StandIn:
    is_revoked = hasattr(row, "revocation") or not row.to.is_active
    answer = getattr(row, "answer", None)
    is_accepted = answer is not None and answer.is_accepted and not is_revoked
    other = other_side(Side(row.side))
    held = offices_of_person(row.to_key, at)
    sender = round_.submitted_by
    facts = StandInFacts(
        is_in_force=is_accepted and row.starts_at <= at < row.ends_at,
        covers=covers(row, round_),
        is_of_recused=is_of_recused(row, round_),
        is_sponsor=Office.SPONSOR in held,
        is_auditor=Office.AUDITOR in held,
        speaks_otherwise=KEY_OFFICE[other] in held
        or bool(speaks_for(other, row.to_key, [round_.initiative_id])),
        has_sent=sender is not None and sender.person_key == row.to_key,
        has_written=str(row.to_key) in writers_since_passing(round_),
    )
    return StandIn(
        person_key=str(row.to_key),
        side=row.side,
        term_id=row.term_id,
        is_revoked=is_revoked,
        is_named=row.recusal_id is not None,
        blockers=tuple(blockers_to_stand_in(facts)),
    )
