"""Signed acts as people read them: who, as what, when, in which words, and whether they count."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from governance.choices import Capacity, SigningAct, VoidCause
from governance.models import Recusal, Signature, Void
from journal.rows import label
from people.choices import Side
from people.models import User

METHODS = {
    "password": "Confirmed with a password",
    "password+totp": "Confirmed with a password and a code",
    "passkey": "Confirmed with a passkey",
}
ENDED_BY = {
    label(User): "Whoever signed left",
    label(Recusal): "The holder of the key stepped back",
}


@dataclass(frozen=True, kw_only=True)
class SignedView:
    """One signed act. Name, title and words are "" once they were erased."""

    id: int
    round_id: int
    side: Side
    act: SigningAct
    signer_id: int
    zone: str
    name: str
    title: str
    capacity: Capacity
    for_id: int | None
    for_name: str
    for_title: str
    words: str
    reason: str
    reversed_by: str
    method: str
    terms_digest: str
    statement_digest: str
    signed_at: datetime
    void_cause: VoidCause | None
    void_words: str
    voided_at: datetime | None
    void_reason: str
    decline_id: int | None
    code: str
    is_final: bool
    contested_at: datetime | None
    contest_reason: str

    @property
    def capacity_words(self) -> str:
        """Say as what it was signed, where otherwise than in office or in somebody's place."""
        plain = (Capacity.SEAT, Capacity.DELEGATE)
        return "" if self.capacity in plain else str(self.capacity.label)

    @property
    def in_place_of(self) -> str:
        """In whose place it was signed, "" for whoever signed in office."""
        return (self.for_name or "an office holder") if self.for_id else ""

    def is_of(self, user_id: int) -> bool:
        """Tell whether the person signed it, or let somebody sign it."""
        return user_id in (self.signer_id, self.for_id)

    @property
    def is_live(self) -> bool:
        """Whether it counts as an approval, as far as it was never made void."""
        return self.void_cause is None and self.act != SigningAct.DECLINE

    @property
    def is_decline(self) -> bool:
        return self.act == SigningAct.DECLINE

    @property
    def said(self) -> str:
        """The words to quote: those of the signer, or the reason of a decline."""
        return self.words or self.reason


def signed_views(rows: QuerySet[Signature]) -> list[SignedView]:
    """Return the signed acts, oldest first, in one query."""
    return [*map(_view, _whole(rows).order_by("pk"))]


def standing(views: Iterable[SignedView]) -> dict[Side, SignedView]:
    """Return what stands for each side: its approval, or the decline that nobody took back."""
    return {one.side: one for one in views if one.void_cause is None}


def as_row(one: SignedView) -> dict[str, str | None]:
    """Return what the mark is drawn from."""
    return {"side": one.side, "act": one.act, "void__cause": one.void_cause}


def _whole(rows: QuerySet[Signature]) -> QuerySet[Signature]:
    """Leave out the sponsor's: it speaks for no side."""
    return (
        rows.exclude(capacity=Capacity.SPONSOR)
        .select_related(
            *("signer", "delegation", "intent__sealed", "decline__contest__sealed"),
            *("void__sealed", "void__by"),
        )
        .defer("intent__statement", "intent__terms_body", "server_signature")
    )


def _view(row: Signature) -> SignedView:
    said = json.loads(row.intent.sealed.text or "{}")
    void = getattr(row, "void", None)
    decline = getattr(row, "decline", None)
    contest = getattr(decline, "contest", None) if decline else None
    return SignedView(
        id=row.pk,
        round_id=row.round_id,
        side=Side(row.side),
        act=SigningAct(row.act),
        signer_id=row.signer_id,
        zone=row.signer.zone,
        name=said.get("name", ""),
        title=said.get("title", ""),
        capacity=Capacity(row.capacity),
        for_id=row.delegation.by_id if row.delegation else None,
        for_name=said.get("for_name", ""),
        for_title=said.get("for_title", ""),
        words=said.get("words", ""),
        reason=said.get("reason", ""),
        reversed_by=said.get("reversed_by", ""),
        method=METHODS.get(row.step_up.get("method", ""), ""),
        terms_digest=row.terms_digest,
        statement_digest=row.statement_digest,
        signed_at=row.signed_at,
        void_cause=VoidCause(void.cause) if void else None,
        void_words=_void_words(void, row.person_key) if void else "",
        voided_at=void.voided_at if void else None,
        void_reason=_text(void),
        decline_id=decline.pk if decline else None,
        code=decline.code if decline else "",
        is_final=bool(decline and decline.is_final),
        contested_at=contest.contested_at if contest else None,
        contest_reason=_text(contest),
    )


def _void_words(void: Void, signer: UUID) -> str:
    """Say why it stopped counting: what caused it, or who, may tell more than the kind of cause."""
    words = ENDED_BY.get(void.caused_by.partition(":")[0]) or str(VoidCause(void.cause).label)
    is_withdrawn = words == VoidCause.WITHDRAWN.label
    if is_withdrawn and void.by is not None and void.by.person_key != signer:
        return f"Withdrawn by {void.by.name}"
    return words


def _text(row: object) -> str:
    sealed = getattr(row, "sealed", None)
    return (sealed.text or "") if sealed else ""
