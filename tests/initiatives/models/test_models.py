"""What the database itself keeps true of initiatives, whoever writes."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from initiatives.models import ArtefactVersion, Initiative, StageAdvance
from initiatives.operations.evidence import add_evidence_attestation, withdraw_evidence
from initiatives.operations.facts import record_past_fact
from initiatives.queries.artefacts import current_text
from initiatives.queries.memberships import get_membership, pair_of
from journal.models import UnrecordedRowError
from kernel.refusals import NotVisibleError
from people.choices import Side


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"number": 0}, "numbers_start_at_one"),
        ({"name": ""}, "initiative_has_a_name"),
        ({"stage": 5}, "initiative_is_in_one_of_four_stages"),
        ({"standing": "asleep"}, "standing_is_one_we_have"),
        ({"about_people": True}, "risk_is_rated_by_all_five_answers"),
        ({"risk_tier": "low"}, "risk_is_rated_by_all_five_answers"),
        ({"planned_month": date(2027, 3, 2)}, "planned_month_is_a_first"),
        ({"budget_ask": Decimal(5)}, "budget_ask_has_a_currency"),
        ({"budget_ask": Decimal(-5), "budget_currency": "EUR"}, "budget_ask_has_a_currency"),
    ],
)
def test_what_cannot_be_is_refused_by_the_table(helper, change, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Initiative.objects.update(**change)


def test_rows_say_what_they_are(helper, cast, noon, reach):
    evidence = add_evidence_attestation(
        actor=cast.petra,
        initiative=helper,
        slot="gaps_to_fill",
        title="Seen",
        note="I was there",
        at=noon,
    )
    withdrawal = withdraw_evidence(
        actor=cast.petra, initiative=helper, evidence_id=evidence.pk, reason="Wrong", at=noon
    )
    fact = record_past_fact(
        actor=cast.petra,
        initiative=helper,
        kind="shortlist",
        happened_on=date(2026, 12, 1),
        text="Acme",
        at=noon,
    )
    reach(2)

    assert str(helper) == "AI-001 Dispatch helper"
    assert str(evidence) == "attestation for gaps_to_fill"
    assert str(withdrawal) == f"withdrawal of {evidence.pk}"
    assert str(fact) == "shortlist on 2026-12-01"
    assert fact.is_breach
    assert str(StageAdvance.objects.get()) == "gate 1"
    assert str(ArtefactVersion.objects.get()) == "problem_statement 1"
    assert str(pair_of(helper)[Side.PEOPLE]) == f"Lead for People: {cast.petra.pk}"


def test_a_version_is_never_changed(helper):
    version = ArtefactVersion.objects.get(pk=current_text(helper, "problem_statement").version_id)

    for change in (version.save, version.delete, ArtefactVersion.objects.all().delete):
        with pytest.raises(UnrecordedRowError):
            change()


def test_a_part_is_found_while_it_lasts(helper, cast, noon):
    own = pair_of(helper)[Side.PEOPLE]

    assert get_membership(helper, own.pk).user == cast.petra
    own.end(noon)
    with pytest.raises(NotVisibleError):
        get_membership(helper, own.pk)
