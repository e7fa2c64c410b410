"""What is known of each criterion: unknown, unmet with the reason, met; from rows alone."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.models import Proof
from governance.operations.proofs import attest
from governance.queries.verdicts import material, verdicts
from governance.rules.criteria import Verdict
from initiatives.choices import FactKind
from initiatives.models import ArtefactVersion, Evidence, Initiative, Membership
from initiatives.operations.evidence import withdraw_evidence
from initiatives.operations.facts import record_past_fact
from initiatives.queries.signed import content_of
from journal.operations import erase_text
from playbook.editions import current
from tests.gates import fill


def known(world, gate="1") -> dict[str, Verdict]:
    initiative = Initiative.objects.get(pk=world.initiative.pk)
    found = material(content_of(initiative), gate, current())
    return {one.criterion.key: one for one in verdicts(found, current().criteria_of(gate))}


def computed(name):
    return next(
        one
        for gate in ("1", "2", "3", "4")
        for one in current().criteria_of(gate)
        if one.computed == name
    )


def test_they_come_in_the_order_of_the_playbook(world) -> None:
    assert [*known(world)] == [one.key for one in current().criteria_of("1")]


def test_what_nobody_wrote_is_unknown(world) -> None:
    found = known(world)["g1_technology_view"]

    assert found.answer is None
    assert found.state == "unknown"


def test_what_is_half_written_is_not_met_and_says_what_waits(world, noon) -> None:
    fill(world, current().slot("tech_landscape"), at=noon)

    found = known(world)["g1_technology_view"]

    waiting = [current().slot(key).label for key in ("capability_possibilities", "market_view")]
    assert found.state == "unmet"
    assert found.answer.why_not == f"“{waiting[0]}”, “{waiting[1]}” is not complete yet."


def test_what_is_whole_is_met_until_its_text_is_erased(world, noon) -> None:
    fill(world, current().slot("success_statement"), at=noon)
    assert known(world)["g1_success_statement"].is_met

    version = ArtefactVersion.objects.get(slot="success_statement")
    erase_text(sealed=version.sealed, actor=world.cast.ada, reason="asked for", at=noon)

    assert not known(world)["g1_success_statement"].is_met


def test_a_slot_that_asks_for_evidence_waits_for_it_and_withdrawn_is_none(world, noon) -> None:
    fill(world, current().slot("problem_statement"), at=noon)
    assert known(world)["g1_problem_evidenced"].is_met

    withdraw_evidence(
        actor=world.cast.petra,
        initiative=world.initiative,
        evidence_id=Evidence.objects.latest("pk").pk,
        reason="It was about another team.",
        at=noon,
    )

    assert known(world)["g1_problem_evidenced"].state == "unmet"


def test_the_latest_word_counts(world, noon) -> None:
    def say(*, is_met):
        attest(
            initiative=world.initiative,
            criterion="g1_change_load",
            is_met=is_met,
            note="Asked the teams.",
            valid_until=noon.date(),
            actor=world.cast.petra,
            at=noon,
        )

    assert known(world)["g1_change_load"].state == "unknown"
    say(is_met=True)
    assert known(world)["g1_change_load"].is_met
    say(is_met=False)

    found = known(world)["g1_change_load"]
    assert found.state == "unmet"
    assert found.answer.valid_until == noon.date()
    assert Proof.objects.count() == 2


@pytest.mark.parametrize(("value", "state"), [(89, "unmet"), (90, "met")])
def test_a_number_is_held_against_its_line(world, noon, value, state) -> None:
    criterion = current().criterion("g3_training")
    attest(
        initiative=world.initiative,
        criterion=criterion.key,
        is_met=value >= criterion.met_at,
        value=Decimal(value),
        note="Counted in June.",
        actor=world.cast.petra,
        at=noon,
    )

    found = known(world, "3")[criterion.key]

    assert found.answer.value == value
    assert found.state == state


def test_a_vendor_commitment_is_known_from_the_facts(world, noon) -> None:
    criterion = computed("no_vendor_commitment")
    assert known(world, criterion.gate)[criterion.key].is_met

    record_past_fact(
        actor=world.cast.petra,
        initiative=world.initiative,
        kind=FactKind.VENDOR_COMMITMENT,
        happened_on=noon.date(),
        text="Signed with a vendor",
        at=noon,
    )

    found = known(world, criterion.gate)[criterion.key]
    assert found.state == "unmet"
    assert found.answer.why_not == "A vendor commitment has been recorded already."


def test_the_pair_is_known_from_the_leads(world) -> None:
    criterion = computed("accountable_pair")
    assert known(world, criterion.gate)[criterion.key].is_met

    Membership.objects.filter(user=world.cast.tariq).delete()

    found = known(world, criterion.gate)[criterion.key]
    assert found.answer.why_not == "No lead for technology yet."


def test_the_operating_model_is_known_from_the_initiative(world) -> None:
    criterion = computed("operating_model_chosen")
    found = known(world, criterion.gate)[criterion.key]
    assert found.answer.why_not == "No operating model is chosen yet."

    Initiative.objects.update(operating_model=current().operating_models[0].key)

    assert known(world, criterion.gate)[criterion.key].is_met


def test_the_queries_do_not_grow_with_the_slots(world, noon, django_assert_max_num_queries) -> None:
    with CaptureQueriesContext(connection) as bare:
        known(world)
    for slot in current().slots_of(1):
        fill(world, slot, at=noon)

    with django_assert_max_num_queries(len(bare)):
        known(world)
