"""The quarter's shortlist: one side proposes it, the other side agrees to it or says why not."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection
from django.db.models import Max

from initiatives.models import Shortlist, ShortlistAnswer, ShortlistPlace
from initiatives.queries.days import fiscal_month, home_day
from initiatives.queries.rankings import must_settle, places
from initiatives.queries.shortlists import agreed_keys
from initiatives.rules.rankings import (
    AnswerFacts,
    ShortlistFacts,
    blockers_to_answer,
    blockers_to_shortlist,
)
from initiatives.rules.words import clean_words
from journal.acts import act, hold_authority, record, seal
from journal.kinds import Kind
from kernel.refusals import NotVisibleError, RefusedError
from people.choices import Side
from people.models import User
from people.queries import authority_of

SHORTLIST_LOCK = 7_291_005


class ShortlistRefusedError(RefusedError):
    """The shortlist or the word on it cannot be kept so."""


@act
def propose_shortlist(
    *, actor: User, quarter: date, chosen: Sequence[int], at: datetime, words: str = ""
) -> Shortlist:
    """Propose what to take on in a quarter; it takes the place of what is proposed for it already.

    :raises NotVisibleError, ForbiddenError: for whoever holds no key.
    :raises ShortlistRefusedError: for a quarter that is over, or what is not ranked.
    """
    side = must_settle(authority_of(actor, at))
    _one_at_a_time()
    words = clean_words(words, field="words", refusal=ShortlistRefusedError)
    ranked = places()
    facts = ShortlistFacts(
        quarter=quarter,
        today=home_day(at),
        fiscal_month=fiscal_month(),
        chosen=chosen,
        ranked=ranked,
        words=words,
        agreed=agreed_keys(quarter),
    )
    if blockers := [*blockers_to_shortlist(facts)]:
        raise ShortlistRefusedError(*blockers)
    last = Shortlist.objects.filter(quarter=quarter).aggregate(last=Max("n"))["last"]
    shortlist = Shortlist.objects.create(
        quarter=quarter,
        n=(last or 0) + 1,
        side=side,
        words=seal(words, person=actor) if words else None,
        proposed_by=actor,
        proposed_key=actor.person_key,
        proposed_at=at,
    )
    ShortlistPlace.objects.bulk_create(
        ShortlistPlace(shortlist=shortlist, initiative_id=key, place=ranked[key])
        for key in sorted(set(chosen), key=ranked.__getitem__)
    )
    data = {**_said(shortlist, side), "count": len(set(chosen))}
    record(Kind.SHORTLIST_PROPOSED, actor=actor, subject=shortlist, at=at, data=data)
    return shortlist


@act
def answer_shortlist(
    *, actor: User, shortlist_id: int, is_agreed: bool, at: datetime, reason: str = ""
) -> ShortlistAnswer:
    """Agree to the other side's shortlist, which puts it in force, or say why not.

    :raises NotVisibleError: when there is no such list, or it is not this person's to see.
    :raises ForbiddenError: for whoever holds no key.
    :raises ShortlistRefusedError: for the side that proposed it, the second time, or too late.
    """
    authority = authority_of(actor, at)
    side = must_settle(authority)
    _one_at_a_time()
    shortlist, reason = (
        _found(shortlist_id),
        clean_words(reason, field="reason", refusal=ShortlistRefusedError),
    )
    facts = AnswerFacts(
        side=side,
        person_key=authority.person_key,
        proposer_side=Side(shortlist.side),
        proposer_key=shortlist.proposed_key,
        is_answered=hasattr(shortlist, "answer"),
        is_newest=_is_newest(shortlist),
        is_agreed=is_agreed,
        reason=reason,
    )
    if blockers := [*blockers_to_answer(facts)]:
        raise ShortlistRefusedError(*blockers)
    answer = ShortlistAnswer.objects.create(
        shortlist=shortlist,
        is_agreed=is_agreed,
        side=side,
        reason=seal(reason, person=actor) if reason else None,
        answered_by=actor,
        answered_key=actor.person_key,
        answered_at=at,
    )
    said = {**_said(shortlist, side), "agreed": is_agreed}
    record(Kind.SHORTLIST_ANSWERED, actor=actor, subject=answer, at=at, data=said)
    return answer


def _found(shortlist_id: int) -> Shortlist:
    shortlist = Shortlist.objects.filter(pk=shortlist_id).first()
    if shortlist is None:
        raise NotVisibleError
    return shortlist


def _is_newest(shortlist: Shortlist) -> bool:
    newer = Shortlist.objects.filter(quarter=shortlist.quarter, n__gt=shortlist.n)
    return not newer.exists()


def _said(shortlist: Shortlist, side: Side) -> dict[str, str | int]:
    return {"quarter": shortlist.quarter.isoformat(), "n": shortlist.n, "side": side.value}


def _one_at_a_time() -> None:
    """Hold the offices as they are, and let whoever comes second wait."""
    hold_authority()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SHORTLIST_LOCK])
