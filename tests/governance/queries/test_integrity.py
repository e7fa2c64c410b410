"""What somebody with every right in the database did to a decision is found, and said in words."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection, transaction

from governance.models import Passage
from governance.operations.delegations import answer_delegation
from governance.operations.recusals import name_substitute, recuse
from governance.queries.integrity import check_gates
from initiatives.queries.days import home_day
from initiatives.rules.risk import QUESTIONS
from journal.verification import verify
from people.models import User
from tests.conftest import as_owner, triggers_off
from tests.gates import make_review, sign
from tests.governance.stalemates import fall_silent, resolve
from tests.make import proof_of

FROZEN = "is not what was frozen"
OTHER = "says other than its statement"
UNDER = "is not over its statement"
ALIEN = "was not countersigned by this installation"
UNREAD = "cannot be read"
FINGERPRINT = "encode(sha256(body), 'hex')"


def rewritten(table, old, new):
    """Exchange a part of frozen bytes, and their fingerprint with it."""
    body = f"convert_to(replace(convert_from(body, 'UTF8'), '{old}', '{new}'), 'UTF8')"
    return (
        f"UPDATE governance_{table} SET body = {body};"
        f" UPDATE governance_{table} SET digest = {FINGERPRINT}"
    )


def of_signatures(change):
    return f"UPDATE governance_signature SET {change}"


def of_high_risk(kind):
    """Say that the risk was high, and that the CHRO did what stands in the journal like that."""
    answers = ",".join(f'"{question}":true' for question in QUESTIONS)
    hana = "(SELECT person_key FROM governance_signature WHERE side = 'people')"
    return (
        rewritten("snapshot", '"risk":{}', f'"risk":{{{answers}}}')
        + f"; UPDATE journal_entry SET actor_key = {hana} WHERE kind = '{kind}'"
    )


STOP = (
    "INSERT INTO governance_pause (initiative_id, by_id, sealed_id, paused_at) SELECT"
    " initiative_id, opened_by_id, (SELECT commitment FROM journal_sealed LIMIT 1), opened_at"
    " FROM governance_round"
)


# What is done to the one decision → what verification says of it.
FORGERIES = {
    **{
        f"UPDATE governance_{table} SET {change}": FROZEN
        for table in ("snapshot", "terms", "passage")
        for change in (
            "body = body || '\\x20'",
            "digest = repeat('0', 64)",
            "body = '\\x00', digest = encode(sha256('\\x00'), 'hex')",
            "body = '\\x7b7d20', digest = encode(sha256('\\x7b7d20'), 'hex')",
        )
    },
    rewritten("snapshot", '"gate":"1"', '"gate":"2"'): OTHER,
    rewritten("passage", '"people":"', '"people":"0'): "not rest on one signature of each side",
    rewritten("passage", '"previous":null', '"previous":"x"'): "not name the decision of the gate",
    rewritten("passage", '"snapshot":"', '"snapshot":"0'): "is about another snapshot",
    rewritten("passage", '"statements":', '"stmts":'): UNREAD,
    of_high_risk("round.submitted"): "whoever signed for people sent it",
    of_high_risk("artefact.saved"): "whoever signed for people wrote part of it",
    "DELETE FROM governance_snapshot": UNREAD,
    "UPDATE governance_passage SET passed_at = passed_at - interval '1 day'": "came after it",
    of_signatures("act = 'decline'"): OTHER,
    of_signatures("side = 'people'"): OTHER,
    of_signatures("person_key = gen_random_uuid()"): OTHER,
    of_signatures("edition = repeat('0', 64)"): OTHER,
    of_signatures("terms_digest = repeat('0', 64)"): OTHER,
    of_signatures("snapshot_digest = repeat('0', 64)"): OTHER,
    of_signatures("statement_digest = repeat('0', 64)"): UNDER,
    of_signatures('step_up = \'{"level": "L3"}\''): ALIEN,
    of_signatures("signed_at = signed_at - interval '1 second'"): ALIEN,
    of_signatures("server_signature = server_signature || '\\x00'"): ALIEN,
    of_signatures("server_signature = sha512(server_signature)"): ALIEN,
    of_signatures("server_key = 'unknown'"): ALIEN,
    "UPDATE governance_intent SET statement = statement || '\\x20'": UNDER,
    "UPDATE governance_intent SET statement = '\\x00'": UNREAD,
    "UPDATE governance_intent SET statement = '{}'": UNREAD,
    "UPDATE governance_gateside SET live_signature_id = NULL; UPDATE governance_gateside"
    " SET live_signature_id = (SELECT id FROM governance_signature WHERE side = 'people')"
    " WHERE side = 'technology'": "shows the signature of another round or side",
    "INSERT INTO governance_void (signature_id, cause, caused_by, voided_at)"
    " SELECT id, 'withdrawn', 'x:1', signed_at FROM governance_signature": "that is void",
    "UPDATE governance_round SET state = 'expired'": "is decided, but says expired",
    "UPDATE initiatives_initiative SET stage = 3": "says stage 3 after 1 gates passed",
    "UPDATE initiatives_initiative SET standing = 'paused'": "but nobody paused it",
    STOP: "but its pause has not ended",
    f"{STOP}; {STOP}; UPDATE governance_pause SET replaces_id = (SELECT min(id) FROM"
    " governance_pause) WHERE id > (SELECT min(id) FROM governance_pause)": "that was no drill",
    "DELETE FROM governance_passage": "says passed, but nothing decided it",
}

ANSWERED = "governance_delegationanswer"
REVOKED, GIVEN = "delegation_id, by_id, sealed_id, revoked_at", "id, by_id, sealed_id, starts_at"
# What leaves the place of who stepped back empty; after it, what makes it nobody's to fill.
NOBODY_THERE = (
    f"DELETE FROM {ANSWERED}",
    f"UPDATE {ANSWERED} SET is_accepted = false",
    "UPDATE governance_delegation SET ends_at = starts_at + interval '1 day'",
    "UPDATE governance_delegation SET starts_at = ends_at - interval '1 day'",
    f"INSERT INTO governance_revocation ({REVOKED}) SELECT {GIVEN} FROM governance_delegation",
    "UPDATE journal_entry SET seq = seq + 1000 WHERE kind = 'delegation.accepted'",
)
STEPPED_BACK = "(SELECT recused_at FROM governance_recusal)"
NOT_HELD_THEN = (
    f"UPDATE people_officeterm SET ends_at = {STEPPED_BACK} WHERE office = 'chro'",
    "UPDATE journal_entry SET seq = seq + 1000 WHERE kind = 'gate.recused'",
)


@contextmanager
def forged(statement):
    """Do what only an owner without triggers can, and undo it."""
    with as_owner(), triggers_off(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(statement)
        yield
        transaction.set_rollback(True)


def found() -> list[str]:
    return [finding.what for finding in check_gates()]


@pytest.mark.untraced
@pytest.mark.django_db(transaction=True)
def test_whatever_is_done_to_a_decision_is_found(noon) -> None:
    world, round_ = make_review(noon)
    for person in (world.cast.ivo, world.cast.hana):
        sign(person, round_.pk, at=noon)
    assert Passage.objects.get().round == round_
    assert found() == []

    for statement, words in FORGERIES.items():
        with forged(statement):
            assert any(words in what for what in found()), (statement, found())

    assert [*verify()] == []


def test_a_gate_nobody_signed_yet_is_in_order(review) -> None:
    assert found() == []


@pytest.mark.django_db(transaction=True)
def test_a_signature_of_who_stepped_back_is_found(noon) -> None:
    world, round_ = make_review(noon)
    cast = world.cast
    row = recuse(round_id=round_.pk, reason="My sister sells this.", actor=cast.hana, at=noon)
    given = name_substitute(
        recusal_id=row.pk,
        to=cast.erin,
        last=noon.date(),
        reason="No part in this.",
        proof=proof_of(cast.cleo, noon),
        actor=cast.cleo,
        at=noon,
    )
    answer_delegation(delegation_id=given.pk, accepts=True, actor=cast.erin, at=noon)
    sign(cast.ivo, round_.pk, at=noon)
    sign(cast.erin, round_.pk, at=noon)
    User.objects.filter(pk=cast.cleo.pk).update(is_active=False)
    assert [*check_gates()] == []  # also once the sponsor has left

    key = "(SELECT person_key FROM governance_signature WHERE side = 'people')"
    with forged(f"UPDATE governance_recusal SET person_key = {key}"):
        said = found()

    assert any("whoever signed for people had stepped back from it" in one for one in said)


@pytest.mark.django_db(transaction=True)
def test_another_time_to_answer_than_was_kept_is_found(noon) -> None:
    world, round_ = make_review(noon)
    late = fall_silent(world, round_, at=noon)
    resolve(world.cast.cleo, round_.pk, "go", at=late + timedelta(days=5))
    assert [*check_gates()] == []

    moved = "reply_until = reply_until - interval '1 day'"
    with forged(f"UPDATE governance_escalation SET {moved}"):
        said = found()

    assert any("another time to answer than was kept" in one for one in said)


@pytest.mark.django_db(transaction=True)
def test_a_place_that_was_empty_when_the_sponsor_decided_is_found(noon) -> None:
    world, round_ = make_review(noon)
    cast = world.cast
    late = fall_silent(world, round_, at=noon)
    row = recuse(round_id=round_.pk, reason="My sister sells this.", actor=cast.hana, at=late)
    given = name_substitute(
        recusal_id=row.pk,
        to=cast.erin,
        last=home_day(late) + timedelta(days=30),
        reason="No part in this.",
        proof=proof_of(cast.cleo, late),
        actor=cast.cleo,
        at=late,
    )
    answer_delegation(delegation_id=given.pk, accepts=True, actor=cast.erin, at=late)
    resolve(cast.cleo, round_.pk, "go", at=late + timedelta(days=5))
    assert [*check_gates()] == []  # she had taken it on, and said nothing

    for statement in NOBODY_THERE:
        with forged(statement):
            assert any("nobody could answer the sponsor" in what for what in found()), statement
    for statement in NOT_HELD_THEN:
        with forged(f"DELETE FROM {ANSWERED}; {statement}"):
            assert not any("nobody could answer" in what for what in found()), statement
