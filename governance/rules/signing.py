"""Whether this person may sign exactly this, now, and whether a signature is still live."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from governance.rules.independence import Work, blockers_of_own_work
from governance.rules.recusals import blockers_of_recused
from governance.rules.rounds import ESCALATED, IN_REVIEW
from governance.rules.step_up import ProofFacts, blockers_of_proof
from kernel.refusals import Blocker
from people.rules.proving import PASSWORD

CHANGED = frozenset({"content", "terms", "edition", "state", "intent", "authority"})


@dataclass(frozen=True, kw_only=True)
class Binding:
    """What a statement is about: change one letter of any of these and it is about another."""

    round_id: int
    snapshot: str
    terms: str
    edition: str


@dataclass(frozen=True, kw_only=True)
class Seat:
    """One side's office and who holds it, as of the moment judged."""

    side: str
    person_key: str
    term_id: int


@dataclass(frozen=True, kw_only=True)
class StandIn:
    """A delegation as of the moment judged: who signs for which side, by whose term of office.

    `blockers` say why not for this round, now; a signature once given minds only the revocation.
    `is_named`: by the sponsor, because the holder stepped back.
    """

    person_key: str
    side: str
    term_id: int
    is_revoked: bool = False
    is_named: bool = False
    blockers: tuple[Blocker, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Signed:
    """A signature as stored. `is_void` is history; liveness is computed by `is_live`."""

    id: int
    side: str
    act: str
    person_key: str
    term_id: int
    binding: Binding
    statement: str = ""
    intent_id: int = 0
    is_void: bool = False
    delegation_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class SigningFacts:
    """How a round stands at one moment, under its lock."""

    state: str
    is_paused: bool
    now: Binding
    seats: Mapping[str, Seat]
    signatures: Sequence[Signed]
    terms_body: bytes = b""
    authors: Sequence[str] = ()
    stale: Sequence[Blocker] = ()
    declined_by: str = ""
    stand_ins: Mapping[int, StandIn] = field(default_factory=dict)
    work: Work = field(default_factory=Work)
    recused: frozenset[str] = frozenset()

    def speaks(self, who: "Signed | Attempt") -> bool:
        """Tell whether this person signs for the side: in office, or in the place of who is.

        The end of a delegation's days leaves what was signed by it standing (D-4); that it was
        revoked, or that the office it rests on changed hands, does not.
        """
        seat = self.seats.get(who.side)
        if seat is None or seat.term_id != who.term_id:
            return False
        if who.delegation_id is None:
            return seat.person_key == who.person_key
        one = self.stand_ins.get(who.delegation_id)
        return (
            one is not None
            and not one.is_revoked
            and (one.person_key, one.side, one.term_id) == (who.person_key, who.side, who.term_id)
        )


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """Somebody wants to act on a statement they confirmed."""

    side: str
    person_key: str
    term_id: int
    binding: Binding
    intent_made_at: datetime
    intent_expires_at: datetime
    proved_at: datetime | None
    at: datetime
    delegation_id: int | None = None
    level: str = PASSWORD
    proving: ProofFacts = field(default_factory=ProofFacts)


def is_live(signature: Signed, facts: SigningFacts) -> bool:
    """Tell whether every check V1 to V8 holds for `signature` now."""
    return (
        signature.act in ("approve", "approve_with_terms")
        and not signature.is_void
        and signature.person_key not in facts.recused
        and signature.binding == facts.now
        and facts.speaks(signature)
        and facts.state in (IN_REVIEW, ESCALATED)
    )


def live_signatures(facts: SigningFacts) -> dict[str, Signed]:
    """Return the live signature of each side that has one."""
    return {one.side: one for one in facts.signatures if is_live(one, facts)}


def blockers_to_confirm(attempt: Attempt, facts: SigningFacts) -> Iterator[Blocker]:
    """Yield every reason why a confirmed statement does not hold now (V1-V7, X3, S1, S2)."""
    if facts.is_paused:
        yield Blocker("paused", "The initiative is paused: nothing can be signed.")
    if facts.state not in (IN_REVIEW, ESCALATED):
        yield Blocker("state", "This round is no longer open for signature.")
    yield from blockers_of_change(attempt.binding, facts.now)
    if not facts.speaks(attempt):
        yield Blocker("authority", "You do not hold the office this signature speaks for.")
    elif attempt.delegation_id is not None:
        yield from facts.stand_ins[attempt.delegation_id].blockers
    yield from blockers_of_recused(facts.recused, attempt.person_key)
    yield from blockers_of_intent(attempt)
    yield from facts.stale


def blockers_of_intent(attempt: Attempt) -> Iterator[Blocker]:
    """Yield why the proof of presence is not one for exactly this, just now (X3, S1, S2)."""
    if not attempt.intent_made_at <= attempt.at <= attempt.intent_expires_at:
        yield Blocker("intent", "Five minutes have passed. Read it again and confirm anew.")
    if attempt.proved_at is None or attempt.proved_at < attempt.intent_made_at:
        yield Blocker("presence", "Confirm that it is you for exactly this text.")
    yield from blockers_of_proof(attempt.level, attempt.proving)


def blockers_to_sign(attempt: Attempt, facts: SigningFacts) -> Iterator[Blocker]:
    """Yield every reason why the approval must wait (T4); none means sign."""
    yield from blockers_to_confirm(attempt, facts)
    yield from blockers_of_own_work(facts.work, attempt.person_key)
    live = live_signatures(facts)
    if attempt.side in live:
        yield Blocker("signed", "Your side has signed this already.")
    for side, other in live.items():
        if side != attempt.side and other.person_key == attempt.person_key:
            yield Blocker("same_person", "The other half was signed by you: two people must sign.")


def blockers_to_offer(attempt: Attempt, facts: SigningFacts) -> Iterator[Blocker]:
    """Yield every reason why no new terms can be offered and signed (T5).

    The attempt is bound to the terms that the offer replaces, which must still be in force.
    """
    yield from blockers_to_confirm(attempt, facts)
    yield from blockers_of_own_work(facts.work, attempt.person_key)
    if facts.state != IN_REVIEW:
        yield Blocker("state", "Conditions can be offered only while the round is in review.")


def blockers_to_decline(attempt: Attempt, facts: SigningFacts) -> Iterator[Blocker]:
    """Yield every reason why the refusal cannot be recorded (T7)."""
    yield from blockers_to_confirm(attempt, facts)
    if facts.state != IN_REVIEW:
        yield Blocker("state", "This round is no longer in review.")
    if attempt.side in live_signatures(facts):
        yield Blocker("signed", "Withdraw your signature first, then decline.")


def blockers_to_pass(facts: SigningFacts) -> Iterator[Blocker]:
    """Yield every invariant that two signatures do not fulfil (I1-I6, I9); none means passed."""
    live = live_signatures(facts)
    if set(live) != {"technology", "people"}:
        yield Blocker("two_sides", "Both sides must have signed.")
        return
    signers = {one.person_key for one in live.values()}
    if len(signers) < len(live):
        yield Blocker("two_people", "Two different people must sign.")
    if any(signers == {author} for author in facts.authors):
        yield Blocker("independence", "Each contribution needs a signer who did not write it.")
    if any(facts.work.bars(signer) for signer in signers):
        yield Blocker("independence", "The risk is high: no signer may have sent or written it.")
    if facts.is_paused:
        yield Blocker("paused", "The initiative is paused: no gate passes.")


def is_stale(blockers: Sequence[Blocker]) -> bool:
    """Tell whether something changed since it was read, as opposed to a plain no."""
    return any(blocker.code in CHANGED for blocker in blockers)


def blockers_of_change(meant: Binding, now: Binding) -> Iterator[Blocker]:
    """Yield in what the round is another one than what was read (V1, V2, V3)."""
    if meant.round_id != now.round_id or meant.snapshot != now.snapshot:
        yield Blocker("content", "The content has changed since you read it.")
    if meant.terms != now.terms:
        yield Blocker("terms", "The conditions have changed since you read them.")
    if meant.edition != now.edition:
        yield Blocker("edition", "The playbook has changed since you read it.")
