"""Evidence as it is typed: a file is missed only where a file is meant."""

from django.core.files.uploadedfile import SimpleUploadedFile

from initiatives.forms.evidence import EvidenceForm


def test_a_file_is_asked_for_where_one_is_meant():
    assert EvidenceForm({"kind": "file"}).errors == {"upload": ["Choose a file."]}
    assert EvidenceForm({"kind": "attestation", "note": "Seen."}).is_valid()


def test_an_empty_file_is_named_once():
    empty = SimpleUploadedFile("plan.pdf", b"")

    errors = EvidenceForm({"kind": "file"}, {"upload": empty}).errors

    assert len(errors["upload"]) == 1
    assert "Choose a file." not in errors["upload"]
