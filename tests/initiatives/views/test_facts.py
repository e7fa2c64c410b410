from datetime import date

import pytest

from initiatives.models import Fact

URL = "/initiatives/AI-001/facts/"
EARLY = {
    "kind": "vendor_commitment",
    "happened_on": "2026-01-05",
    "text": "Answerly",
    "amount": "41000",
}


@pytest.fixture
def petra(world, sign_in):
    return sign_in(world.cast.petra)


def test_before_its_gate_it_is_refused_and_the_way_out_is_said(petra):
    answer = petra.post(URL, EARLY)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "first gate 2 must hold both signatures" in html
    assert "Answerly" in html
    assert not Fact.objects.exists()


def test_what_already_happened_is_stored_and_shows(petra):
    answer = petra.post(URL, {**EARLY, "already": "on"}, follow=True)

    assert Fact.objects.get().breach == "gate_not_passed"
    assert "out of order" in answer.content.decode()


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "wish"},
        {"happened_on": "5.1.2026"},
        {"happened_on": date(2190, 1, 1).isoformat()},
        {"amount": "much"},
        {"amount": "Infinity"},
        {"text": "x" * 10_000},
        {"text": "nul\x00"},
    ],
)
def test_bad_input_is_refused_and_the_rest_stays(petra, given):
    answer = petra.post(URL, {**EARLY, "already": "on", **given})

    assert answer.status_code == 422
    assert not Fact.objects.exists()
