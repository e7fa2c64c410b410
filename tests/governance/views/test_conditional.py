"""N3: a pass under a condition that would pause it shows as conditional, until it is met."""

import csv

from governance.operations.commitments import close_commitment
from tests.gates import make_review
from tests.governance.operations.test_breaches import passed_with
from tests.kept import kept

WORDS = "on condition"


@kept
def conditional(lately):
    """A gate that passed; if the training is late, it stops."""
    world, round_ = make_review(lately)
    [commitment] = passed_with(world, round_, "pause")
    return world, round_, commitment


def pages(world, round_) -> list[str]:
    return [
        "/portfolio/",
        "/portfolio/?view=table",
        f"/initiatives/{world.initiative.code}/",
        f"/gates/{round_.pk}/",
        f"/gates/{round_.pk}/signed/",
        "/record/",
    ]


def test_n3_it_shows_wherever_the_pass_shows_until_it_is_met(conditional, as_, lately):
    world, round_, commitment = conditional
    client = as_(world.cast.hana)

    before = {url: client.get(url).content.decode().lower() for url in pages(world, round_)}
    close_commitment(
        commitment_id=commitment.pk, note="All were there.", actor=world.cast.hana, at=lately
    )
    after = {url: client.get(url).content.decode().lower() for url in pages(world, round_)}

    assert [url for url, text in before.items() if WORDS not in text] == []
    assert [url for url, text in after.items() if WORDS in text] == []


def test_n3_the_export_says_so_too(conditional, as_):
    world, _, _ = conditional

    sent = as_(world.cast.hana).post("/portfolio/export.csv?view=table")
    text = b"".join(sent).decode() if sent.streaming else sent.content.decode()

    [row] = csv.DictReader(text.lstrip("\ufeff").splitlines())
    assert row["Standing"] == "Active, passed on condition"
