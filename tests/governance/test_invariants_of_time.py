"""What holds after a signature: order, silence, the record, stopping, conditions (I10 on)."""

import json
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from governance.choices import RoundState, SigningAct
from governance.models import (
    Commitment,
    Decline,
    GateSide,
    Passage,
    Pause,
    Round,
    Signature,
    Snapshot,
    Void,
)
from governance.operations.commitments import close_commitment
from governance.operations.rounds import (
    RoundRefusedError,
    expire_rounds,
    open_round,
    submit_round,
)
from governance.operations.signatures import (
    SigningRefusedError,
    withdraw_signature,
)
from governance.queries.rounds import get_round
from governance.queries.standing import signing_facts
from governance.rules.deadlines import EXPIRY
from governance.rules.signing import is_live
from governance.rules.wishes import Wish
from initiatives.choices import Standing
from journal.kinds import Kind
from journal.models import Entry, InsertOnly
from journal.rows import label
from journal.verification import verify
from playbook.editions import current
from tests.gates import fill, make_ready, make_round, pass_gate, sign
from tests.governance.operations.test_passing import offer
from tests.governance.operations.test_refusals import decline
from tests.governance.test_invariants import both_sign, pause, stage_of


def test_i10_order(world, noon) -> None:
    for gate in ("2", "3", "4"):
        with pytest.raises(RoundRefusedError) as refused:
            open_round(initiative=world.initiative, gate=gate, actor=world.cast.ivo, at=noon)
        assert "previous" in refused.value.codes

    for gate in ("1", "2"):
        pass_gate(world, gate, at=noon)

    first, second = Passage.objects.order_by("round__gate")
    passed = Entry.objects.filter(kind=Kind.GATE_PASSED).order_by("seq")
    assert [one.subject_id for one in passed] == [str(first.pk), str(second.pk)]
    assert json.loads(bytes(second.body))["previous"] == first.digest


def test_i11_no_silence(review, noon) -> None:
    world, round_ = review
    sign(world.cast.ivo, round_.pk, at=noon)

    for days in (1, 29, 30, 400):
        expire_rounds(at=noon + timedelta(days=days))

    round_.refresh_from_db()
    assert round_.state == RoundState.EXPIRED
    assert round_.closed_at == noon + EXPIRY
    assert not Passage.objects.exists()
    assert stage_of(world) == 1


def test_i13_no_resurrection(review, noon) -> None:
    world, round_ = review
    void = sign(world.cast.ivo, round_.pk, at=noon)
    slot = current().slot("tech_landscape")
    fill(world, slot, at=noon, salt="changed", accepts_voids=[void.pk])
    fill(world, slot, at=noon)

    draft = Round.objects.get(state=RoundState.DRAFT)
    submit_round(round_id=draft.pk, actor=world.cast.petra, at=noon)
    sign(world.cast.hana, draft.pk, at=noon)

    facts = signing_facts(get_round(round_.pk), noon)
    [old] = facts.signatures
    assert old.is_void
    assert not is_live(old, replace(facts, state="in_review", now=old.binding))
    assert not Passage.objects.exists()
    assert not GateSide.objects.filter(live_signature=void).exists()


def test_i14_an_irrevocable_record(review, noon) -> None:
    world, round_ = review
    withdrawn = sign(world.cast.ivo, round_.pk, at=noon)
    withdraw_signature(signature_id=withdrawn.pk, reason="Not yet.", actor=world.cast.ivo, at=noon)
    both_sign(world, round_, noon)

    for model in (Signature, Void, Passage, Snapshot):
        table = model._meta.db_table
        assert model.objects.exists()
        for statement in (
            f"UPDATE {table} SET id = id",
            f"DELETE FROM {table}",
            f"TRUNCATE {table} CASCADE",
        ):
            with (
                pytest.raises(DatabaseError),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)


def test_i15_everything_is_explained(review, noon) -> None:
    world, round_ = review
    first = sign(world.cast.ivo, round_.pk, at=noon)
    withdraw_signature(signature_id=first.pk, reason="Not yet.", actor=world.cast.ivo, at=noon)
    decline(world.cast.hana, round_, noon)
    pause(world, noon)

    void, no, stop = Void.objects.get(), Decline.objects.get(), Pause.objects.get()

    assert (void.by, void.sealed.text) == (world.cast.ivo, "Not yet.")
    assert json.loads(no.signature.intent.sealed.text)["reason"]
    assert (stop.by, stop.sealed.text) == (world.cast.hana, "Wrong answers")
    named = [one[:2] for entry in Entry.objects.all() for one in rows_of(entry)]
    for row in (void, no, stop):
        entry = Entry.objects.get(subject_type=label(row), subject_id=str(row.pk))
        assert entry.actor_key is not None
        assert named.count([label(row), str(row.pk)]) == 1


def test_i15_no_void_and_no_decline_goes_without_a_reason(review, noon) -> None:
    world, round_ = review
    signature = sign(world.cast.ivo, round_.pk, at=noon)

    with pytest.raises(SigningRefusedError) as refused:
        withdraw_signature(signature_id=signature.pk, reason=" ", actor=world.cast.ivo, at=noon)

    assert refused.value.codes == ("short",)
    assert not Void.objects.exists()


def rows_of(entry) -> list[list[str]]:
    return json.loads(bytes(entry.body))["rows"]


def test_i16_to_stop_takes_one_key_to_go_on_takes_two(world, noon) -> None:
    def standing() -> str:
        world.initiative.refresh_from_db()
        return world.initiative.standing

    pause(world, noon)
    assert standing() == Standing.PAUSED
    make_ready(world, "resume", at=noon)
    out = make_round(world, "resume", at=noon)

    sign(world.cast.hana, out.pk, at=noon)
    assert standing() == Standing.PAUSED
    sign(world.cast.ivo, out.pk, at=noon)
    assert standing() == Standing.ACTIVE


def test_i17_conditions_live(review, noon) -> None:
    world, round_ = review
    wish = offer(world, noon)
    two = replace(wish, conditions=(*wish.conditions, replace(wish.conditions[0], kind="dated")))
    sign(world.cast.hana, round_.pk, at=noon, wish=two)
    sign(world.cast.ivo, round_.pk, at=noon)

    signed = json.loads(bytes(round_.terms.latest("n").body))["conditions"]
    owed = Commitment.objects.order_by("pk")
    assert [one.condition for one in owed] == [one["key"] for one in signed]
    world.initiative.refresh_from_db()
    make_ready(world, "2", at=noon)
    with pytest.raises(RoundRefusedError) as refused:
        make_round(world, "2", at=noon)
    assert refused.value.codes == ("hard_commitments",)

    close_commitment(
        commitment_id=owed.get(kind="hard").pk,
        note="They were all trained.",
        actor=world.cast.hana,
        at=noon,
    )
    draft = Round.objects.get(gate="2")
    submit_round(round_id=draft.pk, actor=world.cast.petra, at=noon)


def test_i21_rows_and_entries_match_one_to_one(review, noon) -> None:
    world, round_ = review
    sign(
        world.cast.hana,
        round_.pk,
        at=noon,
        wish=Wish(act=SigningAct.APPROVE, words="Go."),
    )
    sign(world.cast.ivo, round_.pk, at=noon)

    seqs = [*Entry.objects.order_by("seq").values_list("seq", flat=True)]
    named = Counter((row[0], row[1]) for entry in Entry.objects.all() for row in rows_of(entry))
    stored = Counter(
        (label(model), str(pk))
        for model in apps.get_models()
        if issubclass(model, InsertOnly)
        for pk in model.objects.values_list("pk", flat=True)
    )

    assert seqs == [*range(1, len(seqs) + 1)]
    assert named == stored
    assert [*verify()] == []


def test_i21_a_row_that_no_entry_names_is_found(review, noon) -> None:
    _, round_ = review
    snapshot = Snapshot.objects.get(round=round_)

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO governance_terms (round_id, n, body, digest, offered_by_id, offered_at)"
            " SELECT round_id, n + 1, body, digest, offered_by_id, offered_at FROM governance_terms"
        )

    [found] = verify()
    assert snapshot
    assert found.what.endswith("is named by no entry")
