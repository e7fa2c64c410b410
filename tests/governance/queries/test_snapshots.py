"""What is frozen: the same rows give the same bytes, and every signed change gives others."""

import json
from datetime import timedelta
from decimal import Decimal

from governance.models import Passage, Round
from governance.operations.editions import adopt_edition
from governance.operations.proofs import attest
from governance.operations.readings import note_reading
from governance.operations.rounds import open_round
from governance.operations.stops import pause_initiative
from governance.queries.rounds import get_round
from governance.queries.snapshots import judged_now, previous_decision, snapshot_body
from initiatives.choices import FactKind, MemberRole
from initiatives.models import Initiative
from initiatives.operations.details import Details, set_details
from initiatives.operations.evidence import add_evidence_attestation
from initiatives.operations.facts import record_past_fact
from initiatives.operations.memberships import set_member
from kernel.canonical import canonical
from people.choices import Office, Side
from playbook.editions import current, edition
from tests.changes import appoint, end_term
from tests.gates import company, fill, make_world, pass_gate
from tests.governance.operations.test_editions import next_edition
from tests.kept import kept


@kept
def world(noon):
    """A demonstration, where one administrator puts a playbook in force."""
    return make_world(noon, cast=company(noon, is_demo=True))


@kept
def draft(world, noon) -> Round:
    """A round of gate 1 in preparation: what changes under it ends no review."""
    fill(world, current().slot("tech_landscape"), at=noon)
    return open_round(initiative=world.initiative, gate="1", actor=world.cast.ivo, at=noon)


def frozen(draft, at) -> bytes:
    return snapshot_body(get_round(draft.pk), at)


def edit_a_slot(world, at):
    fill(world, current().slot("tech_landscape"), at=at, salt="changed")


def add_evidence(world, at):
    add_evidence_attestation(
        actor=world.cast.tariq,
        initiative=world.initiative,
        slot="tech_landscape",
        title="Inventory",
        note="Counted in June.",
        at=at,
    )


def give_a_word(world, at, **changes):
    word = {"is_met": True, "note": "Asked the teams.", **changes}
    attest(
        initiative=world.initiative,
        criterion="g1_change_load",
        actor=world.cast.petra,
        at=at,
        **word,
    )


def change_the_pair(world, at):
    set_member(
        actor=world.cast.tariq,
        initiative=world.initiative,
        user=world.cast.max,
        side=Side.TECHNOLOGY,
        role=MemberRole.LEAD,
        at=at,
    )


def ask_for_a_budget(world, at):
    set_details(
        actor=world.cast.petra,
        initiative=world.initiative,
        details=Details(budget_ask=Decimal(1000)),
        expected_version=Initiative.objects.get(pk=world.initiative.pk).version,
        at=at,
    )


def record_a_fact(world, at):
    record_past_fact(
        actor=world.cast.petra,
        initiative=world.initiative,
        kind=FactKind.SHORTLIST,
        happened_on=at.date(),
        text="Three vendors",
        at=at,
    )


def leave_office(world, at):
    end_term(actor=world.cast.ada, term=world.cast.term(world.cast.ivo), at=at)


def come_back_to_office(world, at):
    appoint(actor=world.cast.ada, user=world.cast.ivo, office=Office.CIO, title="CIO", at=at)


def adopt(world, at):
    adopt_edition(playbook=next_edition(), actor=world.cast.ada, at=at)


SIGNED = [
    edit_a_slot,
    add_evidence,
    give_a_word,
    change_the_pair,
    ask_for_a_budget,
    record_a_fact,
    leave_office,
    come_back_to_office,
    adopt,
]


def pause(world, at):
    pause_initiative(
        initiative=world.initiative, reason="Wrong answers", actor=world.cast.hana, at=at
    )


def save_it_unchanged(world, at):
    fill(world, current().slot("tech_landscape"), at=at)


def bring_a_contributor(world, at):
    set_member(
        actor=world.cast.tariq,
        initiative=world.initiative,
        user=world.cast.max,
        side=Side.TECHNOLOGY,
        role=MemberRole.CONTRIBUTOR,
        at=at,
    )


def change_another_initiative(world, at):
    make_world(at, cast=world.cast, name="Another helper")


def fill_a_later_stage(world, at):
    later = world.initiative
    Initiative.objects.filter(pk=later.pk).update(stage=2)
    slot = next(one for one in current().slots_of(2) if one.side == "technology")
    fill(world, slot, at=at)


UNSIGNED = [
    pause,
    save_it_unchanged,
    bring_a_contributor,
    change_another_initiative,
    fill_a_later_stage,
]


def test_every_signed_change_gives_other_bytes(world, draft, noon) -> None:
    seen = {frozen(draft, noon): "before"}

    for minutes, change in enumerate(SIGNED, start=1):
        at = noon + timedelta(minutes=minutes)
        change(world, at)
        assert seen.setdefault(frozen(draft, at), change.__name__) == change.__name__


def test_unsigned_changes_give_the_same_bytes(world, draft, noon) -> None:
    before = frozen(draft, noon)

    for minutes, change in enumerate(UNSIGNED, start=1):
        change(world, noon + timedelta(minutes=minutes))
        assert frozen(draft, noon + timedelta(days=minutes)) == before, change.__name__


def test_every_part_of_a_word_is_signed(world, draft, noon) -> None:
    give_a_word(world, noon)
    seen = {frozen(draft, noon)}

    for change in (
        {"is_met": False},
        {"note": "Asked them once more."},
        {"valid_until": noon.date()},
    ):
        give_a_word(world, noon, **change)
        assert frozen(draft, noon) not in seen
        seen.add(frozen(draft, noon))


def test_reading_a_frozen_text_changes_nothing_of_it(review, noon) -> None:
    world, round_ = review

    note_reading(round_=round_, reader=world.cast.hana, at=noon)

    assert frozen(round_, noon) == bytes(round_.snapshot.body)


def test_the_frozen_bytes_are_canonical_and_hold_no_name(review) -> None:
    world, round_ = review
    body = bytes(round_.snapshot.body)
    said = json.loads(body)

    assert canonical(said) == body
    assert said["seats"]["people"]["person"] == str(world.cast.hana.person_key)
    assert said["previous"] is None
    assert {one["state"] for one in said["criteria"]} == {"met"}
    for name in ("Petra", "Hana", "Ivo", "Dispatch helper"):
        assert name.encode() not in body


def test_the_verdicts_are_those_of_the_rounds_own_edition(world, draft, noon) -> None:
    keys = [one.criterion.key for one in judged_now(draft).verdicts]

    assert keys == [one.key for one in edition(draft.edition).criteria_of("1")]


def test_a_gate_names_the_newest_decision_of_the_gate_before(db, noon) -> None:
    world = make_world(noon)
    first = pass_gate(world, "1", at=noon)
    second = Round(initiative=world.initiative, gate="2", n=1)

    assert previous_decision(first) is None
    assert previous_decision(second) == Passage.objects.get(round=first).digest
    assert previous_decision(Round(initiative=world.initiative, gate="3", n=1)) is None
    assert previous_decision(Round(initiative=world.initiative, gate="resume", n=1)) is None


def test_the_next_round_of_the_same_content_is_another_thing(world, draft, noon) -> None:
    before = frozen(draft, noon)

    draft.n += 1

    assert snapshot_body(draft, noon) != before
