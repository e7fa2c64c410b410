"""The sealed page: both halves and the proof, and only once both are there."""

from tests.gates import sign


def test_a_sealed_gate_shows_both_halves_and_what_was_signed(waiting, as_, at_gate, lately):
    world, round_ = waiting
    for person in (world.cast.ivo, world.cast.hana):
        sign(person, round_.pk, at=lately)
    round_.refresh_from_db()

    html = as_(world.cast.petra).get(at_gate(round_, "gate-signed")).content.decode()

    assert "Ivo Brandt" in html
    assert "Hana Okafor" in html
    assert "Not so. Tell the auditor." not in html
    assert html.count("(UTC") == 3, "each half and the closing say their zone"
    for digest in (round_.snapshot.digest, round_.passage.digest):
        assert digest in html.replace(" ", "")
    assert as_(world.cast.otto).get(at_gate(round_, "gate-signed")).status_code == 404


def test_half_a_gate_has_no_sealed_page(waiting, as_, at_gate, lately):
    world, round_ = waiting
    sign(world.cast.ivo, round_.pk, at=lately)

    response = as_(world.cast.hana).get(at_gate(round_, "gate-signed"), follow=True)

    assert response.redirect_chain == [(at_gate(round_), 302)]
    assert "not both halves are signed" in response.content.decode()
