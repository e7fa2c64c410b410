"""The invariants of a gate, I1 to I17 and I21, each by name, over the real operations."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from governance.models import (
    GateSide,
    Passage,
    Pause,
    Signature,
)
from governance.operations.ceremony import IntentRefusedError
from governance.operations.proposals import ChangeRefusedError
from governance.operations.signatures import (
    SigningRefusedError,
    SigningStaleError,
    sign_gate,
    withdraw_signature,
)
from governance.operations.stops import pause_initiative
from governance.queries.rounds import get_round
from governance.queries.standing import signing_facts
from governance.rules.signing import blockers_to_pass, live_signatures
from initiatives.models import ArtefactVersion, Initiative, StageAdvance
from journal.acts import act, record
from journal.kinds import Kind
from journal.verification import verify
from people.choices import Office
from tests.changes import appoint, end_term
from tests.gates import presence_of, sign


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

    with pytest.raises(ChangeRefusedError):
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
