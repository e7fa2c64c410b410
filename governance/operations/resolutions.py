"""The sponsor ends a stalemate in a signed statement: sends back, holds, ends, or lets it pass."""

import json
import secrets
from collections.abc import Mapping
from datetime import datetime

from governance.choices import (
    Resolved,
    ReturnReason,
    RoundState,
    VoidCause,
)
from governance.models import Intent, Resolution, Round, Signature
from governance.operations.ceremony import (
    LIFETIME,
    NONCE_BYTES,
    Presence,
    WishRefusedError,
    refuse_closed,
    refuse_stale,
)
from governance.operations.locking import locked_round
from governance.operations.passing import pass_as
from governance.operations.retrospectives import owe_retrospective
from governance.operations.signatures import (
    ReplayedError,
    add_signature,
    attempt_of,
    refuse,
    refuse_other_act,
    refuse_replay,
)
from governance.operations.stops import pause_initiative
from governance.operations.voids import (
    close_round,
    return_round,
    standing_signatures,
    void_signatures,
)
from governance.operations.ways import close_initiative
from governance.queries.escalations import case_of, dissents_of, sponsor_facts, sponsor_term
from governance.queries.rounds import get_round
from governance.queries.sponsor_statements import printed_of_sponsor, sponsor_statement
from governance.queries.standing import signing_facts
from governance.queries.statements import statement_digest
from governance.rules.escalations import (
    Case,
    blockers_to_confirm_resolution,
    blockers_to_resolve,
)
from governance.rules.refusing import LEAST_REASON, blockers_of_text
from governance.rules.signing import Binding, SigningFacts, live_signatures
from initiatives.choices import Standing
from journal.acts import act, hold_authority, record, seal
from journal.kinds import Kind
from kernel.canonical import moment
from kernel.refusals import Blocker, ForbiddenError
from people.models import OfficeTerm, User

ONLY_SPONSOR = Blocker("not_yours", "Only the sponsor decides where the sides do not.")


@act(refusals=True)
def begin_resolving(
    *,
    round_id: int,
    way: Resolved,
    reason: str,
    seen: Mapping[str, str],
    session_ref: str,
    actor: User,
    at: datetime,
) -> Intent:
    """Make ready what the sponsor is about to sign, for five minutes and this session only.

    :raises ForbiddenError: for anyone but the sponsor.
    :raises IntentRefusedError: when the text has changed since the page was made.
    :raises WishRefusedError: when the way is barred now, or the reason too short.
    """
    hold_authority()
    round_ = get_round(round_id)
    term = sponsor_term(actor, at)
    if term is None:
        raise ForbiddenError(ONLY_SPONSOR)
    refuse_closed(round_)
    facts = signing_facts(round_, at)
    refuse_stale(seen, facts)
    sponsor, case = sponsor_facts(actor, round_, at), case_of(round_)
    blockers = [
        *blockers_to_resolve(way, sponsor=sponsor, case=case, facts=facts, at=at),
        *blockers_of_text(reason, field="reason", least=LEAST_REASON),
    ]
    if blockers:
        raise WishRefusedError(*blockers)
    intent = _made_ready(
        round_, facts.now, way, term=term, reason=reason, session_ref=session_ref, at=at
    )
    said = {"round": round_id, "act": str(way), "statement": statement_digest(intent)}
    about = round_.initiative
    record(Kind.SIGNING_BEGUN, actor=actor, subject=intent, thread=about, at=at, data=said)
    return intent


def _made_ready(
    round_: Round,
    now: Binding,
    way: Resolved,
    *,
    term: OfficeTerm,
    reason: str,
    session_ref: str,
    at: datetime,
) -> Intent:
    sealed = seal(printed_of_sponsor(term, reason), person=term.user)
    nonce = secrets.token_hex(NONCE_BYTES)
    return Intent.objects.create(
        nonce=nonce,
        round=round_,
        person=term.user,
        session_ref=session_ref,
        side="",
        term=term,
        act=str(way),
        statement=sponsor_statement(
            round_, now, way, term=term, printed=sealed.pk, nonce=nonce, at=at
        ),
        sealed=sealed,
        made_at=at,
        expires_at=at + LIFETIME,
    )


def resolve_round(*, presence: Presence, actor: User, at: datetime) -> Resolution:
    """End a stalemate as the sponsor (T15, T16). A repeated call returns what the first one made.

    :raises SigningRefusedError: with every reason why it cannot stand.
    :raises SigningStaleError: when content, terms, playbook or office have changed.
    """
    try:
        return _resolve(presence=presence, actor=actor, at=at)
    except ReplayedError as replayed:
        return Resolution.objects.get(signature=replayed.signature)


@act(refusals=True)
def _resolve(*, presence: Presence, actor: User, at: datetime) -> Resolution:
    round_ = locked_round(presence.intent.round_id)
    facts = signing_facts(round_, at)
    refuse_other_act(presence, Resolved.values)
    refuse_replay(presence, facts)
    case, way = case_of(round_), Resolved(presence.intent.act)
    refuse(
        *blockers_to_confirm_resolution(
            way,
            attempt_of(presence, actor, at, facts),
            sponsor=sponsor_facts(actor, round_, at),
            case=case,
            facts=facts,
        )
    )
    signature = add_signature(round_, presence, actor, at)
    resolution = Resolution.objects.create(
        round=round_, signature=signature, way=way, resolved_at=at
    )
    record(
        Kind.STALEMATE_RESOLVED,
        actor=actor,
        subject=resolution,
        thread=round_.initiative,
        at=at,
        data={
            "round": round_.pk,
            "gate": round_.gate,
            "way": str(way),
            "statement": signature.statement_digest,
        },
    )
    if way == Resolved.GO and case is not None:
        _pass(round_, facts, signature, case)
    else:
        _end(round_, resolution, actor, at)
    return resolution


def _end(round_: Round, resolution: Resolution, actor: User, at: datetime) -> None:
    """Send it back as a draft, on hold if so decided; or end the initiative."""
    if resolution.way == Resolved.KILL:
        void_signatures(
            signatures=standing_signatures(round_),
            cause=VoidCause.ROUND_CLOSED,
            caused_by=resolution,
            actor=actor,
            at=at,
        )
        close_round(round_=round_, state=RoundState.DECLINED, at=at)
        close_initiative(initiative=round_.initiative, standing=Standing.CLOSED, actor=actor, at=at)
        return
    return_round(
        round_=round_,
        reason=ReturnReason.RECYCLED,
        cause=VoidCause.ROUND_CLOSED,
        caused_by=resolution,
        actor=actor,
        at=at,
    )
    if resolution.way == Resolved.HOLD:
        said = json.loads(resolution.signature.intent.sealed.text or "{}")
        pause_initiative(
            initiative=round_.initiative, reason=said.get("reason", ""), actor=actor, at=at
        )


def _pass(round_: Round, facts: SigningFacts, signature: Signature, case: Case) -> None:
    """Let it pass on one side's signature; the dissent stays on the decision for ever (T16)."""
    live, at = live_signatures(facts), signature.signed_at
    passage = pass_as(
        round_=round_,
        facts=facts,
        resolution="sponsor",
        said={
            "statements": {
                **{side: one.statement for side, one in live.items()},
                "sponsor": signature.statement_digest,
            },
            "escalated_at": moment(case.escalated_at),
            "reply_until": moment(case.reply_until),
            **_dissents(round_),
        },
        actor=signature.signer,
        at=at,
    )
    owe_retrospective(
        passage=passage,
        agreeing=next(iter(live)),
        against=case.against,
        actor=signature.signer,
        at=at,
    )


def _dissents(round_: Round) -> dict[str, object]:
    """Return what each side stated last, and apart what it stated when asked before."""
    by_side: dict[str, list[str]] = {}
    for one in dissents_of(round_):
        by_side.setdefault(one.side, []).append(one.sealed_id)
    before = {side: stated[:-1] for side, stated in by_side.items() if stated[1:]}
    said: dict[str, object] = {"dissents": {side: stated[-1] for side, stated in by_side.items()}}
    return {**said, "earlier_dissents": before} if before else said
