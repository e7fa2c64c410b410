"""Proposing: four fields, one number, one lead, the first version of the problem statement."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from initiatives.models import Initiative
from initiatives.operations.initiatives import (
    DuplicatesFoundError,
    ProposalRefusedError,
    propose,
)
from initiatives.queries.artefacts import current_texts
from initiatives.queries.memberships import pair_of
from journal.kinds import Kind
from journal.models import Entry
from journal.queries import history
from people.choices import Side
from tests.cast import gather
from tests.initiatives.conftest import PROPOSAL

OTHER = {
    "name": "Parts search",
    "problem": "Technicians on site cannot find the number of the part in front of them.",
    "affected": "420 technicians",
    "unit_name": "Field Service",
}


def test_a_proposal_starts_an_initiative_with_a_lead_and_a_first_version(cast, noon):
    initiative = propose(actor=cast.petra, side=Side.PEOPLE, at=noon, **PROPOSAL)

    assert initiative.code == "AI-001"
    assert initiative.unit.name == "Dispatch"
    assert {side: lead.user for side, lead in pair_of(initiative).items()} == {
        Side.PEOPLE: cast.petra
    }
    text = current_texts(initiative)["problem_statement"]
    assert (text.n, text.side, text.author) == (1, Side.PEOPLE, cast.petra)
    assert text.clean.texts["problem"] == PROPOSAL["problem"]
    kinds = [entry.kind for entry in history(initiative).order_by("seq")]
    assert kinds == [Kind.INITIATIVE_PROPOSED, Kind.MEMBER_JOINED, Kind.SLOT_SAVED]


def test_a_counterpart_named_at_the_start_leads_the_other_side(helper, cast):
    pair = pair_of(helper)

    assert pair[Side.PEOPLE].user == cast.petra
    assert pair[Side.TECHNOLOGY].user == cast.tariq


def test_numbers_follow_each_other(helper, cast, noon):
    second = propose(actor=cast.tariq, side=Side.TECHNOLOGY, at=noon, **OTHER)

    assert (helper.number, second.number) == (1, 2)


def test_a_refused_proposal_leaves_no_gap_and_no_unit(helper, cast, noon):
    with pytest.raises(ProposalRefusedError):
        propose(
            actor=cast.tariq,
            side=Side.TECHNOLOGY,
            at=noon,
            **{**OTHER, "unit_name": "Nowhere", "problem": " "},
        )

    second = propose(actor=cast.tariq, side=Side.TECHNOLOGY, at=noon, **OTHER)
    assert second.number == 2
    assert not Entry.objects.filter(kind=Kind.UNIT_ADDED, body__contains=b"Nowhere").exists()


def test_a_duplicate_is_shown_and_a_reason_lets_one_go_on(helper, cast, noon):
    same = {**PROPOSAL, "name": "Dispatcher helper"}

    with pytest.raises(DuplicatesFoundError) as refused:
        propose(actor=cast.max, side=Side.PEOPLE, at=noon, **same)
    second = propose(actor=cast.max, side=Side.PEOPLE, at=noon, reason="Night shift only", **same)

    assert [one.code for one in refused.value.duplicates] == ["AI-001"]
    assert refused.value.blockers[0].field == "reason"
    assert second.duplicate_reason == "Night shift only"


def test_the_reason_stands_sealed_beside_the_entry_and_not_in_it(helper, cast, noon):
    propose(actor=cast.max, side=Side.PEOPLE, at=noon, reason="Erin asked for it", **PROPOSAL)

    entry = Entry.objects.filter(kind=Kind.INITIATIVE_PROPOSED).latest("seq")
    assert b"Erin" not in bytes(entry.body)
    assert "Erin asked for it" in entry.private.text


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"name": ""}, "name_missing", "name"),
        ({"name": "x" * 10_000}, None, "name"),
        ({"problem": " \n "}, "problem_missing", "problem"),
        ({"affected": ""}, "affected_missing", "affected"),
        ({"affected": "x" * 501}, None, "affected"),
        ({"unit_name": " "}, "name_missing", "unit_name"),
        ({"unit_name": "x" * 121}, "name_too_long", "unit_name"),
        ({"name": "half \ud800"}, None, "name"),
        ({"name": "turned \u202eround"}, "turned", "name"),
        ({"reason": "half \ud800"}, "broken", "reason"),
        ({"reason": "x" * 1_001}, "too_long", "reason"),
    ],
)
def test_a_wrong_field_is_named(cast, noon, change, code, field):
    with pytest.raises(ProposalRefusedError) as refused:
        propose(actor=cast.petra, side=Side.PEOPLE, at=noon, **{**PROPOSAL, **change})

    blocker = refused.value.blockers[0]
    assert blocker.field == field
    assert code in (None, blocker.code)
    assert not Initiative.objects.exists()


@pytest.mark.parametrize(
    ("who", "side", "code"),
    [
        ("cleo", Side.PEOPLE, "only_reads"),
        ("audrey", Side.TECHNOLOGY, "only_reads"),
        ("hana", Side.TECHNOLOGY, "other_key"),
        ("ivo", Side.PEOPLE, "other_key"),
    ],
)
def test_whoever_cannot_be_on_that_side_starts_nothing(cast, noon, who, side, code):
    with pytest.raises(ProposalRefusedError) as refused:
        propose(actor=getattr(cast, who), side=side, at=noon, **PROPOSAL)

    assert refused.value.codes == (code,)


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("petra", "same_person"),
        ("cleo", "counterpart_only_reads"),
        ("hana", "counterpart_key"),
    ],
)
def test_a_counterpart_is_somebody_who_may_lead_the_other_side(cast, noon, who, code):
    with pytest.raises(ProposalRefusedError) as refused:
        propose(
            actor=cast.petra,
            side=Side.PEOPLE,
            counterpart=getattr(cast, who),
            at=noon,
            **PROPOSAL,
        )

    assert code in refused.value.codes


def test_strange_text_is_kept_as_text(cast, noon):
    name = "=SUM(A1) <script> \u200f\u05e9\u05dc\u05d5\u05dd 🚚"

    initiative = propose(actor=cast.petra, side=Side.PEOPLE, at=noon, **{**PROPOSAL, "name": name})

    initiative.refresh_from_db()
    assert initiative.name == name


@pytest.mark.django_db(transaction=True)
def test_two_at_once_may_name_the_same_new_unit(noon):
    cast = gather(noon)

    def start(word):
        try:
            return propose(
                actor=cast.petra,
                side=Side.PEOPLE,
                at=noon,
                reason="Another one",
                **{**PROPOSAL, "name": f"Helper {word}", "unit_name": "A team nobody named before"},
            ).unit_id
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        units = [*pool.map(start, "abcdefgh")]

    assert len(set(units)) == 1
    assert Entry.objects.filter(kind=Kind.UNIT_ADDED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_get_two_numbers_without_a_gap(noon):
    cast = gather(noon)

    def start(word):
        try:
            return propose(
                actor=cast.petra,
                side=Side.PEOPLE,
                at=noon,
                reason="Another one",
                **{**PROPOSAL, "name": f"Helper {word}", "unit_name": f"Team {word}"},
            ).number
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        numbers = [*pool.map(start, "abcdefgh")]

    assert sorted(numbers) == [*range(1, 9)]
