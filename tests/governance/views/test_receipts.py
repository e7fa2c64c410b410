"""A receipt as a page, as a file, and what checks the file; for those who read the gate."""

from datetime import timedelta

from django.urls import reverse

from governance.operations.escalations import state_dissent
from governance.queries.receipts import receipt_of
from receipts.verify_receipt import check
from tests.gates import sign
from tests.governance.stalemates import DISSENT, REASON, fall_silent, resolve


def closed(waiting, lately):
    world, round_ = waiting
    for person in (world.cast.ivo, world.cast.hana):
        sign(person, round_.pk, at=lately)
    round_.refresh_from_db()
    return world, round_


def test_the_certificate_prints_who_signed_what_and_what_it_is_worth(
    waiting, as_, at_gate, lately
) -> None:
    world, round_ = closed(waiting, lately)

    html = as_(world.cast.petra).get(at_gate(round_, "receipt-detail")).content.decode()

    for words in ("Ivo Brandt", "Hana Okafor", "not a qualified electronic signature", "Pending"):
        assert words in html
    for digest in (round_.snapshot.digest, round_.passage.digest):
        assert digest in html.replace(" ", "")
    sealed = as_(world.cast.petra).get(at_gate(round_, "gate-signed")).content.decode()
    assert at_gate(round_, "receipt-detail") in sealed


def test_the_file_is_handed_out_to_keep_and_verifies(waiting, as_, at_gate, lately) -> None:
    world, round_ = closed(waiting, lately)

    response = as_(world.cast.audrey).get(at_gate(round_, "receipt-file"))

    assert response["Content-Disposition"].startswith('attachment; filename="receipt-AI-001-gate-1')
    assert response.content == receipt_of(round_.passage)
    assert check(response.content).holds
    assert as_(world.cast.otto).get(at_gate(round_, "receipt-file")).status_code == 404


def test_a_certificate_of_the_sponsor_shows_who_did_not_agree(
    waiting, as_, at_gate, lately
) -> None:
    world, round_ = waiting
    begun = fall_silent(world, round_, at=lately)
    state_dissent(round_id=round_.pk, text=DISSENT, actor=world.cast.hana, at=begun)
    resolve(world.cast.cleo, round_.pk, "go", at=begun + timedelta(days=5))

    html = as_(world.cast.petra).get(at_gate(round_, "receipt-detail")).content.decode()

    for words in ("decided by the", "Did not agree.", DISSENT, REASON, "Cleo Marchetti"):
        assert words in html


def test_a_gate_that_is_open_has_no_receipt(waiting, as_, at_gate) -> None:
    world, round_ = waiting

    for name in ("receipt-detail", "receipt-file"):
        assert as_(world.cast.hana).get(at_gate(round_, name)).status_code == 404


def test_whoever_was_given_a_receipt_needs_no_account_to_check_it(client, waiting) -> None:
    response = client.get(reverse("governance:verifier-file", args=["verify_receipt.py"]))

    assert b"def check(" in b"".join(response)
    assert "attachment" in response["Content-Disposition"]
    for name in ("__init__.py", "..%2Fmanage.py"):
        assert client.get(f"/receipts/{name}").status_code == 404
