"""What evidence must say of itself, whatever kind it is."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from initiatives.rules.evidence import (
    NOTE_LIMIT,
    TITLE_LIMIT,
    URL_LIMIT,
    EvidenceFacts,
    Words,
    blockers_to_add,
    blockers_to_withdraw,
    next_end,
    runs_out,
)

TODAY = date(2026, 12, 3)
FILE = EvidenceFacts(words=Words(title="Interviews"), today=TODAY)
LINK = replace(FILE, words=Words(title="Interviews", url="https://example.org/a"), is_link=True)
STATEMENT = replace(FILE, words=Words(title="Asked", note="I asked twelve."), is_statement=True)


def codes(facts):
    return [(one.code, one.field) for one in blockers_to_add(facts)]


@pytest.mark.parametrize("facts", [FILE, LINK, STATEMENT])
def test_a_whole_piece_has_nothing_against_it(facts):
    assert codes(facts) == []
    assert codes(replace(facts, valid_until=TODAY)) == []


@pytest.mark.parametrize(
    ("words", "code", "field"),
    [
        ({"title": ""}, "title_missing", "title"),
        ({"title": "x" * (TITLE_LIMIT + 1)}, "too_long", "title"),
        ({"note": "x" * (NOTE_LIMIT + 1)}, "too_long", "note"),
        ({"url": "https://example.org/" + "x" * URL_LIMIT}, "too_long", "url"),
    ],
)
def test_words_have_a_least_and_a_most(words, code, field):
    assert codes(replace(FILE, words=replace(FILE.words, **words))) == [(code, field)]


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("", "not_an_address"),
        ("ftp://example.org", "not_an_address"),
        ("javascript:alert(1)", "not_an_address"),
        ("https://", "not_an_address"),
        ("https://[", "not_an_address"),
        ("https://example.org/a b", "not_an_address"),
        ("https://me:secret@example.org", "has_password"),
    ],
)
def test_a_link_is_a_whole_address_without_a_password(url, code):
    assert codes(replace(LINK, words=replace(LINK.words, url=url))) == [(code, "url")]


def test_a_statement_states_something():
    empty = replace(STATEMENT, words=Words(title="Asked"))

    assert codes(empty) == [("statement_missing", "note")]


def test_what_is_out_of_date_already_is_not_added():
    stale = replace(FILE, valid_until=TODAY - timedelta(days=1))

    assert codes(stale) == [("stale", "valid_until")]


@pytest.mark.parametrize(
    ("days", "is_soon"), [(None, False), (-1, False), (0, True), (14, True), (15, False)]
)
def test_what_runs_out_within_two_weeks_does_so_soon(days, is_soon):
    last = None if days is None else TODAY + timedelta(days=days)

    assert runs_out(last, TODAY) is is_soon
    assert next_end([None, last], TODAY) == (last if is_soon else None)


def test_the_next_end_is_the_earliest():
    ends = [TODAY + timedelta(days=days) for days in (9, 4, 40, -3)]

    assert next_end(ends, TODAY) == TODAY + timedelta(days=4)


@pytest.mark.parametrize(
    ("reason", "is_fine"),
    [("Wrong file", True), ("x" * NOTE_LIMIT, True), ("", False), ("x" * (NOTE_LIMIT + 1), False)],
)
def test_taking_back_needs_a_reason(reason, is_fine):
    assert ([*blockers_to_withdraw(reason)] == []) is is_fine
