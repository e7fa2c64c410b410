"""The invariants of a gate, I1 to I17 and I21, each by name, over the real operations."""

import json
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction

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
from governance.operations.ceremony import IntentRefusedError
from governance.operations.commitments import close_commitment
from governance.operations.rounds import (
    RoundRefusedError,
    expire_rounds,
    open_round,
    submit_round,
)
from governance.operations.signatures import (
    SigningRefusedError,
    SigningStaleError,
    sign_gate,
    withdraw_signature,
)
from governance.operations.stops import pause_initiative
from governance.queries.rounds import get_round
from governance.queries.standing import signing_facts
from governance.rules.deadlines import EXPIRY
from governance.rules.signing import blockers_to_pass, is_live, live_signatures
from governance.rules.wishes import Wish
from initiatives.choices import Standing
from initiatives.models import ArtefactVersion, Initiative, StageAdvance
from journal.acts import act, record
from journal.kinds import Kind
from journal.models import Entry, InsertOnly
from journal.rows import label
from journal.verification import verify
from people.choices import Office
from people.operations.offices import AppointmentRefusedError, appoint, end_term
from playbook.editions import current
from tests.gates import fill, make_ready, make_round, pass_gate, presence_of, sign
from tests.governance.operations.test_passing import offer
from tests.governance.operations.test_refusals import decline


def both_sign(world, round_, at) -> list[Signature]:
    return [sign(person, round_.pk, at=at) for person in (world.cast.ivo, world.cast.hana)]


def pause(world, at) -> Pause:
    return pause_initiative(
        initiative=world.initiative, reason="Wrong answers", actor=world.cast.hana, at=at
    )


def stage_of(world) -> int:
    return Initiative.objects.get(pk=world.initiative.pk).stage


def test_i1_two_sides(review, noon) -> None:
    world, round_ = review
    first = sign(world.cast.ivo, round_.pk, at=noon)
    withdraw_signature(signature_id=first.pk, reason="Not yet.", actor=world.cast.ivo, at=noon)
    people = sign(world.cast.hana, round_.pk, at=noon)
    assert not Passage.objects.exists()

    technology = sign(world.cast.ivo, round_.pk, at=noon)

    assert json.loads(bytes(Passage.objects.get().body))["statements"] == {
        "technology": technology.statement_digest,
        "people": people.statement_digest,
    }


def test_i2_two_people(review, noon) -> None:
    world, round_ = review
    both_sign(world, round_, noon)
    signed = signing_facts(get_round(round_.pk), noon).signatures
    assert len({one.person_key for one in signed}) == 2

    with pytest.raises(AppointmentRefusedError):
        appoint(
            actor=world.cast.ada,
            user=world.cast.ivo,
            office=Office.CHRO,
            title="Both",
            at=noon + timedelta(minutes=1),
        )

    facts = signing_facts(get_round(round_.pk), noon)
    hana = facts.seats["people"].person_key
    seats = {side: replace(seat, person_key=hana) for side, seat in facts.seats.items()}
    one_person = replace(
        facts,
        state="in_review",
        seats=seats,
        signatures=[replace(one, person_key=hana) for one in signed],
    )
    assert "two_people" in [one.code for one in blockers_to_pass(one_person)]


def test_i3_the_same_thing(review, noon) -> None:
    world, round_ = review
    signatures = both_sign(world, round_, noon)

    said = [json.loads(bytes(one.intent.statement)) for one in signatures]
    decided = json.loads(bytes(Passage.objects.get().body))

    for name in ("org", "initiative", "gate", "round", "snapshot", "terms", "edition"):
        assert said[0][name] == said[1][name] == decided[name]


def test_i4_the_same_as_now(review, noon) -> None:
    world, round_ = review
    sign(world.cast.ivo, round_.pk, at=noon)
    presence = presence_of(world.cast.hana, round_.pk, at=noon)
    # Behind the product's back, where no reaction hears of it.
    Initiative.objects.filter(pk=world.initiative.pk).update(
        planned_month=noon.date().replace(day=1)
    )

    with pytest.raises(SigningStaleError) as refused:
        sign_gate(presence=presence, actor=world.cast.hana, at=noon + timedelta(seconds=30))

    assert refused.value.codes == ("content",)
    assert not Passage.objects.exists()


def test_i5_authority(review, noon) -> None:
    world, round_ = review
    presence = presence_of(world.cast.hana, round_.pk, at=noon)
    end_term(
        actor=world.cast.ada,
        term=world.cast.term(world.cast.hana),
        at=noon + timedelta(seconds=25),
    )

    with pytest.raises(SigningStaleError) as refused:
        sign_gate(presence=presence, actor=world.cast.hana, at=noon + timedelta(seconds=30))

    assert "authority" in refused.value.codes


def test_i6_independence(review, noon) -> None:
    world, round_ = review
    facts = signing_facts(get_round(round_.pk), noon)
    both_sign(world, round_, noon)

    signers = {str(one.person_key) for one in Signature.objects.all()}
    authors = {str(one.author_key) for one in ArtefactVersion.objects.all()}
    assert authors
    assert all(signers - {author} for author in authors)
    assert not live_signatures(facts)


def test_i7_presence(review, noon) -> None:
    world, round_ = review
    presence = presence_of(world.cast.ivo, round_.pk, at=noon)
    first = sign_gate(presence=presence, actor=world.cast.ivo, at=noon + timedelta(seconds=30))
    again = sign_gate(presence=presence, actor=world.cast.ivo, at=noon + timedelta(seconds=31))
    sign(world.cast.hana, round_.pk, at=noon)

    assert first == again
    assert Signature.objects.values("intent").distinct().count() == 2
    for one in Signature.objects.all():
        assert one.step_up["at"] > one.intent.made_at.isoformat()
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_of("governance_signature", first.pk)


def copy_of(table: str, pk: int) -> None:
    """Insert the row once more under a key of its own, past all of our code."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attnum > 0 AND attname <> 'id'",
            [table],
        )
        columns = cursor.fetchone()[0]
        cursor.execute(
            f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} WHERE id = %s", [pk]
        )


def test_i8_once(review, noon) -> None:
    world, round_ = review
    both_sign(world, round_, noon)

    assert Passage.objects.filter(round=round_).count() == 1
    assert StageAdvance.objects.filter(initiative=world.initiative).count() == 1
    assert stage_of(world) == 2
    with pytest.raises(IntentRefusedError):
        sign(world.cast.ivo, round_.pk, at=noon)
    for table, pk in (
        ("governance_passage", Passage.objects.get().pk),
        ("governance_gateside", GateSide.objects.first().pk),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            copy_of(table, pk)


def test_i9_not_while_paused(review, noon) -> None:
    world, round_ = review
    sign(world.cast.ivo, round_.pk, at=noon)
    presence = presence_of(world.cast.hana, round_.pk, at=noon)
    pause(world, noon)

    with pytest.raises(SigningRefusedError) as refused:
        sign_gate(presence=presence, actor=world.cast.hana, at=noon + timedelta(seconds=30))

    assert refused.value.codes == ("paused",)
    facts = signing_facts(get_round(round_.pk), noon)
    assert "paused" in [one.code for one in blockers_to_pass(with_both(facts))]
    assert not Passage.objects.exists()


def with_both(facts):
    """Return the facts as if the other side had got through all the same."""
    [ivo] = facts.signatures
    hana = facts.seats["people"]
    other = replace(ivo, side="people", person_key=hana.person_key, term_id=hana.term_id)
    return replace(facts, signatures=[ivo, other])


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


def test_a_passage_past_the_rules_is_found_by_i1(review, noon) -> None:
    """Even an operation of our own that forgot the rules would not go unseen."""
    _, round_ = review
    body = b'{"initiative":"AI-001","gate":"1","previous":null,"statements":{}}'

    @act
    def forget_the_rules() -> None:
        passage = Passage.objects.create(round=round_, body=body, digest="0" * 64, passed_at=noon)
        record(Kind.GATE_PASSED, actor="test", subject=passage, at=noon)

    forget_the_rules()

    found = [one.what for one in verify()]
    assert any("does not rest on one signature of each side" in what for what in found)
    assert any("says in_review" in what for what in found)
