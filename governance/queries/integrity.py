"""What governance adds to `verify_journal`: bytes, statements, signatures and decisions."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from governance.choices import RoundState
from governance.models import GateSide, Passage, Pause, Round, Signature, Snapshot, Terms
from governance.queries.escalations import dissents_of, kept_reply
from governance.queries.independence import work_judged
from governance.queries.proof_integrity import check_proofs
from governance.queries.recused import (
    empty_before,
    is_rightly_named,
    number_of,
    recused_before,
)
from governance.rules.rejudging import Decided, SignedAct, Warranted, faults_of
from governance.rules.rounds import RESUME
from initiatives.choices import Standing
from initiatives.models import Initiative, StageAdvance
from journal import keys
from journal.models import ServerKey
from journal.verification import Finding, further_check
from kernel.canonical import canonical, digest, moment, wrapped

BATCH = 500
STATED = ("side", "person", "act", "capacity", "term", "snapshot", "terms", "edition")
# What bytes and rows that our code never wrote raise while they are read.
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, ObjectDoesNotExist)


@further_check
def check_gates() -> Iterator[Finding]:
    """Yield what is wrong with frozen bytes, signatures, sides and decisions."""
    for model in (Snapshot, Terms, Passage):
        for row in model.objects.order_by("pk").iterator(BATCH):
            if not _is_frozen(bytes(row.body), row.digest):
                yield Finding(0, f"{row._meta.label_lower} {row.pk} is not what was frozen")
    yield from _signatures()
    yield from check_proofs()
    yield from _sides()
    yield from _decisions()
    yield from _outcomes()
    yield from _initiatives()


def receipt_bytes(*, statement: str, step_up: Mapping[str, Any], signed_at: datetime) -> bytes:
    """Return the bytes that the installation countersigns with a signature."""
    receipt = {
        "v": 1,
        "statement": statement,
        "step_up": dict(step_up),
        "signed_at": moment(signed_at),
    }
    return wrapped("signature", canonical(receipt))


def _is_frozen(body: bytes, fingerprint: str) -> bool:
    try:
        return digest(body) == fingerprint and canonical(json.loads(body)) == body
    except UNREADABLE:
        return False


def _signatures() -> Iterator[Finding]:
    published = {key.key_id: bytes(key.public) for key in ServerKey.objects.all()}
    rows = Signature.objects.select_related("intent", "round__snapshot").order_by("pk")
    for row in rows.iterator(BATCH):
        try:
            if not _says_its_statement(row):
                yield Finding(0, f"signature {row.pk} says other than its statement")
        except UNREADABLE:
            yield Finding(0, f"the statement of signature {row.pk} cannot be read")
        if digest(wrapped("statement", bytes(row.intent.statement))) != row.statement_digest:
            yield Finding(0, f"signature {row.pk} is not over its statement")
        public = published.get(row.server_key, b"")
        if not keys.is_signed(
            message=_receipt(row), signature=bytes(row.server_signature), public=public
        ):
            yield Finding(0, f"signature {row.pk} was not countersigned by this installation")


def _says_its_statement(row: Signature) -> bool:
    said = json.loads(bytes(row.intent.statement))
    stated = [said[name] for name in STATED] + [said.get("delegation")]
    stored = [
        row.side,
        str(row.person_key),
        row.act,
        row.capacity,
        str(row.term_id),
        row.snapshot_digest,
        row.terms_digest,
        row.edition,
        str(row.delegation_id) if row.delegation_id else None,
    ]
    return stated == stored and row.snapshot_digest == row.round.snapshot.digest


def _receipt(row: Signature) -> bytes:
    return receipt_bytes(
        statement=row.statement_digest, step_up=row.step_up, signed_at=row.signed_at
    )


def _sides() -> Iterator[Finding]:
    """Yield every side whose live signature is void, or belongs elsewhere."""
    rows = GateSide.objects.filter(live_signature__isnull=False).select_related(
        "live_signature__void"
    )
    for row in rows:
        signature: Any = row.live_signature
        if hasattr(signature, "void"):
            yield Finding(0, f"{row} shows a signature that is void")
        if (signature.round_id, signature.side) != (row.round_id, row.side):
            yield Finding(0, f"{row} shows the signature of another round or side")


def _decisions() -> Iterator[Finding]:
    passed: dict[tuple[int, str], Passage] = {}
    rows = Passage.objects.select_related("round", "supersession__rollback").order_by("pk")
    for row in rows:
        gate, initiative = row.round.gate, row.round.initiative_id
        last = None if gate == RESUME else passed.get((initiative, str(int(gate) - 1)))
        before = last.digest if last and not _was_past(last, row) else None
        try:
            yield from _faults(row, before)
        except UNREADABLE:
            yield Finding(0, f"decision {row.pk} or a statement under it cannot be read")
        passed[initiative, gate] = row


def _was_past(last: Passage, row: Passage) -> bool:
    """Tell whether the gate before had been sent back, and not passed again, by that time."""
    past = getattr(last, "supersession", None)
    return past is not None and past.rollback.rolled_back_at <= row.passed_at


def _faults(row: Passage, before: str | None) -> Iterator[Finding]:
    said = json.loads(bytes(row.body))
    number = number_of(row)
    decided = Decided(
        passed_at=row.passed_at,
        said=said,
        previous_digest=before,
        signatures=_acts(row),
        reply_until=kept_reply(row.round),
        dissents=frozenset(one.sealed_id for one in dissents_of(row.round)),
        work=work_judged(row, number),
        recused=recused_before(row.round_id, number),
        empty=empty_before(row, number),
    )
    for fault in faults_of(decided):
        yield Finding(0, f"decision {row.pk} on {said['initiative']} gate {said['gate']}: {fault}")


def _outcomes() -> Iterator[Finding]:
    """Hold what rounds say of themselves, which the runtime role may change, to the decisions."""
    decided = Exists(Passage.objects.filter(round=OuterRef("pk")))
    passed = Round.objects.filter(state=RoundState.PASSED).exclude(decided)
    for row in passed.order_by("pk"):
        yield Finding(0, f"round {row.pk} says passed, but nothing decided it")
    overruled = Passage.objects.filter(resolution="sponsor").order_by("pk")
    for one in overruled.exclude(round__resolution__way="go"):
        yield Finding(0, f"decision {one.pk} names the sponsor, who did not let it pass")
    for row in Round.objects.filter(decided).exclude(state=RoundState.PASSED).order_by("pk"):
        yield Finding(0, f"round {row.pk} is decided, but says {row.state}")


def _initiatives() -> Iterator[Finding]:
    """Hold stage and pause of each initiative, which are only columns, to what moved them."""
    here = StageAdvance.objects.standing().filter(initiative=OuterRef("pk")).values("initiative")
    counted = Subquery(here.annotate(many=Count("pk")).values("many"))
    known = Initiative.objects.annotate(moves=Coalesce(counted, 0))
    moved = known.exclude(stage=F("moves") + 1)
    for row in moved.order_by("pk"):
        moves = row.moves  # type: ignore[attr-defined]  # annotated above
        yield Finding(0, f"{row.code} says stage {row.stage} after {moves} gates passed")
    stopped = Exists(Pause.objects.lasting().filter(initiative=OuterRef("pk")))
    rows = Initiative.objects.annotate(stopped=stopped).order_by("pk")
    for row in rows.filter(stopped=False, standing=Standing.PAUSED):
        yield Finding(0, f"{row.code} says paused, but nobody paused it")
    for row in rows.filter(stopped=True, standing=Standing.ACTIVE):
        yield Finding(0, f"{row.code} says active, but its pause has not ended")
    drills = Q(replaces__is_exercise=True, replaces__initiative=F("initiative"))
    for stop in Pause.objects.exclude(replaces=None).exclude(drills).order_by("pk"):
        yield Finding(0, f"pause {stop.pk} ended a pause that was no drill")


def _acts(passage: Passage) -> list[SignedAct]:
    rows = (
        Signature.objects.filter(round=passage.round_id)
        .select_related(
            "intent", "void", "delegation__answer", "delegation__revocation", "delegation__recusal"
        )
        .order_by("pk")
    )
    return [
        SignedAct(
            side=row.side,
            person_key=str(row.person_key),
            fingerprint=row.statement_digest,
            said=json.loads(bytes(row.intent.statement)),
            signed_at=row.signed_at,
            voided_at=row.void.voided_at if hasattr(row, "void") else None,
            warranted=_warranted(row, passage),
        )
        for row in rows
    ]


def _warranted(row: Signature, passage: Passage) -> Warranted | None:
    """Return the delegation that a signature rests on, as it was given, answered and ended."""
    one = row.delegation
    if one is None:
        return None
    answer = getattr(one, "answer", None)
    revocation = getattr(one, "revocation", None)
    return Warranted(
        to_key=str(one.to_key),
        by_key=str(one.by_key),
        side=one.side,
        term=str(one.term_id),
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        accepted_at=answer.answered_at if answer is not None and answer.is_accepted else None,
        was_revoked=revocation is not None and number_of(revocation) < number_of(passage),
        is_named=one.recusal is not None,
        is_rightly_named=is_rightly_named(one, passage.round_id),
    )
