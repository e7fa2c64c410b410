import json
import sys
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
import rfc8785
from django.db.models import IntegerChoices, TextChoices
from hypothesis import assume, given
from hypothesis import strategies as st

from kernel.canonical import (
    CONTROL,
    LARGEST_INTEGER,
    NotCanonicalError,
    canonical,
    clean_name,
    clean_text,
    digest,
    moment,
    wrapped,
)

TEXTS = st.text(st.characters(exclude_categories=["Cs"])).map(
    lambda text: unicodedata.normalize("NFC", text)
)
SIGNED_DATA = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER) | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    max_leaves=25,
)
REFUSED = [
    0.0,
    1.5,
    float("nan"),
    LARGEST_INTEGER + 1,
    -LARGEST_INTEGER - 1,
    Decimal("1.50"),
    datetime(2026, 12, 3, tzinfo=UTC),
    datetime(2026, 12, 3, tzinfo=UTC).date(),
    b"bytes",
    {1, 2},
    "e\u0301",
    "\ud800",
    {1: "one"},
    {None: "none"},
    {"e\u0301": "key"},
    {"\udfff": "key"},
    object(),
]


class Colour(TextChoices):
    RED = "red", "Red"


class Number(IntegerChoices):
    TWO = 2, "Two"


def shuffled(value, random):
    """Return the same value with the keys of every map in another order."""
    if isinstance(value, dict):
        items = [(key, shuffled(item, random)) for key, item in value.items()]
        random.shuffle(items)
        return dict(items)
    return [shuffled(item, random) for item in value] if isinstance(value, list) else value


@pytest.mark.untraced
@given(SIGNED_DATA)
def test_what_was_read_back_gives_the_same_bytes(value):
    assert canonical(json.loads(canonical(value))) == canonical(value)
    assert json.loads(canonical(value)) == value


@pytest.mark.untraced
@given(SIGNED_DATA, st.randoms())
def test_the_order_of_keys_does_not_matter(value, random):
    assert canonical(shuffled(value, random)) == canonical(value)


@pytest.mark.untraced
@given(SIGNED_DATA, SIGNED_DATA)
def test_two_values_have_two_byte_strings(one, other):
    assume(json.dumps(one, sort_keys=True) != json.dumps(other, sort_keys=True))

    assert canonical(one) != canonical(other)


@given(SIGNED_DATA, st.sampled_from(REFUSED))
def test_what_has_no_place_in_signed_data_is_refused_however_deep(value, refused):
    for hidden in (refused, [value, refused], {"a": [value, {"b": refused}]}):
        with pytest.raises(NotCanonicalError):
            canonical(hidden)


def test_a_refusal_says_where():
    with pytest.raises(NotCanonicalError, match=r"\$\.terms\[1\]\.share: a float is not"):
        canonical({"terms": [1, {"share": 0.5}]})


@pytest.mark.untraced
@given(SIGNED_DATA)
def test_every_byte_is_that_of_the_reference(value):
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("value", [*map(chr, range(0x180)), "\u2028", "\uff21", "\U0001f600"])
def test_every_character_is_written_as_by_the_reference(value):
    value = unicodedata.normalize("NFC", value)

    assert canonical({value: value}) == rfc8785.dumps({value: value})


def test_keys_are_sorted_by_their_16_bit_units():
    assert canonical({"\uff21": 1, "\U0001f600": 2}) == ('{"\U0001f600":2,"\uff21":1}'.encode())


def test_bytes_are_those_of_rfc_8785():
    # The sample of RFC 8785 section 3.2.3: keys in the order of their UTF-16 units.
    sample = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\U0001f600": "Emoji: Grinning Face",
        "1": "One",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }

    assert list(json.loads(canonical(sample))) == [
        "\r",
        "1",
        "\u0080",
        "\u00f6",
        "\u20ac",
        "\U0001f600",
    ]
    assert canonical({"b": [True, None, -0], "a": '\u000f"\\\n/'}) == (
        rb'{"a":"\u000f\"\\\n/","b":[true,null,0]}'
    )


def test_choices_are_printed_as_their_values():
    assert canonical({"c": Colour.RED, "n": Number.TWO, "t": (1, 2)}) == (
        b'{"c":"red","n":2,"t":[1,2]}'
    )


def test_a_digest_is_sha_256():
    assert digest(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@given(st.sampled_from(["a", "ab", "statement"]), st.binary(), st.binary())
def test_no_kind_can_be_read_as_another(kind, body, other):
    assert wrapped(kind, body) == b"counterpart/v1 %d %b %d %b" % (
        len(kind),
        kind.encode(),
        len(body),
        body,
    )
    assert wrapped(kind, body) != wrapped(kind + "x", other)


@given(st.datetimes(timezones=st.just(UTC)), st.integers(-14, 14))
def test_a_moment_is_the_same_in_every_zone_and_sorts_as_text(at, hours):
    assume(datetime(2, 1, 1, tzinfo=UTC) < at < datetime(9998, 1, 1, tzinfo=UTC))
    elsewhere = at.astimezone(timezone(timedelta(hours=hours)))

    assert moment(elsewhere) == moment(at)
    assert datetime.fromisoformat(moment(at)) == at
    assert len(moment(at)) == len("2026-12-03T09:00:00.000000Z")
    assert moment(at) < moment(at + timedelta(microseconds=1))


def test_a_naive_moment_is_refused():
    with pytest.raises(NotCanonicalError, match="no time zone"):
        moment(datetime(2026, 12, 3, 9))  # noqa: DTZ001  # the case under test


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_cleaned_text_is_canonical_and_stays_as_it_is(text):
    cleaned = clean_text(text)

    assert clean_text(cleaned) == cleaned
    assert json.loads(canonical(cleaned)) == cleaned
    as_json = canonical([cleaned]).decode()
    assert clean_text(as_json) == as_json, "what is sealed as JSON is cleaned once more"
    assert all(unicodedata.category(c) != "Cc" for c in cleaned if c not in "\n\t")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("bell\x07 and nul\x00", "bell and nul"),
        ("e\x01\u0301", "\u00e9"),
        ("line\n\u0301\u0323end\t\u0308", "line\nend\t"),
        ("tab\tstays", "tab\tstays"),
        ("שלום \u202eend", "שלום \u202eend"),
        ("\U0001f91d", "\U0001f91d"),
    ],
)
def test_text_is_cleaned(typed, kept):
    assert clean_text(typed) == kept


def test_what_is_taken_out_are_the_control_characters_and_no_others():
    everything = [chr(n) for n in range(sys.maxunicode + 1)]

    found = {one for one in everything if CONTROL.match(one)}

    assert found == {one for one in everything if unicodedata.category(one) == "Cc"} - {*"\n\t"}


def test_half_a_character_is_refused_in_words_for_people():
    with pytest.raises(ValueError, match="Please type it again"):
        clean_text("broken \ud83d")


@pytest.mark.parametrize(
    "mark", [*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))]
)
def test_a_name_turns_no_direction_of_reading(mark):
    with pytest.raises(ValueError, match="type the name again"):
        clean_name(f"photo_{mark}gpj.exe")


@pytest.mark.parametrize("typed", ["\u3164", "\ufeff", "\u200b \u200d", "\u2800", "\u0301"])
def test_a_name_of_which_nothing_is_seen_is_none(typed):
    with pytest.raises(ValueError, match="can be seen"):
        clean_name(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        (" Field \n Service\x00", "Field Service"),
        ("מרים כהן", "מרים כהן"),
        ("مريم\u200f (HR)", "مريم\u200f (HR)"),
        ("\U0001f469\u200d\U0001f680 crew", "\U0001f469\u200d\U0001f680 crew"),
    ],
)
def test_a_name_in_any_script_is_one_line(typed, kept):
    assert clean_name(typed) == kept
