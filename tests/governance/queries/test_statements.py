"""What a person signs: who, as what, which act, over exactly what. One letter more is another."""

import json
from dataclasses import replace
from uuid import UUID

import pytest

from governance.choices import Capacity, SigningAct
from governance.models import Intent, Round
from governance.queries.delegations import Signatory
from governance.queries.statements import (
    bound_to,
    printed_text,
    stated,
    statement_bytes,
    statement_digest,
)
from governance.rules.signing import Binding
from governance.rules.wishes import Wish
from initiatives.models import Initiative
from kernel.canonical import canonical, digest, wrapped
from people.choices import Side
from people.models import User
from tests.journal.conftest import found_here

NOW = Binding(round_id=1, snapshot="a" * 64, terms="b" * 64, edition="c" * 64)
WISH = Wish(act=SigningAct.APPROVE, words="Go.")
SEAT = Signatory(
    side=Side.PEOPLE,
    user=User(),
    person_key=UUID(int=7),
    name="Hana Okafor",
    title="Chief People Officer",
    term_id=5,
    capacity=Capacity.SEAT,
)
REST = {"offer": None, "printed": "d" * 64, "nonce": "e" * 64}


@pytest.fixture
def made(db, noon):
    """Return a function that makes a statement over the first round of AI-007."""
    round_ = Round(initiative=Initiative(number=7), gate="1", n=2)

    def make(now=NOW, wish=WISH, at=noon, seat=SEAT, **rest) -> bytes:
        return statement_bytes(round_, now, wish, signer=seat, at=at, **{**REST, **rest})

    return make


def test_it_names_the_whole_decision_and_its_maker(made, noon) -> None:
    installation = found_here(noon)

    said = json.loads(made())

    assert said == {
        "v": 1,
        "type": "statement",
        "org": str(installation.org),
        "initiative": "AI-007",
        "gate": "1",
        "round": 2,
        "act": "approve",
        "side": "people",
        "person": str(SEAT.person_key),
        "capacity": "seat",
        "term": "5",
        "snapshot": NOW.snapshot,
        "terms": NOW.terms,
        "replaces": None,
        "edition": NOW.edition,
        "code": None,
        "final": False,
        "printed": REST["printed"],
        "nonce": REST["nonce"],
        "made_at": "2026-12-03T12:00:00.000000Z",
    }
    assert canonical(said) == made()


@pytest.mark.parametrize(
    "change",
    [
        {"now": replace(NOW, snapshot="0" * 64)},
        {"now": replace(NOW, terms="0" * 64)},
        {"now": replace(NOW, edition="0" * 64)},
        {"wish": replace(WISH, act=SigningAct.DECLINE)},
        {"wish": replace(WISH, code="privacy")},
        {"wish": replace(WISH, is_final=True)},
        {"printed": "0" * 64},
        {"nonce": "0" * 64},
        {"offer": b"{}"},
        {"seat": replace(SEAT, side=Side.TECHNOLOGY)},
        {"seat": replace(SEAT, term_id=6)},
        {"seat": replace(SEAT, person_key=UUID(int=1))},
    ],
    ids=range(12),
)
def test_every_part_makes_it_another_statement(made, change) -> None:
    assert made(**change) != made()


def test_its_fingerprint_is_over_the_typed_envelope(made) -> None:
    body = made()

    found = statement_digest(Intent(statement=body))

    assert found == digest(wrapped("statement", body))
    assert found != digest(body)
    assert found != digest(wrapped("signature", body))


def test_an_approval_is_bound_to_the_terms_in_force_and_an_offer_to_those_it_replaces(made) -> None:
    plain = Intent(statement=made(), round_id=1)
    offer = Intent(statement=made(offer=b"{}"), round_id=1)

    assert bound_to(plain) == NOW
    assert bound_to(offer) == NOW
    assert stated(offer)["terms"] == digest(b"{}")


def test_names_and_words_are_printed_and_not_signed_in_the_clear(made) -> None:
    wish = replace(WISH, reason="Too early", reversed_by="A date")

    printed = json.loads(printed_text(SEAT, wish))

    assert printed == {
        "name": "Hana Okafor",
        "title": "Chief People Officer",
        "words": "Go.",
        "reason": "Too early",
        "reversed_by": "A date",
    }
    for text in printed.values():
        assert text.encode() not in made(wish=wish)


def test_whoever_signs_in_anothers_place_says_so_and_nobody_else_does(made, db):
    instead = replace(
        SEAT,
        name="Max Weber",
        person_key=UUID(int=8),
        capacity=Capacity.DELEGATE,
        delegation_id=3,
        instead_of=SEAT,
    )

    said = json.loads(made(seat=instead))
    printed = json.loads(printed_text(instead, WISH))

    assert (said["capacity"], said["delegation"]) == ("delegate", "3")
    assert (said["person"], said["instead_of"]) == (str(UUID(int=8)), str(UUID(int=7)))
    assert (printed["name"], printed["for_name"]) == ("Max Weber", "Hana Okafor")
    assert "delegation" not in json.loads(made())
