"""Whose word counts for which criterion, and what belongs to it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from governance.rules.attesting import Word, blockers_to_attest
from tests.governance.rules.test_criteria import criterion

PLAIN = criterion()
NUMBER = criterion(met_at=Decimal(90), unit="%")
GOOD = Word(is_met=True, note="Seen on the shop floor")
PLACE = {"side": "people", "today": date(2026, 12, 3), "is_over": False}


@pytest.mark.parametrize(
    ("subject", "change", "codes"),
    [
        (PLAIN, {}, []),
        (PLAIN, {"valid_until": date(2026, 12, 3)}, []),
        (PLAIN, {"is_over": True}, ["closed"]),
        (criterion(proof="artefact"), {}, ["proof"]),
        (PLAIN, {"side": "technology"}, ["not_yours"]),
        (PLAIN, {"side": None}, ["not_yours"]),
        (criterion(side="joint"), {"side": "technology"}, []),
        (criterion(side="joint"), {"side": None}, ["not_yours"]),
        (PLAIN, {"value": Decimal(1)}, ["value"]),
        (PLAIN, {"valid_until": date(2026, 12, 2)}, ["valid_until"]),
        (PLAIN, {"note": "Seen"}, ["short"]),
        (NUMBER, {"value": Decimal(90)}, []),
        (NUMBER, {"value": Decimal(89), "is_met": False}, []),
        (NUMBER, {"value": None}, ["value"]),
        (NUMBER, {"value": Decimal("NaN")}, ["value"]),
        (NUMBER, {"value": Decimal(-1)}, ["value"]),
        (NUMBER, {"value": Decimal(89)}, ["value"]),
        (NUMBER, {"value": Decimal(90), "is_met": False}, ["value"]),
    ],
)
def test_a_word_is_whole_and_of_the_right_side(subject, change, codes) -> None:
    place = {key: change.get(key, value) for key, value in PLACE.items()}
    word = replace(GOOD, **{key: value for key, value in change.items() if key not in PLACE})

    assert [b.code for b in blockers_to_attest(subject, word, **place)] == codes
