"""An assertion is judged from its bytes: one thing wrong is enough, and is named."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.assertions import (
    RelyingParty,
    UnreadableError,
    faults_of,
    faults_of_kept,
    has_gone_back,
    kept,
    read_assertion,
)
from tests.authenticator import HERE, UP, UV, Authenticator, b64, encoded

CHALLENGE = bytes(range(32))
KEY = Authenticator()
OTHER = Authenticator()
SOUND = read_assertion(KEY.sign(CHALLENGE))
KEPT = kept(SOUND, encoded(KEY.cose), HERE)


def faults(answer, key=KEY):
    assertion = read_assertion(answer)
    return [*faults_of(assertion, challenge=CHALLENGE, party=HERE, public_key=encoded(key.cose))]


@pytest.mark.parametrize("alg", [-7, -8, -257])
def test_what_the_key_signed_for_this_holds(alg):
    key = Authenticator(alg=alg)

    assert faults(key.sign(CHALLENGE), key) == []


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (KEY.sign(b"x" * 32), "challenge"),
        (KEY.sign(CHALLENGE, RelyingParty("localhost", "http://localhost:9")), "origin"),
        (KEY.sign(CHALLENGE, crossOrigin=True), "origin"),
        (KEY.sign(CHALLENGE, RelyingParty("evil.example", HERE.origin)), "relying_party"),
        (KEY.sign(CHALLENGE, flags=UP), "verification"),
        (KEY.sign(CHALLENGE, flags=UV), "presence"),
        (KEY.sign(CHALLENGE, type="webauthn.create"), "kind"),
        (OTHER.sign(CHALLENGE), "signature"),
    ],
)
def test_one_thing_wrong_is_named(answer, fault):
    assert faults(answer) == [fault]


def test_a_key_that_cannot_be_read_signs_nothing():
    assert [*faults_of(SOUND, challenge=CHALLENGE, party=HERE, public_key=b"?")] == ["signature"]


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "null",
        "[" * 9000,
        "{}",
        json.dumps({"id": "AA", "rawId": "AB", "response": {}}),
        json.dumps({"rawId": "AA", "response": {"clientDataJSON": "!"}}),
        json.dumps(
            {
                "rawId": "AA",
                "response": {
                    "clientDataJSON": b64(b"{}"),
                    "authenticatorData": "AA",
                    "signature": "AA",
                },
            }
        ),
        KEY.enrol(CHALLENGE),
        KEY.sign(CHALLENGE, extra="e\u0301"),  # cannot be kept in one spelling
    ],
)
def test_what_is_no_answer_is_called_so(answer):
    with pytest.raises(UnreadableError):
        read_assertion(answer)


def test_what_is_kept_can_be_judged_from_itself():
    assert [*faults_of_kept(KEPT, challenge=CHALLENGE)] == []
    assert [*faults_of_kept(KEPT, challenge=b"x" * 32)] == ["challenge"]


@given(st.data())
def test_what_is_kept_bears_no_changed_letter(data):
    name = data.draw(st.sampled_from(sorted(KEPT)))
    at = data.draw(st.integers(0, len(KEPT[name]) - 1))
    letter = data.draw(
        st.sampled_from("0123456789abcdefg").filter(lambda one: one != KEPT[name][at])
    )
    changed = f"{KEPT[name][:at]}{letter}{KEPT[name][at + 1 :]}"

    found = [*faults_of_kept({**KEPT, name: changed}, challenge=CHALLENGE)]

    assert (
        found or name == "credential"
    )  # which only names the key; the row of the key is held to it


@pytest.mark.parametrize(
    "changed",
    [
        {"signature": KEPT["signature"].upper()},
        {"public_key": "zz"},
        {"client_data": 7},
        {"client_data": "{}"},
        {"more": "said"},
    ],
)
def test_what_is_kept_has_one_spelling(changed):
    assert [*faults_of_kept({**KEPT, **changed}, challenge=CHALLENGE)]


def test_what_lacks_a_part_is_unreadable():
    short = {name: KEPT[name] for name in KEPT if name != "origin"}

    assert [*faults_of_kept(short, challenge=CHALLENGE)] == ["unreadable"]


@pytest.mark.parametrize(
    ("before", "now", "back"),
    [(0, 0, False), (0, 1, False), (4, 5, False), (5, 5, True), (5, 4, True), (5, 0, True)],
)
def test_a_count_that_goes_back_shows_a_copy(before, now, back):
    assert has_gone_back(before=before, now=now) == back


def test_the_count_is_read_from_what_was_signed():
    assert SOUND.counter == 1
