"""Signing a gate: one row lock, one transaction, and the stage moves with the second signature."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from governance.choices import Capacity, SigningAct, VoidCause
from governance.models import GateSide, Round, Signature, Terms, Void
from governance.operations.ceremony import Presence
from governance.operations.locking import locked_round
from governance.operations.passing import pass_if_both_signed
from governance.operations.voids import standing_signatures, void_signatures
from governance.queries.integrity import receipt_bytes
from governance.queries.recused import is_theirs
from governance.queries.standing import as_signed, round_signatures, signing_facts, terms_in_force
from governance.queries.statements import bound_to, stated, statement_digest
from governance.queries.step_up import proof_facts_of, proof_said
from governance.rules import signing as rules
from governance.rules.refusing import blockers_of_text, blockers_to_withdraw_signature
from governance.rules.signing import Attempt, SigningFacts
from journal import keys
from journal.acts import act, record, seal
from journal.kinds import Kind
from kernel.canonical import digest
from kernel.refusals import Blocker, NotVisibleError, RefusedError, StaleError
from people.models import User


class SigningRefusedError(RefusedError):
    """The signature cannot stand, for the reasons given. Nothing was signed."""


class ReplayedError(Exception):
    """The intent has been used: the same request came twice. Carries what the first one made."""

    def __init__(self, signature: Signature) -> None:
        """Carry the signature that stands."""
        super().__init__("The intent has been used.")
        self.signature = signature


class SigningStaleError(StaleError, SigningRefusedError):
    """Something changed since the statement was read. Nothing was signed."""


def sign_gate(*, presence: Presence, actor: User, at: datetime) -> Signature:
    """Sign one side of a gate; the second signature passes it in the same transaction (T4, T9).

    A repeated call with the same intent returns the signature that it made the first time.

    :raises SigningRefusedError: with every reason why the signature cannot stand.
    :raises SigningStaleError: when content, terms, playbook, office or state have changed.
    """
    try:
        return _sign(presence=presence, actor=actor, at=at)
    except ReplayedError as replayed:
        return replayed.signature


@act(refusals=True)
def _sign(*, presence: Presence, actor: User, at: datetime) -> Signature:
    """Sign under the round's lock: facts, rules, rows, and the passage if it is due."""
    round_ = locked_round(presence.intent.round_id)
    facts = signing_facts(round_, at, delegation_id=presence.intent.delegation_id)
    refuse_other_act(presence, (SigningAct.APPROVE, SigningAct.APPROVE_WITH_TERMS))
    refuse_replay(presence, facts)
    attempt = attempt_of(presence, actor, at, facts)
    offers = presence.intent.terms_body is not None
    judge = rules.blockers_to_offer if offers else rules.blockers_to_sign
    refuse(*judge(attempt, facts))
    if offers:
        _put_in_force(round_, presence, actor, at)
    signature = add_signature(round_, presence, actor, at)
    _take_side(signature)
    record(
        Kind.GATE_SIGNED,
        actor=actor,
        subject=signature,
        thread=round_.initiative,
        at=at,
        data={
            "round": round_.pk,
            "gate": round_.gate,
            "side": signature.side,
            "act": signature.act,
            "statement": signature.statement_digest,
            **signature.in_place,
        },
    )
    pass_if_both_signed(round_=round_, facts=_after(facts, signature), actor=actor, at=at)
    return signature


@act(refusals=True)
def withdraw_signature(*, signature_id: int, reason: str, actor: User, at: datetime) -> Void:
    """Take a signature back while the gate is undecided: one's own, or one's delegate's (T8).

    :raises SigningRefusedError: for any other person's signature, one that no longer counts, or
        without a reason.
    """
    found = Signature.objects.filter(pk=signature_id).values_list("round_id", flat=True).first()
    if found is None:
        raise NotVisibleError
    round_ = locked_round(found)
    rows = Signature.objects.select_related("round__initiative", "delegation")
    signature = rows.get(pk=signature_id)
    live = {one.pk for one in standing_signatures(round_)}
    refuse(
        *blockers_to_withdraw_signature(
            is_own=is_theirs(signature, actor.person_key),
            is_live=signature.pk in live and round_.is_in_review,
        ),
        *blockers_of_text(reason, field="reason", least=1),
    )
    void_signatures(
        signatures=[signature],
        cause=VoidCause.WITHDRAWN,
        caused_by=signature,
        actor=actor,
        at=at,
        reason=reason,
    )
    record(
        Kind.SIGNATURE_WITHDRAWN,
        actor=actor,
        subject=signature,
        thread=round_.initiative,
        at=at,
        data={"round": round_.pk, "side": signature.side},
    )
    return Void.objects.get(signature=signature)


def refuse_replay(presence: Presence, facts: SigningFacts) -> None:
    """Let a presence act once. The caller holds the round's lock, and read `facts` under it.

    :raises SigningRefusedError: when the presence was not made by the ceremony.
    :raises ReplayedError: with the signature that it made before.
    """
    if not presence.is_genuine:
        raise SigningRefusedError(Blocker("presence", "Confirm that it is you."))
    for one in facts.signatures:
        if one.intent_id == presence.intent.pk:
            raise ReplayedError(Signature.objects.get(pk=one.id))


def refuse_other_act(presence: Presence, acts: Collection[str]) -> None:
    """Refuse a presence that was given for none of these acts, as a `SigningRefusedError`."""
    if presence.intent.act not in acts:
        raise SigningRefusedError(Blocker("presence", "This was confirmed for something else."))


def attempt_of(presence: Presence, actor: User, at: datetime, facts: SigningFacts) -> Attempt:
    """Return the confirmed wish as the rules see it; another actor's presence proves nothing."""
    intent = presence.intent
    return Attempt(
        side=intent.side,
        person_key=str(actor.person_key),
        term_id=intent.term_id,
        delegation_id=intent.delegation_id,
        binding=bound_to(intent),
        intent_made_at=intent.made_at,
        intent_expires_at=intent.expires_at,
        proved_at=presence.proof.at if intent.person_id == actor.pk else None,
        at=at,
        level=presence.proof.level,
        proving=proof_facts_of(intent, actor, presence.proof, in_force=facts.now.edition),
    )


def refuse(*blockers: Blocker) -> None:
    """Raise what the rules said: as stale where something changed, else as a plain refusal."""
    if rules.is_stale(blockers):
        raise SigningStaleError(*blockers)
    if blockers:
        raise SigningRefusedError(*blockers)


def add_signature(round_: Round, presence: Presence, actor: User, at: datetime) -> Signature:
    """Write the row of a signed act, countersigned by the installation."""
    intent, said = presence.intent, stated(presence.intent)
    step_up = proof_said(presence.proof)
    fingerprint = statement_digest(intent)
    receipt = receipt_bytes(statement=fingerprint, step_up=step_up, signed_at=at)
    return Signature.objects.create(
        intent=intent,
        round=round_,
        side=intent.side,
        act=intent.act,
        signer=actor,
        person_key=actor.person_key,
        capacity=Capacity(said["capacity"]),
        term_id=intent.term_id,
        delegation_id=intent.delegation_id,
        statement_digest=fingerprint,
        snapshot_digest=said["snapshot"],
        terms_digest=said["terms"],
        edition=said["edition"],
        step_up=step_up,
        sealed=seal(presence.device, person=actor),
        server_key=keys.key_id(),
        server_signature=keys.sign(receipt),
        signed_at=at,
    )


def _after(facts: SigningFacts, signature: Signature) -> SigningFacts:
    """Return the facts with what this act has just written; under the lock nothing else moved."""
    if signature.terms_digest == facts.now.terms:
        return replace(facts, signatures=[*facts.signatures, as_signed(signature, is_void=False)])
    now = replace(facts.now, terms=signature.terms_digest)
    offered = bytes(signature.intent.terms_body or b"")
    return replace(facts, now=now, signatures=round_signatures(signature.round), terms_body=offered)


def _take_side(signature: Signature) -> None:
    """Make it the side's one live signature; the row guards what the rule has judged."""
    taken = GateSide.objects.filter(
        round=signature.round_id, side=signature.side, live_signature=None
    ).update(live_signature=signature)
    if not taken:
        raise SigningRefusedError(Blocker("signed", "Your side has signed this already."))


def _put_in_force(round_: Round, presence: Presence, actor: User, at: datetime) -> None:
    """Make the offer the terms of the round; what was signed under the old ones is void (V2)."""
    body = bytes(presence.intent.terms_body or b"")
    terms = Terms.objects.create(
        round=round_,
        n=terms_in_force(round_).n + 1,
        body=body,
        digest=digest(body),
        offered_by=actor,
        offered_at=at,
    )
    record(
        Kind.TERMS_PROPOSED,
        actor=actor,
        subject=terms,
        thread=round_.initiative,
        at=at,
        data={"round": round_.pk, "n": terms.n, "terms": terms.digest},
    )
    void_signatures(
        signatures=standing_signatures(round_),
        cause=VoidCause.TERMS_CHANGED,
        caused_by=terms,
        actor=actor,
        at=at,
    )
