"""Every column that hangs on an initiative is declared signed or not, and the words are true."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.apps import apps

from initiatives.choices import MemberRole, Standing
from initiatives.models import ArtefactVersion, Evidence, Fact, Initiative
from initiatives.operations.artefacts import save_slot
from initiatives.operations.evidence import add_evidence_file, withdraw_evidence
from initiatives.operations.facts import record_past_fact
from initiatives.operations.initiatives import propose
from initiatives.operations.memberships import set_member
from initiatives.operations.stages import change_standing
from initiatives.queries.signed import (
    content_of,
    contribution_authors,
    signed_content,
    signed_evidence,
    signed_fact,
    signed_fields,
    signed_version,
)
from initiatives.rules.signed import DECLARED, NAMED_ONLY, SIGNED
from journal.models import Sealed
from journal.operations import erase_text
from kernel.canonical import canonical
from people.choices import Side
from playbook.editions import current
from playbook.load import files
from tests.initiatives import samples
from tests.initiatives.conftest import PROPOSAL
from workforce.models import OrgUnit


def reached() -> set[str]:
    """Every model that points at an initiative, and every model these point at."""
    found, queue = set(), [Initiative]
    while queue:
        model = queue.pop()
        if model._meta.label_lower in found:
            continue
        found.add(model._meta.label_lower)
        own = model._meta.app_label == "initiatives"
        queue += [
            field.related_model
            for field in model._meta.get_fields()
            if field.is_relation
            and own
            and (field.concrete or field.one_to_many or field.one_to_one)
        ]
    return {label for label in found if not label.startswith("governance.")}


def test_every_column_is_declared_and_nothing_that_is_gone():
    columns = {
        label: {field.name for field in apps.get_model(label)._meta.concrete_fields}
        for label in reached() - NAMED_ONLY
    }

    assert columns == {label: {*fields} for label, fields in DECLARED.items()}


def test_a_reason_is_given_for_every_column_that_is_not_signed():
    reasons = {reason for fields in DECLARED.values() for reason in fields.values()}

    assert all(len(reason) > 5 for reason in reasons)


@pytest.fixture
def whole(db, cast, noon, upload, settings, tmp_path):
    """An initiative with a row in every table of the app."""
    settings.EVIDENCE_ROOT = tmp_path
    initiative = propose(
        actor=cast.petra, side=Side.PEOPLE, counterpart=cast.tariq, at=noon, **PROPOSAL
    )
    for number in range(2):
        evidence = add_evidence_file(
            actor=cast.petra,
            initiative=initiative,
            upload=upload(samples.TEXT + bytes([65 + number]), "notes.txt"),
            title="Notes",
            slot="problem_statement",
            at=noon,
        )
    withdraw_evidence(
        actor=cast.petra, initiative=initiative, evidence_id=evidence.pk, reason="Old", at=noon
    )
    record_past_fact(
        actor=cast.tariq,
        initiative=initiative,
        kind="vendor_commitment",
        happened_on=date(2026, 11, 1),
        amount=Decimal(5),
        text="Acme",
        at=noon,
    )
    return initiative


def content(initiative) -> bytes:
    found = content_of(Initiative.objects.get(pk=initiative.pk))
    return canonical(signed_content(found, "1", current()))


OTHER_VALUES = {
    "BigAutoField": 77,
    "PositiveIntegerField": 77,
    "PositiveSmallIntegerField": 3,
    "BooleanField": True,
    "DateField": date(2031, 1, 1),
    "DateTimeField": datetime(2031, 1, 1, tzinfo=UTC),
    "DecimalField": Decimal("77.50"),
    "UUIDField": uuid4(),
    "JSONField": {"frequency": "daily"},
    "ForeignKey": 77,
}
SIGNERS = {
    Initiative: signed_fields,
    ArtefactVersion: signed_version,
    Evidence: signed_evidence,
    Fact: signed_fact,
}


def test_the_signed_columns_of_a_copy_change_what_is_signed_of_its_link():
    names = {
        "sha256": "copy_sha256",
        "content_type": "copy_type",
        "scan": "copy_scan",
        "fetched_at": "copied_at",
    }
    signed = [one for one, word in DECLARED["initiatives.capture"].items() if word == SIGNED]
    row = Evidence()
    row.scan_result, row.copy_sha256 = "", "a" * 64
    row.copy_type, row.copy_scan = "text/html", "clean"
    row.copied_at = datetime(2026, 1, 1, tzinfo=UTC)
    before = signed_evidence(row)

    assert {*names} == {*signed}
    for name, annotation in names.items():
        kept = getattr(row, annotation)
        other = datetime(2031, 1, 1, tzinfo=UTC) if name == "fetched_at" else "other"
        setattr(row, annotation, other)
        assert signed_evidence(row) != before
        setattr(row, annotation, kept)
    row.copy_sha256 = None
    assert "copy" not in signed_evidence(row)


@pytest.mark.parametrize(
    ("model", "name"),
    [
        pytest.param(model, name, id=f"{model.__name__}.{name}")
        for model in SIGNERS
        for name in DECLARED[model._meta.label_lower]
        if name != "unit"
    ],
)
def test_a_signed_column_changes_what_is_signed_and_an_unsigned_one_does_not(model, name):
    row = model()
    if model is Initiative:
        row.unit = OrgUnit(name="Dispatch")
    if model is Fact:
        row.happened_on = date(2026, 1, 1)
    if model is Evidence:
        row.scan_result = row.copy_sha256 = ""
    before = SIGNERS[model](row)
    field = model._meta.get_field(name)

    setattr(row, field.attname, OTHER_VALUES.get(field.get_internal_type(), "other"))

    is_signed = DECLARED[model._meta.label_lower][name] == SIGNED
    assert (SIGNERS[model](row) != before) is is_signed


def test_the_same_rows_always_give_the_same_bytes(whole):
    first, again = content(whole), content(whole)

    assert first == again
    signed = json.loads(first)
    assert [slot["slot"] for slot in signed["slots"]] == ["problem_statement"]
    assert len(signed["evidence"]) == len(signed["facts"]) == 1
    assert signed["evidence"][0]["scan"] == "not_scanned"
    assert signed["initiative"]["unit"] == "Dispatch"
    assert set(signed["leads"]) == {"technology", "people"}


def test_no_text_of_anybody_stands_in_the_bytes(whole, cast):
    signed = content(whole).decode()

    for text in (*PROPOSAL.values(), "Notes", "Acme", "notes.txt", cast.petra.name):
        assert text == "Dispatch" or text not in signed


def texts_of(signed):
    """Return the text behind each commitment in the content; None once erased."""
    commitments = {
        *(slot["texts"] for slot in signed["slots"]),
        *(one["words"] for one in [*signed["evidence"], *signed["facts"]]),
    }
    rows = Sealed.objects.filter(pk__in=commitments - {None})
    return dict(rows.values_list("commitment", "text"))


def test_every_commitment_opens_to_its_text(whole):
    signed = signed_content(content_of(whole), "1", current())
    texts = texts_of(signed)

    assert json.loads(texts[signed["slots"][0]["texts"]])["name"] == PROPOSAL["name"]
    assert json.loads(texts[signed["evidence"][0]["words"]])["title"] == "Notes"
    assert texts[signed["facts"][0]["words"]] == "Acme"


def test_an_erased_text_leaves_the_bytes_as_they_were(whole, cast, noon):
    before = content(whole)
    commitment = json.loads(before)["slots"][0]["texts"]

    erase_text(sealed=Sealed.objects.get(pk=commitment), actor=cast.ada, reason="Asked", at=noon)

    assert content(whole) == before
    assert texts_of(json.loads(before))[commitment] is None


def test_a_new_lead_changes_the_bytes_and_a_contributor_does_not(whole, cast, noon):
    before = content(whole)
    seat = {"initiative": whole, "side": Side.PEOPLE, "actor": cast.hana, "at": noon}
    set_member(user=cast.max, role=MemberRole.CONTRIBUTOR, **seat)
    with_contributor = content(whole)

    set_member(user=cast.max, role=MemberRole.LEAD, **seat)

    assert with_contributor == before
    assert content(whole) != before


def test_a_gate_takes_what_belongs_to_its_stages(whole, cast, noon):
    change_standing(initiative=whole, standing=Standing.PAUSED, actor=cast.hana, at=noon)
    key = next(field.key for field in files().slot("resume_cause").fields if field.is_text)
    save_slot(
        actor=cast.petra,
        initiative=whole,
        slot="resume_cause",
        raw={key: "The feed stopped"},
        expected_version=0,
        at=noon,
    )

    def slots(gate):
        return [
            slot["slot"] for slot in signed_content(content_of(whole), gate, current())["slots"]
        ]

    assert slots("1") == slots("2") == ["problem_statement"]
    assert slots("resume") == ["resume_cause"]


def test_who_contributed_is_told_once(whole, cast):
    assert contribution_authors(content_of(whole), "1", current()) == [str(cast.petra.person_key)]
    assert contribution_authors(content_of(whole), "resume", current()) == []
