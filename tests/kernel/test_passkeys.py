"""What browsers are asked, and which new keys are taken."""

import json

import pytest

from kernel.assertions import SHAPES, RelyingParty, UnreadableError
from kernel.passkeys import (
    Owner,
    creation_options,
    read_enrolment,
    relying_party,
    request_options,
)
from tests.authenticator import HERE, UP, Authenticator, b64, encoded

CHALLENGE = bytes(range(32))


@pytest.mark.parametrize(
    ("address", "party"),
    [
        ("https://ai.example.com", RelyingParty("ai.example.com", "https://ai.example.com")),
        (
            "https://ai.example.com:8443/",
            RelyingParty("ai.example.com", "https://ai.example.com:8443"),
        ),
        ("http://localhost:8000", HERE),
        ("http://127.0.0.1:8000", HERE),
        ("http://[::1]:8000", HERE),
        ("http://ai.example.com", None),
        ("https://192.0.2.7", None),
        ("", None),
    ],
)
def test_passkeys_work_under_https_or_on_this_machine(address, party):
    assert relying_party(address) == party


def test_a_browser_is_asked_for_one_of_the_keys_and_a_verified_person():
    asked = request_options(HERE, CHALLENGE, [b"one"])

    assert asked["rpId"] == "localhost"
    assert asked["userVerification"] == "required"
    assert asked["allowCredentials"] == [{"type": "public-key", "id": b64(b"one")}]
    assert asked["challenge"] == b64(CHALLENGE)


def test_a_browser_is_asked_for_a_key_that_it_finds_by_itself():
    owner = Owner(id=b"7", email="hana@example.com", name="Hana Okafor")

    asked = creation_options(HERE, CHALLENGE, owner, held=[b"one"])

    assert asked["authenticatorSelection"]["residentKey"] == "required"
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert asked["user"] == {"id": b64(b"7"), "name": owner.email, "displayName": owner.name}
    assert [one["id"] for one in asked["excludeCredentials"]] == [b64(b"one")]


@pytest.mark.parametrize("alg", [-7, -8, -257])
def test_a_new_key_of_each_kind_is_read(alg):
    key = Authenticator(alg=alg, counter=3)

    made = read_enrolment(key.enrol(CHALLENGE), challenge=CHALLENGE, party=HERE)

    assert made.credential_id == key.credential_id
    assert made.public_key == encoded(key.cose)
    assert made.counter == 3


ELSEWHERE = RelyingParty("evil.example", "https://evil.example")
SPOILT = {
    "another challenge": lambda key: key.enrol(b"x" * 32),
    "another origin": lambda key: key.enrol(CHALLENGE, RelyingParty("localhost", "http://x")),
    "another party": lambda key: key.enrol(CHALLENGE, ELSEWHERE),
    "a frame of another page": lambda key: key.enrol(CHALLENGE, crossOrigin=True),
    "a person not verified": lambda key: key.enrol(CHALLENGE, flags=UP),
    "an assertion": lambda key: key.sign(CHALLENGE),
    "another id outside": lambda key: _with(key.enrol(CHALLENGE), b"other"),
    "an id too long": lambda _: Authenticator(credential_id=b"x" * 1024).enrol(CHALLENGE),
    "nothing": lambda _: "",
    "a list": lambda _: "[]",
    "a deep hole": lambda _: "[" * 9000,
    "too much": lambda _: " " * 20_000,
    "no bytes": lambda _: json.dumps({"id": "é", "rawId": "é", "response": {}}),
}


def _with(answer, raw_id):
    plain = json.loads(answer)
    plain["id"] = plain["rawId"] = b64(raw_id)
    return json.dumps(plain)


@pytest.mark.parametrize("spoilt", SPOILT.values(), ids=SPOILT.keys())
def test_what_was_not_made_for_this_page_is_no_key(spoilt):
    with pytest.raises(UnreadableError):
        read_enrolment(spoilt(Authenticator()), challenge=CHALLENGE, party=HERE)


def test_a_kind_of_key_that_receipts_do_not_check_is_not_taken(monkeypatch):
    key = Authenticator()
    monkeypatch.delitem(SHAPES, -7)

    with pytest.raises(UnreadableError):
        read_enrolment(key.enrol(CHALLENGE), challenge=CHALLENGE, party=HERE)


def test_a_point_off_the_curve_is_no_key(monkeypatch):
    key = Authenticator()
    cose = key.cose
    cose[-3] = bytes(32)
    monkeypatch.setattr(Authenticator, "cose", cose)

    with pytest.raises(UnreadableError):
        read_enrolment(key.enrol(CHALLENGE), challenge=CHALLENGE, party=HERE)
