"""How days, money, fingerprints and sides are said."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from initiatives.rules.search import Piece
from kernel.templatetags import say

THIS_YEAR = timezone.localdate().year


def test_a_day_of_this_year_has_no_year():
    shown = say.day(date(THIS_YEAR, 12, 8))

    assert shown.endswith(" 8 Dec")
    assert len(shown) == len("Tue 8 Dec")


def test_a_day_of_another_year_has_its_year():
    assert say.day(date(2019, 12, 3)) == "Tue 3 Dec 2019"


def test_moments_are_said_in_the_zone_of_the_reader():
    late = datetime(2019, 12, 3, 23, 30, tzinfo=UTC)

    with timezone.override(ZoneInfo("Asia/Tokyo")):
        assert say.moment(late) == "Wed 4 Dec 2019, 08:30"
        assert say.day(late) == "Wed 4 Dec 2019"
    assert say.long_moment(late) == "Tuesday 3 December 2019, 23:30"
    assert say.zoned_moment(late) == "Tuesday 3 December 2019, 23:30 (UTC+00:00)"


@pytest.mark.parametrize(
    ("zone", "offset"), [("America/St_Johns", "UTC-03:30"), ("Asia/Tokyo", "UTC+09:00")]
)
def test_what_is_printed_names_its_zone(zone, offset):
    with timezone.override(ZoneInfo(zone)):
        assert say.zoned_moment(datetime(2019, 12, 3, 12, tzinfo=UTC)).endswith(f"({offset})")


def test_a_plain_day_has_no_zone():
    with timezone.override(ZoneInfo("America/Los_Angeles")):
        assert say.long_day(date(2026, 12, 3)) == "Thursday 3 December 2026"


def test_a_time_element_carries_the_exact_moment():
    shown = say.when(datetime(2019, 12, 3, 16, 42, tzinfo=UTC))

    assert shown == '<time datetime="2019-12-03T16:42:00+00:00">Tue 3 Dec 2019, 16:42</time>'
    assert say.when(date(2019, 12, 3), "day") == '<time datetime="2019-12-03">Tue 3 Dec 2019</time>'


@pytest.mark.parametrize(
    "said", [say.day, say.long_day, say.moment, say.long_moment, say.zoned_moment, say.when]
)
def test_no_moment_says_nothing(said):
    assert said(None) == ""


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        (Decimal(41000), "USD", "$41,000"),
        (Decimal("124.33"), "USD", "$124.33"),
        (Decimal("1000.50"), "EUR", "€1,000.50"),
        (5000, "SEK", "SEK\u00a05,000"),
        (Decimal(-20), "GBP", "\u2212£20"),
        (7, "", "7"),
        (None, "USD", ""),
        ("", "USD", ""),
    ],
)
def test_money(amount, currency, shown):
    assert say.money(amount, currency) == shown


def test_a_fingerprint_is_said_in_groups_of_eight():
    digest = "0123456789abcdef" * 4

    assert say.fingerprint(digest) == "01234567 89abcdef " * 3 + "01234567 89abcdef"
    assert say.short_fingerprint(digest) == "0123 4567 … cdef"
    assert say.short_fingerprint("") == ""


@pytest.mark.parametrize(
    ("side", "word", "klass"),
    [
        ("technology", "Technology", "tech"),
        ("people", "People", "people"),
        ("joint", "Both", "both"),
        ("", "Both", "both"),
    ],
)
def test_a_side_has_a_word_and_a_class(side, word, klass):
    assert say.side_word(side) == word
    assert say.side_class(side) == klass


def test_people_are_many_and_technology_is_one():
    assert say.side_does("technology", "has,have") == "Technology has"
    assert say.side_does("people", "has,have") == "People have"


@pytest.mark.parametrize(("number", "word"), [(0, "none"), (2, "two"), (12, "twelve"), (13, "13")])
def test_small_numbers_are_spelled(number, word):
    assert say.spelled(number) == word


def test_things_are_counted_with_their_plural():
    assert say.counted(1, "day") == "1\u00a0day"
    assert say.counted(3, "day") == "3\u00a0days"
    assert say.counted(1200, "person,people") == "1,200\u00a0people"


def test_how_long_ago_is_said_in_one_unit() -> None:
    then = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)

    assert say.since(then, datetime(2026, 11, 22, 0, 30, tzinfo=UTC)) == "5 days"
    assert say.since(then, datetime(2026, 11, 16, 10, 20, tzinfo=UTC)) == "1 hour"


def test_a_way_is_the_address_of_a_page():
    assert say.way("initiatives:initiative-detail", "AI-007") == "/initiatives/AI-007/"


def test_what_was_looked_for_is_marked_and_nothing_else_is_markup():
    pieces = [Piece("<b>", is_match=False), Piece("a&b", is_match=True)]

    assert say.marked(pieces) == "&lt;b&gt;<mark>a&amp;b</mark>"
