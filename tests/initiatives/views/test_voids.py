"""Signatures that an edit ends, as a browser names them."""

import pytest

URL = "/initiatives/AI-001/facts/"
FACT = {"kind": "shortlist", "happened_on": "2026-01-05", "text": "Two", "already": "on"}


@pytest.mark.parametrize("word", ["", "x", "-1", "²", "1e400", "9" * 19, "9" * 5_000])
def test_what_is_no_signature_is_left_out(world, sign_in, word):
    petra = sign_in(world.cast.petra)

    answer = petra.post(URL, {**FACT, "accepts_voids": [word]})

    assert answer.status_code == 302
