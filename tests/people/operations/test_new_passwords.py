"""A link lets whoever has no password that works choose one: once, for three days."""

from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

import pytest

from journal.kinds import Kind
from people.operations.new_passwords import (
    LASTS,
    LinkClosedError,
    NewPasswordRefusedError,
    choose_password,
    link_word,
    opened_by,
)
from tests.cast import PASSWORD
from tests.kept import kept
from tests.people.journal_reading import last_entry

NEW = "another-tally-of-halves"


@kept
def hana(cast):
    """The CHRO, whose password was taken off."""
    cast.hana.set_unusable_password()
    cast.hana.save(update_fields=["password"])
    return cast.hana


def test_it_opens_once(hana, noon):
    word = link_word(hana, noon)

    chosen = choose_password(word=word, new=NEW, at=noon)

    assert chosen.check_password(NEW)
    assert last_entry().kind == Kind.PASSWORD_CHANGED
    with pytest.raises(LinkClosedError):
        choose_password(word=word, new=PASSWORD, at=noon)


def test_a_weak_password_is_not_chosen_and_the_link_stays(hana, noon):
    word = link_word(hana, noon)

    with pytest.raises(NewPasswordRefusedError) as refused:
        choose_password(word=word, new="short", at=noon)

    assert refused.value.blockers[0].field == "password"
    assert opened_by(word, noon) == hana


def test_it_opens_for_three_days(hana, noon):
    word = link_word(hana, noon)

    assert opened_by(word, noon + LASTS - timedelta(seconds=1)) == hana
    assert opened_by(word, noon + LASTS) is None
    assert opened_by(word, noon - timedelta(seconds=1)) is None


def test_it_dies_with_what_the_login_was(hana, noon):
    """Whatever ends the sessions closes it; so does leaving."""
    word = link_word(hana, noon)
    hana.session_salt = uuid4()
    hana.save(update_fields=["session_salt"])
    again = link_word(hana, noon)

    assert opened_by(word, noon) is None
    assert opened_by(again, noon) == hana
    hana.is_active = False
    hana.save(update_fields=["is_active"])
    assert opened_by(again, noon) is None


def test_a_password_that_works_is_changed_by_no_link(cast, noon):
    assert opened_by(link_word(cast.ivo, noon), noon) is None


@pytest.mark.parametrize(
    "word",
    ["", "x", "1-2", "-1-2", "1-x-y", "²-1-x", f"{'9' * 30}-1-x", f"{'9' * 22}-1-x", "1-2-3-4"],
)
def test_what_is_no_link_opens_nothing(hana, noon, word):
    assert opened_by(word, noon) is None


def test_a_link_that_was_signed_for_somebody_else_opens_nothing(hana, noon):
    number, stamp, given = link_word(hana, noon).split("-")

    assert opened_by(f"{number}-{stamp}-{sha256(given.encode()).hexdigest()}", noon) is None
    assert opened_by(f"{number}-{int(stamp) + 1}-{given}", noon) is None
    assert opened_by(f"{number}-{'9' * 18}-{given}", noon) is None
