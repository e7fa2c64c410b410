"""The signing ceremony: a statement is made ready, then a person proves presence for just it.

`Presence` is the key to every signed act. Only `prove()` and `prove_by_passkey()` make one, from a
password (and a code) given for exactly one intent, or from a passkey over exactly its statement;
no task, token, command or administrator has a way to it.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from governance.models import Intent, Round
from governance.operations.offers import offer_body
from governance.queries.delegations import Signatory, signatory
from governance.queries.rounds import get_round
from governance.queries.standing import signing_facts
from governance.queries.statements import printed_text, statement_bytes, statement_digest
from governance.queries.step_up import proof_facts_of
from governance.rules.signing import Binding, SigningFacts
from governance.rules.step_up import blockers_of_proof, blockers_to_prove
from governance.rules.ways import is_way
from governance.rules.wishes import Wish, blockers_to_wish
from initiatives.queries.days import home_day
from journal.acts import act, hold_authority, record, seal
from journal.kinds import Kind
from kernel.refusals import Blocker, ForbiddenError, RefusedError, StaleError
from people.models import User
from people.operations.identity import IdentityProof, check_identity, record_refused_proof
from people.operations.passkey_proofs import check_passkey
from people.queries import active_people
from people.rules.proving import PASSKEY, PASSWORD
from playbook.editions import edition

LIFETIME = timedelta(minutes=5)
NONCE_BYTES = 32
_MAKER = object()
NOT_OPEN = Blocker("state", "This round is not open for signature.")
CONTENT = Blocker("content", "The content has changed since you opened this page.")
TERMS = Blocker("terms", "The conditions have changed since you opened this page.")
NOT_YOURS = Blocker("intent", "This confirmation is not yours. Open the gate and begin again.")
TIME_OVER = Blocker("intent", "Five minutes have passed. Open the gate, read and confirm anew.")
NO_WAY = Blocker("way", "It has not come further than that stage.", "verdict")


class IntentRefusedError(StaleError):
    """The statement can no longer be confirmed: read it again. Nothing was signed."""


class WishRefusedError(RefusedError):
    """What the person wants to state is not complete; the fields are named."""


class StandInRefusedError(RefusedError):
    """Whoever would sign in the holder's place may not sign this. Nothing was signed."""


class StepUpRefusedError(RefusedError):
    """This proof is too weak for what it should sign, or none is possible. Nothing was signed."""


@dataclass(frozen=True)
class Presence:
    """Proof that the person of an intent was there, for its statement, just now."""

    intent: Intent
    proof: IdentityProof
    device: str
    maker: object

    @property
    def is_genuine(self) -> bool:
        """Whether the ceremony made it."""
        return self.maker is _MAKER


@act(refusals=True)
def begin_signing(
    *,
    round_id: int,
    wish: Wish,
    seen: Mapping[str, str],
    session_ref: str,
    actor: User,
    at: datetime,
) -> Intent:
    """Make ready what the person is about to sign, for five minutes and this session only.

    `seen` holds the digests the page showed: `snapshot` and `terms`.

    :raises ForbiddenError: for anyone but the holder of a side's office, or who signs for one.
    :raises StandInRefusedError: when something bars whoever would sign in the holder's place.
    :raises IntentRefusedError, WishRefusedError: when the text changed, or the wish is not whole.
    """
    hold_authority()
    round_ = get_round(round_id)
    signer = _signer(actor, round_, at)
    refuse_closed(round_)
    facts = signing_facts(round_, at)
    refuse_stale(seen, facts)
    _refuse_unclear(wish, round_, at)
    intent = _made_ready(round_, wish, signer=signer, now=facts.now, session_ref=session_ref, at=at)
    record(
        Kind.SIGNING_BEGUN,
        actor=actor,
        subject=intent,
        thread=round_.initiative,
        at=at,
        data={"round": round_id, "act": str(wish.act), "statement": statement_digest(intent)},
    )
    return intent


def prove(
    *,
    nonce: str,
    session_ref: str,
    password: str,
    code: str,
    actor: User,
    at: datetime,
    device: str = "",
) -> Presence:
    """Check that it is the intent's person, in the intent's session, here and now.

    :raises IntentRefusedError: for an unknown, foreign, used or expired intent.
    :raises StepUpRefusedError: when a password is not enough, or nothing is.
    :raises RefusedError: from `check_identity`, for a wrong password or too many tries.
    """
    intent = _own_intent(nonce, session_ref, actor, at)
    _refuse_weak(PASSWORD, intent, actor, at)
    proof = check_identity(
        user=actor, password=password, code=code, at=at, thread=intent.round.initiative
    )
    return Presence(intent=intent, proof=proof, device=device, maker=_MAKER)


def prove_by_passkey(
    *, nonce: str, session_ref: str, answer: str, actor: User, at: datetime, device: str = ""
) -> Presence:
    """Check the same by a passkey of the person, whose challenge is the statement itself (L3).

    :raises IntentRefusedError: for an unknown, foreign, used or expired intent.
    :raises StepUpRefusedError: when the person has no passkey that works here.
    :raises RefusedError: from `check_passkey`, for an answer that does not hold.
    """
    intent = _own_intent(nonce, session_ref, actor, at)
    _refuse_weak(PASSKEY, intent, actor, at)
    proof = check_passkey(
        user=actor,
        answer=answer,
        challenge=bytes.fromhex(statement_digest(intent)),
        at=at,
        thread=intent.round.initiative,
    )
    return Presence(intent=intent, proof=proof, device=device, maker=_MAKER)


def _own_intent(nonce: str, session_ref: str, actor: User, at: datetime) -> Intent:
    """Return what this person made ready in this session, while it is good.

    :raises IntentRefusedError: for an unknown, foreign, used or expired intent.
    """
    rows = Intent.objects.select_related("round__initiative", "sealed")
    intent = rows.filter(nonce=nonce).first()
    if intent is None or intent.person_id != actor.pk or intent.session_ref != session_ref:
        raise IntentRefusedError(NOT_YOURS)
    if hasattr(intent, "signature"):
        raise IntentRefusedError(Blocker("intent", "This confirmation has been used."))
    if at > intent.expires_at:
        raise IntentRefusedError(TIME_OVER)
    return intent


def _refuse_weak(level: str, intent: Intent, actor: User, at: datetime) -> None:
    """Refuse a proof that would not do, before anybody is asked for it (S2, S4).

    :raises StepUpRefusedError: with the way out.
    """
    facts = proof_facts_of(intent, actor)
    if blockers := [*blockers_to_prove(facts), *blockers_of_proof(level, facts)]:
        reason, thread = blockers[0].code, intent.round.initiative
        record_refused_proof(user=actor, reason=reason, at=at, thread=thread)
        raise StepUpRefusedError(*blockers)


def _signer(actor: User, round_: Round, at: datetime) -> Signatory:
    found = signatory(actor, round_, at)
    if found is None:
        raise ForbiddenError(Blocker("authority", "Only whoever signs for a side signs gates."))
    if found.blockers:
        raise StandInRefusedError(*found.blockers)
    return found


def refuse_closed(round_: Round) -> None:
    """Refuse a round that nobody was asked to sign, or not any more, as an `IntentRefusedError`."""
    if not round_.is_in_review:
        raise IntentRefusedError(NOT_OPEN)


def refuse_stale(seen: Mapping[str, str], facts: SigningFacts) -> None:
    """Refuse what was read on a page that is not what stands now, as an `IntentRefusedError`."""
    if facts.state not in ("in_review", "escalated"):
        raise IntentRefusedError(NOT_OPEN)
    for name, changed in (("snapshot", CONTENT), ("terms", TERMS)):
        if seen.get(name) != getattr(facts.now, name):
            raise IntentRefusedError(changed)


def _refuse_unclear(wish: Wish, round_: Round, at: datetime) -> None:
    """Refuse an offer or a decline that does not say what it must."""
    owners = active_people().values_list("pk", flat=True) if wish.offers else ()
    blockers = blockers_to_wish(
        wish,
        codes={reason.code for reason in edition(round_.edition).reasons},
        today=home_day(at),
        known_owners=frozenset(owners),
    )
    no_way = [] if is_way(wish.verdict, stage=round_.initiative.stage) else [NO_WAY]
    if found := [*blockers, *no_way]:
        raise WishRefusedError(*found)


def _made_ready(
    round_: Round, wish: Wish, *, signer: Signatory, now: Binding, session_ref: str, at: datetime
) -> Intent:
    """Seal what is printed, write the statement, and keep both for five minutes."""
    offer = offer_body(round_, wish.conditions, wish.keeps, wish.verdict) if wish.offers else None
    sealed = seal(printed_text(signer, wish), person=signer.user)
    nonce = secrets.token_hex(NONCE_BYTES)
    statement = statement_bytes(
        round_, now, wish, signer=signer, offer=offer, printed=sealed.pk, nonce=nonce, at=at
    )
    return Intent.objects.create(
        nonce=nonce,
        round=round_,
        person=signer.user,
        session_ref=session_ref,
        side=signer.side,
        term_id=signer.term_id,
        delegation_id=signer.delegation_id,
        act=wish.act,
        statement=statement,
        terms_body=offer,
        sealed=sealed,
        made_at=at,
        expires_at=at + LIFETIME,
    )
