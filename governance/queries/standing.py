"""How a round stands at one moment: the facts that the signing rules judge."""

from datetime import datetime

from django.db.models import QuerySet

from governance.choices import RoundState
from governance.models import Round, Signature, Terms
from governance.queries.delegations import stand_ins
from governance.queries.independence import work_of
from governance.queries.recused import recused_of
from governance.queries.snapshots import picture
from governance.rules.criteria import blockers_of_age, blockers_of_old_evidence
from governance.rules.rounds import RESUME
from governance.rules.signing import Binding, Seat, Signed, SigningFacts
from initiatives.queries.days import home_day
from kernel.canonical import digest
from kernel.compiled import compiled
from playbook.editions import current_digest

SEEN = (
    "side",
    "act",
    "person_key",
    "term",
    "round",
    "intent",
    "snapshot_digest",
    "terms_digest",
    "edition",
    "statement_digest",
    "delegation",
)


def signing_facts(round_: Round, at: datetime, *, delegation_id: int | None = None) -> SigningFacts:
    """Collect what the signing rules need, with the content built anew from its rows.

    `delegation_id` names the delegation by which somebody is about to act.
    """
    seen = picture(round_, at)
    terms = terms_in_force(round_)
    now = Binding(
        round_id=round_.pk,
        snapshot=digest(seen.body),
        terms=terms.digest,
        edition=current_digest(),
    )
    signatures = round_signatures(round_)
    named = (delegation_id, *(one.delegation_id for one in signatures))
    return SigningFacts(
        state=state_at(round_, at),
        is_paused=round_.initiative.is_paused and round_.gate != RESUME,
        now=now,
        seats={
            str(side): Seat(side=str(side), person_key=str(term.person_key), term_id=term.pk)
            for side, term in seen.seats.items()
        },
        signatures=signatures,
        terms_body=bytes(terms.body),
        authors=seen.authors,
        stale=(
            *blockers_of_age(seen.verdicts, home_day(at)),
            *blockers_of_old_evidence(seen.dated, home_day(at)),
        ),
        declined_by=next(
            (one.side for one in signatures if one.act == "decline" and not one.is_void), ""
        ),
        work=work_of(round_),
        recused=recused_of(round_),
        stand_ins=stand_ins({one for one in named if one is not None}, round_, at),
    )


def state_at(round_: Round, at: datetime) -> str:
    """Return how a round stands: once its 30 days are over, expired, whenever the clock says so."""
    is_over = round_.is_in_review and round_.expires_at is not None and round_.expires_at <= at
    return str(RoundState.EXPIRED) if is_over else round_.state


def terms_in_force(round_: Round) -> Terms:
    """Return the newest offer of the round."""
    return _newest_terms(round_.pk)[0]


@compiled
def _newest_terms(round_id: int) -> QuerySet[Terms]:
    return Terms.objects.filter(round=round_id).order_by("-n")[:1]


def round_signatures(round_: Round) -> list[Signed]:
    """Return every signed act of the round as the rules see it, oldest first."""
    return [as_signed(row, is_void=hasattr(row, "void")) for row in _signatures(round_.pk)]


@compiled
def _signatures(round_id: int) -> QuerySet[Signature]:
    rows = Signature.objects.filter(round=round_id).select_related("void")
    return rows.only(*SEEN, "void__signature").order_by("pk")


def as_signed(row: Signature, *, is_void: bool) -> Signed:
    """Return a signature as the rules see it."""
    return Signed(
        id=row.pk,
        side=row.side,
        act=row.act,
        person_key=str(row.person_key),
        term_id=row.term_id,
        binding=Binding(
            round_id=row.round_id,
            snapshot=row.snapshot_digest,
            terms=row.terms_digest,
            edition=row.edition,
        ),
        statement=row.statement_digest,
        intent_id=row.intent_id,
        is_void=is_void,
        delegation_id=row.delegation_id,
    )
