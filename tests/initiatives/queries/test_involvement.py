"""Since when the people side is in it, against the vendor's dates."""

from datetime import date, timedelta

import pytest

from initiatives.models import Initiative
from initiatives.operations.artefacts import save_slot
from initiatives.operations.evidence import add_evidence_attestation
from initiatives.operations.facts import record_past_fact
from initiatives.operations.initiatives import propose
from initiatives.queries.days import home_day
from initiatives.queries.involvement import involvement_of, with_involvement
from initiatives.queries.visibility import get_initiative
from people.choices import Side
from playbook.load import files
from tests.initiatives.conftest import PROPOSAL


@pytest.fixture
def tech(cast, noon):
    """Proposed by Technology, with a lead for People who has not said anything yet."""
    return propose(
        actor=cast.tariq, side=Side.TECHNOLOGY, counterpart=cast.petra, at=noon, **PROPOSAL
    )


def told(initiative):
    return involvement_of(with_involvement(Initiative.objects.filter(pk=initiative.pk)).get())


def test_a_seat_alone_is_no_involvement(tech):
    assert (told(tech).day, told(tech).lead_days) == (None, None)


def test_the_first_words_count(tech, cast, noon):
    key = next(field.key for field in files().slot("gaps_to_fill").fields if field.is_text)
    save_slot(
        actor=cast.petra,
        initiative=tech,
        slot="gaps_to_fill",
        raw={key: "Two skills"},
        expected_version=0,
        at=noon + timedelta(days=10),
    )

    assert told(tech).day == 10


def test_evidence_counts_too_and_the_earliest_day_wins(tech, cast, noon):
    for days in (4, 2):
        add_evidence_attestation(
            actor=cast.hana,
            initiative=tech,
            slot="gaps_to_fill",
            title="Seen",
            note=f"I was there, {days} days ago",
            at=noon + timedelta(days=days),
        )

    assert told(tech).day == 2


def test_the_commitment_is_the_vendor_date_and_before_it_the_shortlist(helper, cast, noon):
    def record(kind, day):
        record_past_fact(
            actor=cast.tariq,
            initiative=helper,
            kind=kind,
            happened_on=day,
            text="Acme",
            at=noon,
        )

    record("shortlist", date(2026, 12, 1))
    first = told(helper)
    record("vendor_commitment", date(2026, 11, 3))
    second = told(helper)

    assert (first.vendor_kind, first.lead_days) == ("shortlist", -2)
    assert (second.vendor_kind, second.lead_days, second.is_late) == (
        "vendor_commitment",
        -30,
        True,
    )


def test_the_page_tells_the_same(helper, may, cast):
    assert involvement_of(get_initiative(helper.number, may(cast.petra))) == told(helper)


def test_a_day_is_the_organisations_day(cast, noon):
    late = noon.replace(hour=23, minute=30)

    assert home_day(late) == date(2026, 12, 4)
