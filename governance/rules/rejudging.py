"""A decision judged again, years later, from nothing but what was signed (I1 to I6, I10)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from governance.rules.escalations import COOLING
from governance.rules.independence import Work


@dataclass(frozen=True, kw_only=True)
class Warranted:
    """The delegation that a signature in another's place rests on.

    Who stepped back gives none: then somebody `is_named`, `is_rightly_named` if by the sponsor, for
    that round and after that.
    Whether it `was_revoked` before the passage is told by the order of the journal: the clock of
    whoever waited for a lock says nothing about that.
    """

    to_key: str
    by_key: str
    side: str
    term: str
    starts_at: datetime
    ends_at: datetime
    accepted_at: datetime | None
    was_revoked: bool
    is_named: bool = False
    is_rightly_named: bool = False


SPONSOR = "sponsor"


@dataclass(frozen=True, kw_only=True)
class SignedAct:
    """One signature beside what its statement says."""

    side: str
    person_key: str
    fingerprint: str
    said: Mapping[str, Any]
    signed_at: datetime
    voided_at: datetime | None
    warranted: Warranted | None = None


@dataclass(frozen=True, kw_only=True)
class Decided:
    """One decision with the signatures of its round, and whose work that was.

    `empty` are the sides whose holder had stepped back, while nobody had taken on to sign there.
    """

    passed_at: datetime
    said: Mapping[str, Any]
    previous_digest: str | None
    signatures: Sequence[SignedAct]
    reply_until: datetime | None = None
    dissents: frozenset[str] = frozenset()
    work: Work = field(default_factory=Work)
    recused: frozenset[str] = frozenset()
    empty: frozenset[str] = frozenset()


def faults_of(decided: Decided) -> Iterator[str]:
    """Yield what a decision lacks; nothing yielded means that it was rightly made."""
    named = decided.said["statements"]
    counted = [
        one
        for one in decided.signatures
        if one.said["act"] in ("approve", "approve_with_terms")
        and named.get(one.side) == one.fingerprint
    ]
    if decided.said.get("resolution") == SPONSOR:
        counted += [one for one in decided.signatures if _is_go(one, named)]
        yield from _faults_of_sponsor(decided, counted)
    elif sorted(one.side for one in counted) != ["people", "technology"]:
        yield "it does not rest on one signature of each side"
    if len({one.person_key for one in counted}) < len(counted):
        yield "one person signed for both sides"
    for one in counted:
        yield from _faults_of_signature(one, decided)
        if one.person_key in decided.recused:
            yield f"whoever signed for {one.side or SPONSOR} had stepped back from it"
        if done := decided.work.bars(one.person_key):
            yield f"its risk is high, and whoever signed for {one.side or SPONSOR} {done} it"
    if decided.said["previous"] != decided.previous_digest:
        yield "it does not name the decision of the gate before"


def _is_go(one: SignedAct, named: Mapping[str, str]) -> bool:
    return (
        one.said["act"] == "go"
        and one.said["capacity"] == SPONSOR
        and named.get(SPONSOR) == one.fingerprint
    )


def _faults_of_sponsor(decided: Decided, counted: Sequence[SignedAct]) -> Iterator[str]:
    """Yield what a decision of the sponsor lacks: one side, its own signature, and time (T16)."""
    sides = sorted(one.side for one in counted)
    if sides not in (["", "people"], ["", "technology"]):
        yield "it does not rest on one signature of a side and one of the sponsor"
    if any(one.warranted is not None and one.warranted.is_named for one in counted):
        yield "the sponsor had named who signed for the side that agreed"
    if decided.empty.difference(sides):
        yield "nobody could answer the sponsor: the holder there had stepped back"
    since, until = (
        datetime.fromisoformat(decided.said[name]) for name in ("escalated_at", "reply_until")
    )
    earlier = decided.said.get("earlier_dissents", {}).values()
    if {*decided.said.get("dissents", {}).values()}.union(*earlier) != decided.dissents:
        yield "it does not carry what the sides stated against it"
    if decided.passed_at < since + COOLING:
        yield "the sponsor decided within a day"
    if decided.reply_until is not None and decided.reply_until != until:
        yield "it names another time to answer than was kept when that began"
    if decided.passed_at < until:
        yield "the sponsor decided before the side that did not agree could answer"


def _faults_of_signature(one: SignedAct, decided: Decided) -> Iterator[str]:
    for name in ("org", "initiative", "gate", "round", "snapshot", "terms", "edition"):
        if one.said[name] != decided.said[name]:
            yield f"the signature of {one.side or SPONSOR} is about another {name}"
    if one.signed_at > decided.passed_at:
        yield f"the signature of {one.side or SPONSOR} came after it"
    if one.voided_at is not None and one.voided_at <= decided.passed_at:
        yield f"the signature of {one.side or SPONSOR} was void before it"
    if (one.said["capacity"] == "delegate") != (one.warranted is not None):
        yield f"the signature of {one.side} does not say in whose place it was given"
    elif one.warranted is not None:
        yield from _faults_of_stand_in(one, one.warranted)
        yield from _faults_of_naming(one, one.warranted, decided.recused)


def _faults_of_stand_in(one: SignedAct, given: Warranted) -> Iterator[str]:
    """Yield why the delegation did not bear the signature (D-1, D-4, I5)."""
    named = (given.to_key, given.by_key, given.side, given.term)
    if named != (one.person_key, one.said["instead_of"], one.side, one.said["term"]):
        yield f"the delegation behind the signature of {one.side} is another's"
    is_accepted = given.accepted_at is not None and given.accepted_at <= one.signed_at
    if not is_accepted or not given.starts_at <= one.signed_at < given.ends_at:
        yield f"nobody had taken on to sign for {one.side} then"
    if given.was_revoked:
        yield f"the delegation behind the signature of {one.side} was revoked before it"


def _faults_of_naming(one: SignedAct, given: Warranted, recused: Collection[str]) -> Iterator[str]:
    """Yield why this person was not to judge in the place of who stepped back (A1)."""
    if given.is_named and not given.is_rightly_named:
        yield f"the sponsor did not name who signed for {one.side}"
    if not given.is_named and given.by_key in recused:
        yield f"whoever signed for {one.side} was chosen by who had stepped back from it"
