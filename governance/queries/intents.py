"""A statement made ready to be confirmed, as the page that asks for a password shows it."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from governance.choices import SigningAct
from governance.models import Intent, Signature, Terms
from governance.queries.differences import Condition
from governance.queries.offers import conditions_of
from governance.queries.statements import statement_digest
from governance.rules.terms import terms_body
from people.choices import Side

NO_TERMS = terms_body([], verdict="")
SEEN = (
    *("nonce", "round", "person", "session_ref", "side", "act", "statement", "terms_body"),
    *("expires_at", "round__gate", "round__n", "round__initiative__number"),
    *("round__initiative__name", "sealed__text", "signature__intent"),
)


@dataclass(frozen=True, kw_only=True)
class IntentView:
    """What is about to be signed, read from the bytes of the statement and from its sealed text."""

    nonce: str
    round_id: int
    code: str
    initiative_name: str
    gate: str
    n: int
    act: SigningAct
    side: Side | None
    name: str
    title: str
    for_name: str
    words: str
    reason: str
    reversed_by: str
    is_final: bool
    statement: str
    snapshot: str
    terms: str
    offered: bytes | None
    expires_at: datetime
    person_id: int
    session_ref: str
    signature_id: int | None

    @cached_property
    def _terms_body(self) -> bytes:
        """The bytes of the offer that the statement names: its own, or those in force."""
        if self.offered is not None:
            return self.offered
        terms = Terms.objects.filter(round=self.round_id, digest=self.terms).first()
        return bytes(terms.body) if terms else NO_TERMS

    @property
    def verdict(self) -> str:
        said: str = json.loads(self._terms_body)["verdict"]
        return said

    @property
    def conditions(self) -> tuple[Condition, ...]:
        return conditions_of(self._terms_body)

    @property
    def verdict_words(self) -> str:
        """What is proposed, as words: “back to stage 2”."""
        return self.verdict.replace("_", " ")

    @property
    def is_decline(self) -> bool:
        return self.act == SigningAct.DECLINE

    @property
    def resolves(self) -> str:
        """How the sponsor ends a stalemate by it; "" where it speaks for a side."""
        return "" if self.side else str(self.act)

    @property
    def typed(self) -> tuple[tuple[str, str], ...]:
        """The words the person typed, to be given back when nothing was signed."""
        named = (
            ("In your words", self.words),
            ("Why", self.reason),
            ("What would change your mind", self.reversed_by),
        )
        return tuple((label, text) for label, text in named if text)

    def is_of(self, user_id: int, session_ref: str) -> bool:
        """Whether it was made for this person in this session."""
        return self.person_id == user_id and self.session_ref == session_ref


def get_intent(nonce: str) -> IntentView | None:
    """Return a statement by its nonce, whoever made it; the door judges whose it is."""
    rows = Intent.objects.select_related("round__initiative", "sealed", "signature").only(*SEEN)
    row = rows.filter(nonce=nonce).first()
    return None if row is None else _view(row)


def _view(row: Intent) -> IntentView:
    said: dict[str, Any] = json.loads(bytes(row.statement))
    printed: dict[str, str] = json.loads(row.sealed.text or "{}")
    signature: Signature | None = getattr(row, "signature", None)
    return IntentView(
        nonce=row.nonce,
        round_id=row.round_id,
        code=row.round.initiative.code,
        initiative_name=row.round.initiative.name,
        gate=row.round.gate,
        n=row.round.n,
        act=SigningAct(row.act),
        side=Side(row.side) if row.side else None,
        name=printed.get("name", ""),
        title=printed.get("title", ""),
        for_name=printed.get("for_name", ""),
        words=printed.get("words", ""),
        reason=printed.get("reason", ""),
        reversed_by=printed.get("reversed_by", ""),
        is_final=bool(said["final"]),
        statement=statement_digest(row),
        snapshot=said["snapshot"],
        terms=said["terms"],
        offered=None if row.terms_body is None else bytes(row.terms_body),
        expires_at=row.expires_at,
        person_id=row.person_id,
        session_ref=row.session_ref,
        signature_id=signature.pk if signature else None,
    )
