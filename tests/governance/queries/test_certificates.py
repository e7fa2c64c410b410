"""What the certificate prints where the sponsor decided: who did not agree, and in which words."""

from datetime import timedelta

from governance.models import Passage
from governance.operations.escalations import state_dissent
from governance.queries.certificates import certificate_of
from governance.queries.receipts import receipt_of
from journal.operations import erase_text
from receipts.verify_receipt import check
from tests.gates import sign
from tests.governance.stalemates import DISSENT, REASON, fall_silent, resolve
from tests.kept import kept

DAY = timedelta(days=1)


@kept
def overruled(review, noon):
    """Technology signed, People dissented, and the sponsor let it pass."""
    world, round_ = review
    late = fall_silent(world, round_, at=noon)
    state_dissent(round_id=round_.pk, text=DISSENT, actor=world.cast.hana, at=late)
    resolve(world.cast.cleo, round_.pk, "go", at=late + 5 * DAY)
    return Passage.objects.get()


def test_the_dissent_is_printed_beside_what_the_sponsor_said(overruled) -> None:
    certificate = certificate_of(overruled)

    assert certificate.sponsor.name == "Cleo Marchetti"
    assert certificate.sponsor.reason == REASON
    assert certificate.dissents == (("people", DISSENT),)


def test_the_receipt_of_what_the_sponsor_decided_verifies_and_tells_the_dissent(overruled) -> None:
    report = check(receipt_of(overruled))

    assert any("One side and the sponsor approved it" in line for line in report.holds)
    assert f"Dissent of People: {DISSENT}" in report.says
    assert any(
        line.startswith("Sponsor: Cleo Marchetti") and REASON in line for line in report.says
    )


def test_erased_words_are_told_as_erased(overruled, review, noon) -> None:
    world, _ = review
    dissent = overruled.round.dissents.get()
    erase_text(sealed=dissent.sealed, actor=world.cast.ada, reason="Asked to.", at=noon)

    assert certificate_of(overruled).dissents == (("people", "Its words were erased."),)
    assert "Dissent of People: words erased" in check(receipt_of(overruled)).says


def test_where_both_signed_nobody_dissents(review, noon) -> None:
    world, round_ = review
    for person in (world.cast.ivo, world.cast.hana):
        sign(person, round_.pk, at=noon)

    certificate = certificate_of(Passage.objects.get())

    assert (certificate.sponsor, certificate.dissents) == (None, ())
